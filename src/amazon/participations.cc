#include "amazon/participations.h"

#include <simdjson.h>

#include "amazon/errors.h"
#include "amazon/safe_text.h"

namespace mlc::amazon {
namespace {

using simdjson::dom::element;

std::string text_at(element object, std::string_view pointer) {
  std::string_view text;
  return object.at_pointer(pointer).get(text) == simdjson::SUCCESS ? std::string(text) : "";
}

bool flag_at(element object, std::string_view pointer) {
  bool flag = false;
  return object.at_pointer(pointer).get(flag) == simdjson::SUCCESS && flag;
}

}  // namespace

Result<std::vector<Participation>> read_participations(const ApiAnswer& answer) {
  simdjson::dom::parser parser;
  element document;
  simdjson::dom::array list;
  const bool read = parser.parse(answer.body).get(document) == simdjson::SUCCESS &&
                    document["payload"].get(list) == simdjson::SUCCESS;
  if (!read) {
    return failure(kUnreadableAnswer, {{"operation", "getMarketplaceParticipations"},
                                       {"reason", "payload is missing or not as expected"},
                                       {"request_id", safe_text(answer.request_id)}});
  }
  std::vector<Participation> out;
  for (const element item : list) {
    out.push_back({text_at(item, "/marketplace/id"), text_at(item, "/marketplace/countryCode"),
                   text_at(item, "/marketplace/defaultCurrencyCode"),
                   flag_at(item, "/participation/isParticipating"),
                   flag_at(item, "/participation/hasSuspendedListings")});
  }
  return out;
}

}  // namespace mlc::amazon
