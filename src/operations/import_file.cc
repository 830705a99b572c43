#include "operations/import_file.h"

#include "base/digest.h"
#include "operations/errors.h"
#include "operations/import_content.h"

namespace mlc::operations {
namespace {

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

Status open_work(const Hub& hub, const flow::Connection& connection, const std::string& file,
                 const ImportedContent& content, Imported& out) {
  const Instant now = hub.clock.now();
  const ports::StoredObject& object = content.content;
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
    settlement.received_object = content.received;
    MLC_TRY_STATUS(transaction->put_settlement(settlement));
  }
  std::vector<Fact> facts{
      {"file", file}, {"object", object.id.str()}, {"known", added ? "no" : "yes"}};
  if (!content.received.empty()) facts.push_back({"received", content.received});
  MLC_TRY_STATUS(transaction->append_audit(
      hub.tenant, {now, hub.actor, "import", "settlement " + work.subject, std::move(facts)}));
  return transaction->commit();
}

}  // namespace

Result<Imported> import_file(const Hub& hub, const std::string& connection, const std::string& file,
                             std::istream& content,
                             const std::function<void(std::uint64_t)>& progress) {
  MLC_TRY(const flow::Connection* chosen, choose(hub, connection, file));
  MLC_TRY(const auto stored,
          store_content(hub.vault, file, content, chosen->largest_report, progress));
  Imported out;
  out.object = stored.content.id;
  out.size = stored.content.size;
  MLC_TRY_STATUS(open_work(hub, *chosen, file, stored, out));
  return out;
}

}  // namespace mlc::operations
