#include <gtest/gtest.h>

#include "base/checked_arithmetic.h"
#include "base/digest.h"
#include "base/result.h"
#include "base/secret.h"
#include "base/strong_id.h"
#include "base/time.h"

namespace mlc {
namespace {

constexpr ErrorKind kMissing{"test.file_missing", "The file {file} does not exist.",
                             "Check the name {file}.", ExitCode::kNotFound};
constexpr ErrorKind kOuter{"test.outer", "Reading failed.", "", ExitCode::kBadInput, Again::kLater};

TEST(ErrorTest, FillsFactsIntoTextAndCure) {
  const Error error(kMissing, {{"file", "a.tsv"}, {"line", "3"}});
  EXPECT_EQ(error.text(), "The file a.tsv does not exist.");
  EXPECT_EQ(error.cure(), "Check the name a.tsv.");
  EXPECT_EQ(error.fact("line"), "3");
  EXPECT_EQ(error.fact("column"), "");
  EXPECT_EQ(error.explain(),
            "test.file_missing: The file a.tsv does not exist.\n  line: 3\n"
            "  do next: Check the name a.tsv.");
}

TEST(ErrorTest, KeepsCauseWaitAndWrittenInCopies) {
  const Error plain(kOuter);
  const Error full = plain.caused_by(Error(kMissing, {{"file", "b"}}))
                         .with_written(Written::kPerhaps)
                         .with_wait(std::chrono::seconds(2));
  EXPECT_EQ(plain.cause(), nullptr);
  ASSERT_NE(full.cause(), nullptr);
  EXPECT_TRUE(full.cause()->is(kMissing));
  EXPECT_EQ(full.written(), Written::kPerhaps);
  EXPECT_EQ(full.wait(), std::chrono::seconds(2));
  EXPECT_EQ(full.again(), Again::kLater);
  EXPECT_NE(full.explain().find("written: perhaps"), std::string::npos);
}

TEST(ResultTest, TryReturnsTheErrorUnchanged) {
  const auto inner = [](bool good) -> Result<int> {
    if (!good) return failure(kMissing, {{"file", "c"}});
    return 7;
  };
  const auto outer = [&](bool good) -> Result<int> {
    MLC_TRY(const int value, inner(good));
    return value + 1;
  };
  EXPECT_EQ(outer(true).value(), 8);
  EXPECT_TRUE(outer(false).error().is(kMissing));
}

TEST(SecretTest, MovedFromSecretIsEmpty) {
  Secret first(std::string(100, 'x'));
  const Secret second(std::move(first));
  EXPECT_TRUE(first.empty());  // NOLINT(bugprone-use-after-move): the wipe is the promise
  EXPECT_EQ(second.reveal().size(), 100U);
}

TEST(CheckedArithmeticTest, SaysWhenItDoesNotFit) {
  EXPECT_EQ(checked_add<std::int64_t>(1, 2), 3);
  EXPECT_FALSE(checked_add<std::int64_t>(INT64_MAX, 1));
  EXPECT_FALSE(checked_subtract<std::int64_t>(INT64_MIN, 1));
  EXPECT_FALSE(checked_multiply<std::int64_t>(INT64_MAX, 2));
}

TEST(TimeTest, InstantRoundTripsAndRejectsNonsense) {
  const auto instant = parse_instant("2026-02-28T23:59:59.5+01:30");
  ASSERT_TRUE(instant);
  EXPECT_EQ(format_instant(*instant), "2026-02-28T22:29:59.500Z");
  EXPECT_EQ(parse_instant(format_instant(*instant)), instant);
  for (const auto* bad :
       {"", "2026-02-30T00:00:00Z", "2026-02-28T24:00:00Z", "2026-02-28", "2026-02-28T00:00:00",
        "2026-02-28T00:00:00Zx", "2026-02-28T00:00:00.Z"}) {
    EXPECT_FALSE(parse_instant(bad)) << bad;
  }
}

TEST(TimeTest, DatesInBothForms) {
  const auto date = parse_date("2024-02-29");
  ASSERT_TRUE(date);
  EXPECT_EQ(format_dats(*date), "20240229");
  EXPECT_EQ(parse_dats("20240229"), date);
  EXPECT_FALSE(parse_date("2023-02-29"));
  EXPECT_FALSE(parse_dats("00000000"));
}

// FIPS 180-2, appendix B.1.
TEST(DigestTest, Sha256KnownAnswer) {
  EXPECT_EQ(to_hex(sha256("abc")),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  Sha256Stream stream;
  stream.update("a");
  stream.update("bc");
  EXPECT_EQ(stream.finish(), sha256("abc"));
}

TEST(DigestTest, HexAndBase64RoundTrip) {
  const std::string bytes("\x00\xff\x10", 3);
  EXPECT_EQ(to_hex(bytes), "00ff10");
  EXPECT_EQ(from_hex("00FF10"), bytes);
  EXPECT_FALSE(from_hex("0"));
  EXPECT_FALSE(from_hex("zz"));
  for (const auto* text : {"", "a", "ab", "abc", "abcd"}) {
    EXPECT_EQ(from_base64(to_base64(text)), text);
  }
  EXPECT_FALSE(from_base64("a"));
}

// RFC 8032, section 7.1, test 1.
TEST(DigestTest, Ed25519KnownAnswer) {
  const auto seed = from_hex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60");
  const auto key = signing_key_from_seed(Secret(*seed));
  EXPECT_EQ(to_hex(key.public_key),
            "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");
  const std::string signature = sign(key, "");
  EXPECT_EQ(to_hex(signature).substr(0, 32), "e5564300c360ac729086e2cc806e828a");
  EXPECT_TRUE(verify(key.public_key, "", signature));
  EXPECT_FALSE(verify(key.public_key, "x", signature));
}

TEST(StrongIdTest, ComparesByValue) {
  EXPECT_EQ(TenantId("a"), TenantId("a"));
  EXPECT_LT(TenantId("a"), TenantId("b"));
  EXPECT_TRUE(TenantId().empty());
}

}  // namespace
}  // namespace mlc
