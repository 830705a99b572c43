// What a reversal was asked to take back: these documents and no others, whatever is posted for the
// settlement meanwhile. And whose reversal it is, which its work's subject says.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "flow/step.h"

namespace mlc::flow {

struct ReversalOrder {
  std::string reason;  // STGRD
  std::vector<ports::PostedPart> parts;
};

// As kept in the work's memory: "REASON|PART:OBJ_KEY,PART:OBJ_KEY".
[[nodiscard]] std::string write_order(const ReversalOrder& order);
// The inverse. Errors: flow.bad_reversal_order.
[[nodiscard]] Result<ReversalOrder> read_order(const std::string& memory);

// "WORK/INSTANT", so that the subjects of one settlement sort by when they were asked for.
[[nodiscard]] std::string reversal_subject(const WorkId& settlement, Instant asked);
// The inverse: the settlement's work.
[[nodiscard]] WorkId reversed_work(std::string_view subject);

// Of a settlement, the oldest first.
[[nodiscard]] Result<std::vector<ports::WorkRecord>> reversals_of(
    ports::StoreTransaction& transaction, const TenantId& tenant, const WorkId& settlement);
// Its newest reversal that is neither done nor given up, if there is one.
[[nodiscard]] Result<std::optional<ports::WorkRecord>> open_reversal(
    ports::StoreTransaction& transaction, const TenantId& tenant, const WorkId& settlement);

}  // namespace mlc::flow
