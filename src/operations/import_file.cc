#include "operations/import_file.h"

#include "base/digest.h"
#include "evidence/page_buffer.h"
#include "operations/errors.h"

namespace mlc::operations {
namespace {

constexpr std::size_t kPiece = 256 * 1024;

Result<const flow::Connection*> choose(const Hub& hub, const std::string& connection,
                                       const std::string& file) {
  if (hub.world == nullptr) return failure(kReadOnly, {{"verb", "import"}});
  if (!connection.empty()) {
    MLC_TRY(const auto* found,
            flow::find_connection(*hub.world, hub.tenant, ConnectionId(connection)));
    return &found->settings;
  }
  const flow::Connection* only = nullptr;
  std::size_t count = 0;
  std::string possible;
  for (const auto& candidate : hub.world->connections) {
    if (candidate.settings.tenant != hub.tenant) continue;
    ++count;
    only = &candidate.settings;
    possible += (possible.empty() ? "" : ", ") + candidate.settings.id.str();
  }
  if (count == 1) return only;
  if (possible.empty()) possible = "none is configured";
  return failure(kWhichConnection, {{"file", file}, {"possible", possible}});
}

Result<ports::StoredObject> store_content(const Hub& hub, const std::string& file,
                                          std::istream& content,
                                          const std::function<void(std::uint64_t)>& progress) {
  MLC_TRY(const auto writer, hub.vault.begin());
  evidence::PageBuffer piece(kPiece);
  std::uint64_t size = 0;
  while (content) {
    content.read(piece.data(), static_cast<std::streamsize>(piece.size()));
    const auto got = static_cast<std::size_t>(content.gcount());
    if (got == 0) break;
    MLC_TRY_STATUS(writer->write({piece.data(), got}));
    size += got;
    if (progress) progress(size);
  }
  if (content.bad()) return failure(kFileFailed, {{"file", file}});
  if (size == 0) return failure(kEmptyFile, {{"file", file}});
  return writer->finish();
}

Status open_work(const Hub& hub, const flow::Connection& connection, const std::string& file,
                 const ports::StoredObject& object, Imported& out) {
  const Instant now = hub.clock.now();
  ports::WorkRecord work;
  work.tenant = hub.tenant;
  work.kind = "settlement";
  work.subject = connection.id.str() + "/import/" + object.id.str();
  work.lane = connection.id.str();
  work.id = WorkId(to_hex(sha256(hub.tenant.str() + "|" + work.subject)).substr(0, 16));
  work.state = "downloaded";
  work.due_at = now;
  out.work = work.id;
  MLC_TRY(const auto transaction, hub.store.begin());
  MLC_TRY(const bool added, transaction->add_work(work));
  out.known = !added;
  if (added) {
    ports::SettlementRecord settlement;
    settlement.tenant = hub.tenant;
    settlement.work = work.id;
    settlement.connection = connection.id;
    settlement.selling_account = connection.selling_account;
    settlement.source = "import";
    settlement.file_name = file;
    settlement.found_at = now;
    settlement.object = object;
    MLC_TRY_STATUS(transaction->put_settlement(settlement));
  }
  MLC_TRY_STATUS(transaction->append_audit(
      hub.tenant,
      {now,
       hub.actor,
       "import",
       "settlement " + work.subject,
       {{"file", file}, {"object", object.id.str()}, {"known", added ? "no" : "yes"}}}));
  return transaction->commit();
}

}  // namespace

Result<Imported> import_file(const Hub& hub, const std::string& connection, const std::string& file,
                             std::istream& content,
                             const std::function<void(std::uint64_t)>& progress) {
  MLC_TRY(const flow::Connection* chosen, choose(hub, connection, file));
  MLC_TRY(const auto object, store_content(hub, file, content, progress));
  Imported out;
  out.object = object.id;
  out.size = object.size;
  MLC_TRY_STATUS(open_work(hub, *chosen, file, object, out));
  return out;
}

}  // namespace mlc::operations
