#include "ledger/manifest.h"

#include <functional>
#include <gtest/gtest.h>

#include "ledger/errors.h"

namespace mlc::ledger {
namespace {

using std::chrono::year;

Money usd(std::int64_t cents) {
  return Money::from_minor(cents, Currency::from_code("USD").value());
}

DocumentLine line(std::uint32_t item, const char* account, std::int64_t cents, Nature nature) {
  return {item, LineKind::kGl, account, usd(cents), nature, {}, {}, {}, {}, {}, {},
          {},   "20612345671", {}};
}

Manifest sample() {
  LedgerDocument document{.key = {"20612345671-", "01", 'A'},
                          .company_code = "1000",
                          .document_type = "ZA",
                          .posting_date = year{2026} / 10 / 31,
                          .document_date = year{2026} / 10 / 30,
                          .currency = usd(0).currency(),
                          .header_text = "US 202610 01/01 1a2b3c4d",
                          .lines = {}};
  auto sale = line(1, "0000400000", -100000, Nature::kSale);
  sale.text = "tab\there \\ back";
  auto fee = line(2, "AMAZON", 15000, Nature::kFee);
  fee.kind = LineKind::kVendor;
  fee.payment_block = "A";
  fee.assignment.clear();
  document.lines = {sale, fee, line(3, "0000140000", 85000, Nature::kReceivable)};
  Manifest manifest{.settlement = SettlementId("20612345671"),
                    .stem = "20612345671-",
                    .rules_version = "2026-1",
                    .content_hash = "",
                    .documents = {document}};
  manifest.content_hash = content_hash(manifest);
  return manifest;
}

TEST(ManifestTextTest, WritesOneReadableLinePerFact) {
  const auto manifest = sample();
  EXPECT_EQ(write_manifest(manifest),
            "ml-connector-manifest\t1\n"
            "settlement\t20612345671\n"
            "stem\t20612345671-\n"
            "revision\tA\n"
            "rules\t2026-1\n"
            "content\t" +
                manifest.content_hash +
                "\n"
                "document\t01\tA\t1000\tZA\t2026-10-31\t2026-10-30\tUSD\tUS 202610 01/01 1a2b3c4d\n"
                "line\t1\tgl\t0000400000\t-1000.00\tsale\t\t\t\t\t\t\t\t20612345671\t"
                "tab\\there \\\\ back\n"
                "line\t2\tvendor\tAMAZON\t150.00\tfee\t\t\t\t\t\t\tA\t\t\n"
                "line\t3\tgl\t0000140000\t850.00\treceivable\t\t\t\t\t\t\t\t20612345671\t\n"
                "end\t1\n");
}

TEST(ManifestTextTest, ComesBackEqual) {
  const auto manifest = sample();
  EXPECT_EQ(read_manifest(write_manifest(manifest)).value(), manifest);
  Manifest none{.settlement = SettlementId("1"),
                .stem = "1-",
                .rules_version = "",
                .content_hash = "",
                .documents = {}};
  none.content_hash = content_hash(none);
  EXPECT_EQ(read_manifest(write_manifest(none)).value(), none);
  EXPECT_TRUE(validate(none));
}

TEST(ManifestTextTest, RefusesEveryCut) {
  const auto text = write_manifest(sample());
  for (std::size_t size = 0; size < text.size(); ++size) {
    const auto manifest = read_manifest(text.substr(0, size));
    ASSERT_FALSE(manifest) << size;
    ASSERT_TRUE(manifest.error().is(kBadManifest)) << size;
  }
}

TEST(ManifestTextTest, RefusesWhatItWouldWriteDifferently) {
  struct Case {
    const char* found;
    const char* instead;
  };
  for (const auto& row : {Case{"\t-1000.00\t", "\t-1000.0\t"},
                          {"line\t1\t", "line\t01\t"},
                          {"end\t1\n", "end\t2\n"},
                          {"end\t1\n", "end\t1\nmore\n"},
                          {"\tsale\t", "\tsales\t"},
                          {"\\there", "\\x"},
                          {"\tUSD\t", "\tUSX\t"},
                          {"2026-10-31", "2026-10-32"},
                          {"manifest\t1", "manifest\t2"},
                          {"\tgl\t", "\tG\t"},
                          {"revision\tA", "revision\tAB"},
                          {"document\t01", "line\t01"}}) {
    std::string text = write_manifest(sample());
    const auto at = text.find(row.found);
    ASSERT_NE(at, std::string::npos) << row.found;
    text.replace(at, std::string_view(row.found).size(), row.instead);
    const auto manifest = read_manifest(text);
    ASSERT_FALSE(manifest) << row.instead;
    EXPECT_TRUE(manifest.error().is(kBadManifest)) << row.instead;
    EXPECT_FALSE(manifest.error().fact("line").empty());
  }
}

TEST(ContentHashTest, CoversEverythingButHeaderTexts) {
  const auto before = sample();
  auto texts = before;
  texts.documents[0].header_text = "another";
  texts.content_hash = "another";
  EXPECT_EQ(content_hash(texts), before.content_hash);
  const std::vector<std::function<void(Manifest&)>> changes{
      [](Manifest& m) { m.settlement = SettlementId("2"); },
      [](Manifest& m) { m.stem = "2-"; },
      [](Manifest& m) { m.revision = 'B'; },
      [](Manifest& m) { m.rules_version = "2026-2"; },
      [](Manifest& m) { m.documents.clear(); },
      [](Manifest& m) { m.documents[0].key.part = "02"; },
      [](Manifest& m) { m.documents[0].key.revision = 'B'; },
      [](Manifest& m) { m.documents[0].company_code = "2000"; },
      [](Manifest& m) { m.documents[0].document_type = "SA"; },
      [](Manifest& m) { m.documents[0].posting_date = year{2026} / 11 / 1; },
      [](Manifest& m) { m.documents[0].document_date = year{2026} / 11 / 1; },
      [](Manifest& m) { m.documents[0].lines[0].account = "0000400001"; },
      [](Manifest& m) { m.documents[0].lines[0].amount = usd(-100001); },
      [](Manifest& m) { m.documents[0].lines[0].cost_center = "1"; },
      [](Manifest& m) { m.documents[0].lines[0].text = "x"; },
  };
  for (std::size_t i = 0; i < changes.size(); ++i) {
    auto changed = before;
    changes[i](changed);
    EXPECT_NE(content_hash(changed), before.content_hash) << "change " << i;
  }
}

TEST(ValidateTest, AcceptsWhatBalances) { EXPECT_TRUE(validate(sample())); }

TEST(ValidateTest, NamesWhatIsWrong) {
  struct Case {
    const char* what;
    std::function<void(Manifest&)> change;
    const ErrorKind* kind;
  };
  const std::vector<Case> cases{
      {"one cent off", [](Manifest& m) { m.documents[0].lines[0].amount = usd(-99999); },
       &kUnbalancedDocument},
      {"one line", [](Manifest& m) { m.documents[0].lines.resize(1, m.documents[0].lines[0]); },
       &kTooManyItems},
      {"two currencies",
       [](Manifest& m) {
         m.documents[0].lines[0].amount =
             Money::from_minor(-100000, Currency::from_code("EUR").value());
       },
       &kMixedCurrencies},
      {"zero line", [](Manifest& m) { m.documents[0].lines[0].amount = usd(0); }, &kBadManifest},
      {"no account", [](Manifest& m) { m.documents[0].lines[0].account.clear(); }, &kBadManifest},
      {"gap in items", [](Manifest& m) { m.documents[0].lines[1].item = 5; }, &kBadManifest},
      {"wrong stem", [](Manifest& m) { m.stem = "30612345671-"; }, &kBadManifest},
      {"wrong part", [](Manifest& m) { m.documents[0].key.part = "A1"; }, &kBadManifest},
      {"other revision", [](Manifest& m) { m.revision = 'B'; }, &kBadManifest},
      {"part twice", [](Manifest& m) { m.documents.push_back(m.documents[0]); }, &kBadManifest},
      {"BUKRS 5", [](Manifest& m) { m.documents[0].company_code = "10000"; }, &kFieldTooLong},
      {"BLART 3", [](Manifest& m) { m.documents[0].document_type = "ZAB"; }, &kFieldTooLong},
      {"BKTXT 26", [](Manifest& m) { m.documents[0].header_text.assign(26, 'x'); }, &kFieldTooLong},
      {"HKONT 11", [](Manifest& m) { m.documents[0].lines[0].account.assign(11, '1'); },
       &kFieldTooLong},
      {"KOSTL 11", [](Manifest& m) { m.documents[0].lines[0].cost_center.assign(11, '1'); },
       &kFieldTooLong},
      {"PRCTR 11", [](Manifest& m) { m.documents[0].lines[0].profit_center.assign(11, '1'); },
       &kFieldTooLong},
      {"AUFNR 13", [](Manifest& m) { m.documents[0].lines[0].internal_order.assign(13, '1'); },
       &kFieldTooLong},
      {"MWSKZ 3", [](Manifest& m) { m.documents[0].lines[0].tax_code = "A12"; }, &kFieldTooLong},
      {"ZUONR 19", [](Manifest& m) { m.documents[0].lines[0].assignment.assign(19, '1'); },
       &kFieldTooLong},
      {"SGTXT 51", [](Manifest& m) { m.documents[0].lines[0].text.assign(51, 'x'); },
       &kFieldTooLong},
  };
  for (const auto& row : cases) {
    auto manifest = sample();
    row.change(manifest);
    manifest.content_hash = content_hash(manifest);
    const auto status = validate(manifest);
    ASSERT_FALSE(status) << row.what;
    EXPECT_TRUE(status.error().is(*row.kind)) << row.what << ": " << status.error().explain();
  }
}

TEST(ValidateTest, RefusesAHashThatIsNotOfTheContent) {
  auto manifest = sample();
  manifest.content_hash[0] = manifest.content_hash[0] == '0' ? '1' : '0';
  EXPECT_TRUE(validate(manifest).error().is(kBadManifest));
}

TEST(ValidateTest, AllowsNineHundredLinesAndNoMore) {
  auto manifest = sample();
  auto& lines = manifest.documents[0].lines;
  lines.assign(900, lines[1]);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    lines[i].item = static_cast<std::uint32_t>(i + 1);
    lines[i].amount = usd(i % 2 == 0 ? 1 : -1);
  }
  manifest.content_hash = content_hash(manifest);
  EXPECT_TRUE(validate(manifest));
  lines.push_back(lines[0]);
  EXPECT_TRUE(validate(manifest).error().is(kTooManyItems));
}

}  // namespace
}  // namespace mlc::ledger
