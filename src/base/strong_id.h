// Text identifiers that cannot be mistaken for one another.
#pragma once

#include <compare>
#include <functional>
#include <string>
#include <string_view>

namespace mlc {

// An opaque identifier; `Tag` tells the kinds apart. Empty means "none".
template <class Tag>
class StrongId {
 public:
  StrongId() = default;
  explicit StrongId(std::string value) : value_(std::move(value)) {}
  [[nodiscard]] const std::string& str() const { return value_; }
  [[nodiscard]] bool empty() const { return value_.empty(); }
  friend auto operator<=>(const StrongId&, const StrongId&) = default;

 private:
  std::string value_;
};

using TenantId = StrongId<struct TenantIdTag>;          // leads every key of the store
using ConnectionId = StrongId<struct ConnectionIdTag>;  // a TradeConnection of the configuration
using SettlementId = StrongId<struct SettlementIdTag>;  // Amazon's settlement-id
using WorkId = StrongId<struct WorkIdTag>;              // a row of the work table
using UnitId = StrongId<struct UnitIdTag>;              // hash of a unit's content
using ObjectId = StrongId<struct ObjectIdTag>;          // lower-case hex SHA-256 of evidence

}  // namespace mlc

template <class Tag>
struct std::hash<mlc::StrongId<Tag>> {
  std::size_t operator()(const mlc::StrongId<Tag>& id) const noexcept {
    return std::hash<std::string>{}(id.str());
  }
};
