#include "simulators/fault_plan.h"

#include <algorithm>
#include <charconv>
#include <simdjson.h>

namespace mlc::simulators {
namespace {

using simdjson::dom::element;
using simdjson::dom::object;

tl::unexpected<Error> refuse(std::string reason, std::string place) {
  return failure(kBadFaultPlan, {{"reason", std::move(reason)}, {"place", std::move(place)}});
}

Result<std::string> text_of(const element& value, const std::string& place) {
  std::string_view text;
  if (value.get(text) == simdjson::SUCCESS) return std::string(text);
  std::int64_t number = 0;
  if (value.get(number) == simdjson::SUCCESS) return std::to_string(number);
  return refuse("text or a whole number was expected", place);
}

Result<FaultOrder> read_order(const element& value, const std::string& place) {
  object fields;
  if (value.get(fields) != simdjson::SUCCESS) return refuse("an object was expected", place);
  FaultOrder order;
  for (const auto field : fields) {
    const std::string at = place + "." + std::string(field.key);
    if (field.key == "where") {
      MLC_TRY(order.where, text_of(field.value, at));
    } else if (field.key == "kind") {
      MLC_TRY(order.kind, text_of(field.value, at));
    } else if (field.key == "nth") {
      if (field.value.get(order.nth) != simdjson::SUCCESS) return refuse("no whole number", at);
    } else if (field.key == "parameters") {
      object parameters;
      if (field.value.get(parameters) != simdjson::SUCCESS) return refuse("no object", at);
      for (const auto parameter : parameters) {
        MLC_TRY(order.parameters[std::string(parameter.key)], text_of(parameter.value, at));
      }
    } else {
      return refuse("an unknown field", at);
    }
  }
  if (order.where.empty() || order.kind.empty()) return refuse("where or kind is missing", place);
  return order;
}

}  // namespace

std::string FaultOrder::parameter(std::string_view name, std::string_view fallback) const {
  const auto found = parameters.find(name);
  return found != parameters.end() ? found->second : std::string(fallback);
}

std::int64_t FaultOrder::number(std::string_view name, std::int64_t fallback) const {
  const auto text = parameter(name);
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc() && end == text.data() + text.size() ? value : fallback;
}

Result<std::vector<FaultOrder>> parse_fault_plan(std::string_view json) {
  simdjson::dom::parser parser;
  element root;
  if (parser.parse(json.data(), json.size()).get(root) != simdjson::SUCCESS) {
    return refuse("this is no JSON", "the beginning");
  }
  simdjson::dom::array faults;
  if (root["faults"].get(faults) != simdjson::SUCCESS) {
    return refuse("a list was expected", "faults");
  }
  std::vector<FaultOrder> orders;
  for (const auto fault : faults) {
    MLC_TRY(auto order, read_order(fault, "faults[" + std::to_string(orders.size()) + "]"));
    orders.push_back(std::move(order));
  }
  return orders;
}

FaultPlan::FaultPlan(std::vector<FaultOrder> orders) {
  for (auto& order : orders) uses_.push_back({std::move(order), 0, 0});
}

void FaultPlan::add(FaultOrder order) {
  const std::lock_guard lock(mutex_);
  uses_.push_back({std::move(order), 0, 0});
}

std::vector<FaultOrder> FaultPlan::visit(std::string_view where) {
  const std::lock_guard lock(mutex_);
  std::vector<FaultOrder> due;
  for (auto& use : uses_) {
    if (use.order.where != where) continue;
    ++use.visits;
    if (use.order.nth != 0 && use.order.nth != use.visits) continue;
    ++use.used;
    due.push_back(use.order);
  }
  return due;
}

std::vector<FaultUse> FaultPlan::report() const {
  const std::lock_guard lock(mutex_);
  return uses_;
}

bool FaultPlan::all_used() const {
  const std::lock_guard lock(mutex_);
  return std::all_of(uses_.begin(), uses_.end(),
                     [](const FaultUse& use) { return use.used > 0 || use.order.nth == 0; });
}

}  // namespace mlc::simulators
