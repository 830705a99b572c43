#include "simulators/amazon/sellers_endpoint.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "simulators/amazon/answers.h"

namespace mlc::simulators::amazon {
namespace {

using nlohmann::ordered_json;

struct Store {
  std::string_view id;
  std::string_view country;
  std::string_view name;
  std::string_view currency;
  std::string_view language;
  std::string_view domain;
};

// clang-format off
constexpr std::array kStores{
    Store{"A2EUQ1WTGCTBG2", "CA", "Amazon.ca",     "CAD", "en_CA", "www.amazon.ca"},
    Store{"ATVPDKIKX0DER",  "US", "Amazon.com",    "USD", "en_US", "www.amazon.com"},
    Store{"A1AM78C64UM0Y8", "MX", "Amazon.com.mx", "MXN", "es_MX", "www.amazon.com.mx"},
    Store{"A2Q3Y263D00KWC", "BR", "Amazon.com.br", "BRL", "pt_BR", "www.amazon.com.br"},
    Store{"A28R8C7NBKEWEA", "IE", "Amazon.ie",     "EUR", "en_IE", "www.amazon.ie"},
    Store{"A1RKKUPIHCS9HS", "ES", "Amazon.es",     "EUR", "es_ES", "www.amazon.es"},
    Store{"A1F83G8C2ARO7P", "GB", "Amazon.co.uk",  "GBP", "en_GB", "www.amazon.co.uk"},
    Store{"A13V1IB3VIYZZH", "FR", "Amazon.fr",     "EUR", "fr_FR", "www.amazon.fr"},
    Store{"A1805IZSGTT6HS", "NL", "Amazon.nl",     "EUR", "nl_NL", "www.amazon.nl"},
    Store{"A1PA6795UKMFR9", "DE", "Amazon.de",     "EUR", "de_DE", "www.amazon.de"},
    Store{"APJ6JRA9NG5V4",  "IT", "Amazon.it",     "EUR", "it_IT", "www.amazon.it"},
    Store{"A2NODRKZP88ZB9", "SE", "Amazon.se",     "SEK", "sv_SE", "www.amazon.se"},
    Store{"A1C3SOZRARQ6R3", "PL", "Amazon.pl",     "PLN", "pl_PL", "www.amazon.pl"},
    Store{"AMEN7PMS3EDWL",  "BE", "Amazon.com.be", "EUR", "nl_BE", "www.amazon.com.be"},
    Store{"A33AVAJ2PDY3EV", "TR", "Amazon.com.tr", "TRY", "tr_TR", "www.amazon.com.tr"},
    Store{"A2VIGQ35RCS4UG", "AE", "Amazon.ae",     "AED", "en_AE", "www.amazon.ae"},
    Store{"A21TJRUUN4KGV",  "IN", "Amazon.in",     "INR", "en_IN", "www.amazon.in"},
    Store{"A19VAU5U5O7RUS", "SG", "Amazon.sg",     "SGD", "en_SG", "www.amazon.sg"},
    Store{"A1VC38T7YXB528", "JP", "Amazon.co.jp",  "JPY", "ja_JP", "www.amazon.co.jp"},
    Store{"A39IBJ37TRP1C6", "AU", "Amazon.com.au", "AUD", "en_AU", "www.amazon.com.au"},
};
// clang-format on

ordered_json participation(const std::string& id) {
  const auto* const known = std::ranges::find(kStores, id, &Store::id);
  const Store unknown{id, "US", id, "USD", "en_US", "www.amazon.com"};
  const Store& store = known == kStores.end() ? unknown : *known;
  return {{"marketplace",
           {{"id", store.id},
            {"countryCode", store.country},
            {"name", store.name},
            {"defaultCurrencyCode", store.currency},
            {"defaultLanguageCode", store.language},
            {"domainName", store.domain}}},
          {"storeName", "Simulated Store"},
          {"participation", {{"isParticipating", true}, {"hasSuspendedListings", false}}}};
}

}  // namespace

net::HttpResponse marketplace_participations(const SimulatedAccount& account,
                                             const net::Parameters& parameters) {
  if (!parameters.empty()) return invalid_input("This operation takes no query parameters");
  ordered_json list = ordered_json::array();
  for (const std::string& id : account.marketplace_ids) list.push_back(participation(id));
  return json_answer(200, ordered_json{{"payload", list}}.dump());
}

}  // namespace mlc::simulators::amazon
