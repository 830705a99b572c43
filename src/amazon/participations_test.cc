#include "amazon/participations.h"

#include <gtest/gtest.h>

#include "amazon/errors.h"

namespace mlc::amazon {
namespace {

// The shape of the example in Amazon's model sellers.json.
TEST(Participations, AreReadFromAmazonsShape) {
  ApiAnswer answer;
  answer.body =
      R"({"payload":[{"marketplace":{"id":"ATVPDKIKX0DER","countryCode":"US","name":"Amazon.com",)"
      R"("defaultCurrencyCode":"USD","defaultLanguageCode":"en_US","domainName":"www.amazon.com"},)"
      R"("participation":{"isParticipating":true,"hasSuspendedListings":false}},)"
      R"({"marketplace":{"id":"A2EUQ1WTGCTBG2","countryCode":"CA"},"participation":{)"
      R"("isParticipating":false,"hasSuspendedListings":true}}]})";
  const auto read = read_participations(answer);
  ASSERT_TRUE(read);
  ASSERT_EQ(read->size(), 2U);
  EXPECT_EQ((*read)[0].marketplace_id, "ATVPDKIKX0DER");
  EXPECT_EQ((*read)[0].currency, "USD");
  EXPECT_TRUE((*read)[0].participating);
  EXPECT_FALSE((*read)[1].participating);
  EXPECT_TRUE((*read)[1].suspended);
}

TEST(Participations, OtherAnswersAreRefusedByName) {
  for (const char* body : {"", "[]", "{}", R"({"payload":{}})"}) {
    ApiAnswer answer;
    answer.body = body;
    const auto read = read_participations(answer);
    ASSERT_FALSE(read);
    EXPECT_TRUE(read.error().is(kUnreadableAnswer));
  }
}

}  // namespace
}  // namespace mlc::amazon
