#include "amazon/region.h"

#include <algorithm>

#include "amazon/errors.h"

namespace mlc::amazon {
namespace {

constexpr Region kNa = Region::kNorthAmerica;
constexpr Region kEu = Region::kEurope;
constexpr Region kFe = Region::kFarEast;

// clang-format off
constexpr Marketplace kMarketplaces[] = {
    {"CA", "A2EUQ1WTGCTBG2", kNa, "CAD", "Amazon.ca"},
    {"US", "ATVPDKIKX0DER",  kNa, "USD", "Amazon.com"},
    {"MX", "A1AM78C64UM0Y8", kNa, "MXN", "Amazon.com.mx"},
    {"BR", "A2Q3Y263D00KWC", kNa, "BRL", "Amazon.com.br"},
    {"IE", "A28R8C7NBKEWEA", kEu, "EUR", "Amazon.ie"},
    {"ES", "A1RKKUPIHCS9HS", kEu, "EUR", "Amazon.es"},
    {"UK", "A1F83G8C2ARO7P", kEu, "GBP", "Amazon.co.uk"},
    {"FR", "A13V1IB3VIYZZH", kEu, "EUR", "Amazon.fr"},
    {"BE", "AMEN7PMS3EDWL",  kEu, "EUR", "Amazon.com.be"},
    {"NL", "A1805IZSGTT6HS", kEu, "EUR", "Amazon.nl"},
    {"DE", "A1PA6795UKMFR9", kEu, "EUR", "Amazon.de"},
    {"IT", "APJ6JRA9NG5V4",  kEu, "EUR", "Amazon.it"},
    {"SE", "A2NODRKZP88ZB9", kEu, "SEK", "Amazon.se"},
    {"ZA", "AE08WJ6YKNBMC",  kEu, "ZAR", "Amazon.co.za"},
    {"PL", "A1C3SOZRARQ6R3", kEu, "PLN", "Amazon.pl"},
    {"EG", "ARBP9OOSHTCHU",  kEu, "EGP", "Amazon.eg"},
    {"TR", "A33AVAJ2PDY3EV", kEu, "TRY", "Amazon.com.tr"},
    {"SA", "A17E79C6D8DWNP", kEu, "SAR", "Amazon.sa"},
    {"AE", "A2VIGQ35RCS4UG", kEu, "AED", "Amazon.ae"},
    {"IN", "A21TJRUUN4KGV",  kEu, "INR", "Amazon.in"},
    {"SG", "A19VAU5U5O7RUS", kFe, "SGD", "Amazon.sg"},
    {"AU", "A39IBJ37TRP1C6", kFe, "AUD", "Amazon.com.au"},
    {"JP", "A1VC38T7YXB528", kFe, "JPY", "Amazon.co.jp"},
};
// clang-format on

char upper(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; }

bool same(std::string_view a, std::string_view b) {
  return std::ranges::equal(a, b, {}, upper, upper);
}

}  // namespace

std::string_view to_word(Region region) {
  switch (region) {
    case Region::kNorthAmerica: return "na";
    case Region::kEurope: return "eu";
    case Region::kFarEast: return "fe";
  }
  return "na";
}

std::span<const Marketplace> marketplaces() { return kMarketplaces; }

Result<Marketplace> find_marketplace(std::string_view id_or_country) {
  for (const Marketplace& marketplace : kMarketplaces) {
    if (same(marketplace.id, id_or_country) || same(marketplace.country, id_or_country)) {
      return marketplace;
    }
  }
  return failure(kUnknownMarketplace, {{"marketplace", std::string(id_or_country)}});
}

Result<Region> region_of(const std::vector<std::string>& marketplaces) {
  if (marketplaces.empty()) return failure(kUnknownMarketplace, {{"marketplace", ""}});
  MLC_TRY(const Marketplace first, find_marketplace(marketplaces.front()));
  for (const std::string& name : marketplaces) {
    MLC_TRY(const Marketplace other, find_marketplace(name));
    if (other.region == first.region) continue;
    return failure(kMixedRegions, {{"marketplace", name},
                                   {"found", std::string(to_word(other.region))},
                                   {"expected", std::string(to_word(first.region))}});
  }
  return first.region;
}

std::string endpoint(Region region) {
  return "https://sellingpartnerapi-" + std::string(to_word(region)) + ".amazon.com";
}

std::string sandbox_endpoint(Region region) {
  return "https://sandbox.sellingpartnerapi-" + std::string(to_word(region)) + ".amazon.com";
}

}  // namespace mlc::amazon
