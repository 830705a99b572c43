#include "operations/settlement_list.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "flow/settlement_difference.h"
#include "flow/settlement_documents.h"
#include "flow/step_table.h"
#include "operations/errors.h"

namespace mlc::operations {
namespace {

struct Loaded {
  Named named;
  std::vector<ports::DocumentRecord> documents;
  std::vector<EarlierFile> earlier;
};

// Settlement-ids that several files carry.
std::set<std::string> shared_ids(const std::vector<Loaded>& all) {
  std::set<std::string> once;
  std::set<std::string> out;
  for (const Loaded& one : all) {
    const auto& header = one.named.settlement->header;
    if (header && !once.insert(header->id.str()).second) out.insert(header->id.str());
  }
  return out;
}

std::vector<EarlierFile> earlier_in(const std::vector<WorkId>& family,
                                    const ports::SettlementRecord& last,
                                    const std::map<WorkId, const Named*>& all) {
  std::vector<EarlierFile> out;
  for (const WorkId& file : family) {
    if (file == last.work) return out;
    const auto at = all.find(file);
    if (at == all.end() || !at->second->settlement->header) continue;
    const auto& total = at->second->settlement->header->total;
    if (total.currency() != last.header->total.currency()) continue;
    out.push_back({file, at->second->work.state, total.decimal()});
  }
  return {};
}

Status add_earlier(ports::StoreTransaction& transaction, std::vector<Loaded>& all) {
  const auto shared = shared_ids(all);
  std::map<WorkId, const Named*> by_work;
  for (const Loaded& one : all) by_work[one.named.work.id] = &one.named;
  for (Loaded& one : all) {
    const auto& settlement = *one.named.settlement;
    if (!settlement.holds_id || !settlement.header) continue;
    if (!shared.contains(settlement.header->id.str())) continue;
    MLC_TRY(const auto family, flow::family_of(transaction, settlement));
    one.earlier = earlier_in(family, settlement, by_work);
  }
  return {};
}

Result<std::vector<Loaded>> load_all(const Hub& hub) {
  MLC_TRY(const auto transaction, hub.store.begin());
  MLC_TRY(const auto works, transaction->list_work(hub.tenant, "settlement"));
  MLC_TRY(const auto settlements, transaction->list_settlements(hub.tenant));
  std::map<std::string, const ports::WorkRecord*> by_id;
  for (const auto& work : works) by_id[work.id.str()] = &work;
  std::vector<Loaded> out;
  for (const auto& settlement : settlements) {
    const auto work = by_id.find(settlement.work.str());
    if (work == by_id.end()) continue;
    MLC_TRY(auto documents, transaction->documents(hub.tenant, settlement.work));
    const bool in_books = !flow::live_of(documents).empty();
    out.push_back({{*work->second, settlement, in_books}, std::move(documents), {}});
  }
  MLC_TRY_STATUS(add_earlier(*transaction, out));
  return out;
}

Status check_state(const std::string& state) {
  if (state.empty() || flow::settlement_table().find(state) != nullptr) return {};
  std::string possible;
  for (const auto& row : flow::settlement_table().rows) {
    possible += (possible.empty() ? "" : ", ") + std::string(row.state);
  }
  return failure(kUnknownState, {{"state", state}, {"possible", possible}});
}

bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

bool matches_text(const Loaded& loaded, const SettlementRow& row, const std::string& text) {
  const auto& settlement = *loaded.named.settlement;
  if (contains(row.settlement_id, text) || contains(row.work.str(), text)) return true;
  if (contains(settlement.report_id, text) || contains(settlement.report_document_id, text)) {
    return true;
  }
  if (contains(settlement.file_name, text)) return true;
  return std::ranges::any_of(row.documents, [&](const DocumentRow& document) {
    return contains(document.key, text) || contains(document.number, text);
  });
}

bool matches(const Loaded& loaded, const SettlementRow& row, const ListFilter& filter) {
  if (filter.state.empty() ? row.state == "seen" : row.state != filter.state) return false;
  if (!filter.connection.empty() && row.connection.str() != filter.connection) return false;
  return filter.text.empty() || matches_text(loaded, row, filter.text);
}

bool is_live(const ports::DocumentRecord& document) { return document.outcome == "posted"; }

// After a part was posted again alone, the others stand under their earlier letters.
bool stands_under_another_letter(const std::vector<ports::DocumentRecord>& documents,
                                 const ports::DocumentRecord& document) {
  return !is_live(document) && std::ranges::any_of(documents, [&](const auto& other) {
    return other.part == document.part && is_live(other);
  });
}

std::vector<DocumentRow> shown_documents(const std::vector<ports::DocumentRecord>& documents,
                                         char revision) {
  const bool any = std::ranges::any_of(
      documents, [revision](const auto& document) { return document.revision == revision; });
  std::vector<DocumentRow> out;
  for (const auto& document : documents) {
    if (stands_under_another_letter(documents, document)) continue;
    const bool shown = !any || document.revision == revision || is_live(document);
    if (shown) out.push_back(to_row(document));
  }
  return out;
}

}  // namespace

DocumentRow to_row(const ports::DocumentRecord& document) {
  return {document.key,
          document.company_code,
          document.number ? document.number->text() : "",
          document.reversed_by ? document.reversed_by->text() : "",
          document.outcome,
          document.receivable,
          document.currency,
          document.items,
          document.confirmed_at};
}

SettlementRow to_row(const Named& named, const std::vector<ports::DocumentRecord>& documents) {
  const ports::SettlementRecord& settlement = *named.settlement;
  SettlementRow out;
  out.name = name_of(named);
  out.work = named.work.id;
  out.connection = settlement.connection;
  out.source = settlement.source;
  out.file = settlement.file_name;
  out.state = named.work.state;
  out.words = words_of(named.work);
  if (settlement.header) {
    out.settlement_id = settlement.header->id.str();
    out.start = settlement.header->start;
    out.end = settlement.header->end;
    out.deposit = settlement.header->deposit;
    out.amount = settlement.header->total.decimal();
    out.currency = std::string(settlement.header->total.currency().code());
  }
  out.rows = settlement.rows;
  out.revision = settlement.revision;
  out.documents = shown_documents(documents, settlement.revision);
  out.error = named.work.error;
  if (named.work.due_at != ports::kNever) out.due = named.work.due_at;
  out.next = possible_commands(named);
  return out;
}

Result<std::vector<SettlementRow>> list_settlements(const Hub& hub, const ListFilter& filter) {
  MLC_TRY_STATUS(check_state(filter.state));
  MLC_TRY(const auto all, load_all(hub));
  std::vector<SettlementRow> out;
  for (const Loaded& loaded : all) {
    SettlementRow row = to_row(loaded.named, loaded.documents);
    row.earlier = loaded.earlier;
    if (matches(loaded, row, filter)) out.push_back(std::move(row));
  }
  std::ranges::sort(out, [](const SettlementRow& a, const SettlementRow& b) {
    return std::tuple(a.end.value_or(ports::kNever), a.settlement_id, a.work.str()) <
           std::tuple(b.end.value_or(ports::kNever), b.settlement_id, b.work.str());
  });
  return out;
}

Result<SettlementRow> settlement_row(const Hub& hub, const std::string& name) {
  MLC_TRY(const Named named, find_settlement(hub, name));
  MLC_TRY(const auto transaction, hub.store.begin());
  MLC_TRY(const auto documents, transaction->documents(hub.tenant, named.work.id));
  return to_row(named, documents);
}

}  // namespace mlc::operations
