#include "flow/reversal_order.h"

#include <algorithm>

#include "flow/errors.h"
#include "ledger/numbered_documents.h"

namespace mlc::flow {
namespace {

tl::unexpected<Error> bad_order(const std::string& memory) {
  return failure(kBadReversalOrder, {{"found", memory}});
}

std::optional<ports::PostedPart> read_part(std::string_view text) {
  const auto colon = text.find(':');
  if (colon == std::string_view::npos) return std::nullopt;
  const auto number = ledger::parse_object_key(text.substr(colon + 1));
  if (!number) return std::nullopt;
  return ports::PostedPart{std::string(text.substr(0, colon)), *number};
}

}  // namespace

std::string write_order(const ReversalOrder& order) {
  std::string out = order.reason + "|";
  for (std::size_t i = 0; i < order.parts.size(); ++i) {
    out +=
        (i == 0 ? "" : ",") + order.parts[i].part + ":" + ledger::object_key(order.parts[i].number);
  }
  return out;
}

Result<ReversalOrder> read_order(const std::string& memory) {
  const auto bar = memory.find('|');
  if (bar == std::string::npos) return bad_order(memory);
  ReversalOrder order{memory.substr(0, bar), {}};
  std::string_view rest = std::string_view(memory).substr(bar + 1);
  while (!rest.empty()) {
    const auto comma = std::min(rest.find(','), rest.size());
    const auto part = read_part(rest.substr(0, comma));
    if (!part) return bad_order(memory);
    order.parts.push_back(*part);
    rest.remove_prefix(std::min(comma + 1, rest.size()));
  }
  if (order.parts.empty()) return bad_order(memory);
  return order;
}

std::string reversal_subject(const WorkId& settlement, Instant asked) {
  return settlement.str() + "/" + format_instant(asked);
}

WorkId reversed_work(std::string_view subject) {
  return WorkId(std::string(subject.substr(0, subject.find('/'))));
}

Result<std::vector<ports::WorkRecord>> reversals_of(ports::StoreTransaction& transaction,
                                                    const TenantId& tenant,
                                                    const WorkId& settlement) {
  MLC_TRY(auto out, transaction.list_work(tenant, "reversal"));
  std::erase_if(out, [&](const ports::WorkRecord& reversal) {
    return reversed_work(reversal.subject) != settlement;
  });
  std::ranges::sort(out, {}, &ports::WorkRecord::subject);
  return out;
}

Result<std::optional<ports::WorkRecord>> open_reversal(ports::StoreTransaction& transaction,
                                                       const TenantId& tenant,
                                                       const WorkId& settlement) {
  MLC_TRY(auto reversals, reversals_of(transaction, tenant, settlement));
  std::erase_if(reversals, [](const ports::WorkRecord& reversal) {
    return reversal.state == "done" || reversal.state == "discarded";
  });
  if (reversals.empty()) return std::optional<ports::WorkRecord>{};
  return std::optional(std::move(reversals.back()));
}

}  // namespace mlc::flow
