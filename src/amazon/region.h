// Regions, their endpoints, and the marketplaces in them.
// Source: SP-API documentation, "SP-API Endpoints" and "Marketplace IDs".
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace mlc::amazon {

enum class Region { kNorthAmerica, kEurope, kFarEast };
[[nodiscard]] std::string_view to_word(Region region);  // "na", "eu", "fe"

struct Marketplace {
  std::string_view country;  // Amazon's code, "UK" for Great Britain
  std::string_view id;       // marketplaceId
  Region region;
  std::string_view currency;  // usual currency of the store
  std::string_view name;      // marketplace-name in settlement reports
};

[[nodiscard]] std::span<const Marketplace> marketplaces();
// By id or country code, without case. Errors: amazon.unknown_marketplace.
[[nodiscard]] Result<Marketplace> find_marketplace(std::string_view id_or_country);
// The region of all these marketplaces (ids or country codes); at least one.
// Errors: amazon.unknown_marketplace, amazon.mixed_regions.
[[nodiscard]] Result<Region> region_of(const std::vector<std::string>& marketplaces);
// "https://sellingpartnerapi-na.amazon.com"
[[nodiscard]] std::string endpoint(Region region);
[[nodiscard]] std::string sandbox_endpoint(Region region);

// Login with Amazon: one address for every region.
inline constexpr std::string_view kLoginAddress = "https://api.amazon.com/auth/o2/token";

}  // namespace mlc::amazon
