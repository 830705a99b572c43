// Carries out the orders of a fault plan on one answer. Places, kinds and parameters:
// amazon_simulator.h.
#pragma once

#include <filesystem>
#include <optional>
#include <string_view>
#include <vector>

#include "net/http_message.h"
#include "simulators/fault_plan.h"

namespace mlc::simulators::amazon {

inline constexpr ErrorKind kUnreadableFaultPlan{
    "simulators.unreadable_fault_plan", "The fault plan {file} cannot be read.",
    "See that the file is there and may be read.", ExitCode::kNotFound};

// A file of orders, each of which the simulator knows. Errors: simulators.unreadable_fault_plan,
// simulators.bad_fault_plan.
[[nodiscard]] Result<std::vector<FaultOrder>> read_fault_plan(const std::filesystem::path& file);

// Whether the simulator knows such an order; a plan with another would do nothing, unseen.
[[nodiscard]] bool is_known(const FaultOrder& order);

// The answer that replaces the real one, if an order wants that.
[[nodiscard]] std::optional<Result<net::HttpResponse>> answer_instead(
    const std::vector<FaultOrder>& orders, std::string_view operation);
[[nodiscard]] bool wants(const std::vector<FaultOrder>& orders, std::string_view kind);
// The first order of that kind; nullptr when there is none.
[[nodiscard]] const FaultOrder* order_of(const std::vector<FaultOrder>& orders,
                                         std::string_view kind);
// Spoils an answer as ordered: drop_after, slow, truncate, short_body, content_type, garbage.
[[nodiscard]] Result<net::HttpResponse> spoil(net::HttpResponse response,
                                              const std::vector<FaultOrder>& orders);

}  // namespace mlc::simulators::amazon
