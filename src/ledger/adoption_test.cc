#include "ledger/adoption.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <sstream>

#include "ledger/header_text.h"
#include "ledger/testing/posted.h"
#include "ledger/testing/samples.h"

namespace mlc::ledger {
namespace {

using testing::classes;
using testing::day;
using testing::input;
using testing::rule;
using testing::rule_set;
using testing::usd;

constexpr const char* kStem = "20612345671-";

// Sales, gift wrap and fees; `gifts` is the account of the gift wrap.
RuleBook rules(const std::string& gifts, const std::string& text = "") {
  auto set = rule_set({rule("sale", "-", "-", "Principal", "400000", Nature::kSale),
                       rule("gift", "-", "-", "GiftWrap", gifts, Nature::kSale),
                       rule("fee", "-", "-", "Commission", "476000", Nature::kFee)});
  set.rules[1].result.text = text;
  return RuleBook::make({set}).value();
}

Derivation derived(const RuleBook& book, int item_limit = 900, char revision = 'A') {
  auto settlement = input(classes(book, {{"Order", "", "Principal", "1000.00"},
                                         {"Order", "", "GiftWrap", "5.00"},
                                         {"Order", "", "Commission", "-150.00"}}));
  settlement.settings.item_limit = item_limit;
  settlement.revision = revision;
  return derive(settlement, book).value();
}

int next_number = 0;

PostedDocument posted(const LedgerDocument& document) {
  return testing::posted_as(
      document, {document.company_code, std::to_string(1900000000 + ++next_number), "2026"});
}

using Documents = std::vector<PostedDocument>;

Documents posted(const Manifest& manifest) {
  Documents out;
  for (const auto& document : manifest.documents) out.push_back(posted(document));
  return out;
}

PostedDocument reversed(PostedDocument document) {
  document.reversed_by = DocumentNumber{"1000", "1999999999", "2026"};
  return document;
}

std::optional<FoundManifest> whole(const Manifest& planned, const Documents& documents) {
  return whole_manifest(kStem, judge(planned, documents));
}

// What the hub does with documents: its first try is by rules, for each rule book in turn.
std::string decision(const Derivation& planned, const std::vector<Derivation>& others,
                     const Documents& documents) {
  const auto found = whole(planned.manifest, documents);
  if (!found) return "no whole manifest";
  if (shows(*found, planned.manifest)) return "as planned";
  std::vector<Derivation> all{planned};
  all.insert(all.end(), others.begin(), others.end());
  for (const auto& one : all) {
    if (adopt_by_rules(one, *found)) return "by rules";
  }
  for (const auto& one : all) {
    if (adopt_by_totals(one, *found)) return "by totals";
  }
  return "conflicts";
}

void move(PostedDocument& document, const std::string& from, const std::string& to) {
  for (auto& line : document.lines) {
    if (line.account == from) line.account = to;
  }
}

// Which manifest SAP's documents were made from.
enum InSap { kToday, kOld, kOldInParts, kSmall, kRenamed };

Manifest manifest_of(InSap in_sap) {
  switch (in_sap) {
    case kToday: return derived(rules("400200")).manifest;
    case kOld: return derived(rules("400300")).manifest;
    case kOldInParts: return derived(rules("400300"), 3).manifest;
    case kSmall: return derived(rules("400200"), 3).manifest;
    case kRenamed: return derived(rules("400200", "Gift wrap")).manifest;
  }
  return {};
}

struct Case {
  const char* what;
  InSap in_sap;
  void (*change)(Documents&);
  const char* decision;
};

void nothing(Documents&) {}

std::vector<Case> whole_manifests() {
  return {
      {"what is planned today", kToday, nothing, "as planned"},
      {"posted under the old rules: another account", kOld, nothing, "by rules"},
      {"posted under rules nobody knows any more, the same accounts", kRenamed, nothing,
       "by totals"},
      {"cut into other documents", kSmall, nothing, "by totals"},
      {"old hash, but one account was changed in SAP", kOld,
       [](Documents& d) { move(d[0], "0000400300", "0000400999"); }, "conflicts"},
      {"old hash, but a cent went from one account to another", kOld,
       [](Documents& d) {
         d[0].lines[0].amount = usd(d[0].lines[0].amount.minor() + 1);
         d[0].lines[1].amount = usd(d[0].lines[1].amount.minor() - 1);
       },
       "conflicts"},
      {"other parts, one line on another tax code", kSmall,
       [](Documents& d) { d[0].lines[0].tax_code = "A1"; }, "conflicts"},
      {"other parts, one document in another company code", kSmall,
       [](Documents& d) { d[1].number.company_code = "2000"; }, "conflicts"},
      {"generated lines that add up to zero, on accounts of SAP's own", kSmall,
       [](Documents& d) {
         d[0].lines.push_back({9, 'S', "0000199990", usd(500), usd(500), {}, {}, {}, {}, {}});
         d[0].lines.push_back({10, 'S', "0000199990", usd(-500), usd(-500), {}, {}, {}, {}, {}});
       },
       "by totals"},
      {"the old rules' parts, the last one was reversed since", kOldInParts,
       [](Documents& d) { d.back() = reversed(d.back()); }, "by rules"},
      {"the old rules' parts, one was reversed, a cent is elsewhere on the other", kOldInParts,
       [](Documents& d) {
         d.back() = reversed(d.back());
         d[0].lines[0].amount = usd(d[0].lines[0].amount.minor() + 1);
         d[0].lines[1].amount = usd(d[0].lines[1].amount.minor() - 1);
       },
       "conflicts"},
      {"other parts, the last one was reversed: totals say nothing then", kSmall,
       [](Documents& d) { d.back() = reversed(d.back()); }, "conflicts"},
      {"local amounts that do not add up to zero", kSmall,
       [](Documents& d) { d[0].lines[0].local_amount = usd(1); }, "conflicts"},
      {"the first life's documents were reversed, the second posted again", kOld,
       [](Documents& d) {
         const auto again = posted(derived(rules("400300"), 900, 'B').manifest);
         d[0] = reversed(d[0]);
         d.insert(d.end(), again.begin(), again.end());
       },
       "by rules"},
  };
}

std::vector<Case> broken_manifests() {
  return {
      {"other parts, the last one is not there", kSmall, [](Documents& d) { d.pop_back(); },
       "no whole manifest"},
      {"every part was reversed", kOld, [](Documents& d) { d[0] = reversed(d[0]); },
       "no whole manifest"},
      {"other parts, the last one is there twice", kSmall,
       [](Documents& d) {
         d.push_back(d.back());
         d.back().number.number = "1999999998";
       },
       "no whole manifest"},
      {"other parts, one is parked", kSmall, [](Documents& d) { d[0].status = 'V'; },
       "no whole manifest"},
      {"other parts of two different manifests", kSmall,
       [](Documents& d) {
         auto text = read_header_text(d[1].header_text).value();
         text.hash = "00000000";
         d[1].header_text = write_header_text(text);
       },
       "no whole manifest"},
      {"somebody keyed our reference, with a text of his own", kSmall,
       [](Documents& d) { d[0].header_text = "Amazon October"; }, "no whole manifest"},
      {"somebody keyed one document more", kRenamed,
       [](Documents& d) {
         d.push_back(d[0]);
         d.back().reference = "20612345671-02A";
         d.back().number.number = "1999999997";
       },
       "no whole manifest"},
  };
}

void expect_decision(const Case& row) {
  auto documents = posted(manifest_of(row.in_sap));
  row.change(documents);
  // The hub derives with the first letter that it found.
  const auto found = whole(manifest_of(kToday), documents);
  const char first = found ? found->first_revision() : 'A';
  EXPECT_EQ(decision(derived(rules("400200"), 900, first),
                     {derived(rules("400300"), 900, first), derived(rules("400300"), 3, first)},
                     documents),
            row.decision)
      << row.what;
}

TEST(AdoptionTest, ATableOfWholeManifestsAndWhatIsDecided) {
  for (const auto& row : whole_manifests()) expect_decision(row);
}

TEST(AdoptionTest, ATableOfWhatIsNoWholeManifest) {
  for (const auto& row : broken_manifests()) expect_decision(row);
}

// One part was reversed by hand and its lines repeated under the next letter.
TEST(AdoptByRulesTest, TwoLettersBesideEachOther_GiveAManifestOfEach) {
  const Derivation old = derived(rules("400300"), 3);
  const auto next = next_revision(old.manifest, old.manifest.documents[0].posting_date).value();
  auto documents = posted(old.manifest);
  documents.push_back(posted(next.documents[1]));
  documents[1] = reversed(documents[1]);
  const auto found = whole(derived(rules("400200")).manifest, documents);
  ASSERT_TRUE(found);
  const auto adopted = adopt_by_rules(old, *found);
  ASSERT_TRUE(adopted);
  EXPECT_EQ(adopted->how, Adoption::kRules);
  ASSERT_EQ(adopted->manifests.size(), 2U);
  EXPECT_EQ(adopted->manifests[0], old.manifest);
  EXPECT_EQ(adopted->manifests[1], next);
  EXPECT_FALSE(adopt_by_rules(derived(rules("400200"), 3), *found));
}

// "01A 1: sale 0000400000 -1000.00" for every line, as a journal.
std::string journal(const Manifest& manifest) {
  std::ostringstream out;
  for (const auto& document : manifest.documents) {
    for (const auto& line : document.lines) {
      out << document.key.part << document.key.revision << ' ' << line.item << ": "
          << to_word(line.nature) << ' ' << line.account << ' ' << line.amount.decimal() << '\n';
    }
  }
  return out.str();
}

std::string places(const Adopted& adopted) {
  std::string out;
  for (const auto& one : adopted.destinations) {
    out += one.rule + " " + one.document + " " + std::to_string(one.item) + "\n";
  }
  return out;
}

TEST(AdoptByTotalsTest, OtherCut_TakesSapsLinesAndLeadsEveryClassToIts) {
  const Derivation today = derived(rules("400200"));
  const auto in_sap = derived(rules("400200"), 3);
  const auto found = whole(today.manifest, posted(in_sap.manifest));
  ASSERT_TRUE(found);
  const auto adopted = adopt_by_totals(today, *found);
  ASSERT_TRUE(adopted);
  EXPECT_EQ(adopted->how, Adoption::kTotals);
  ASSERT_EQ(adopted->manifests.size(), 1U);
  EXPECT_EQ(journal(adopted->manifests[0]),
            "01A 1: sale 0000400000 -1000.00\n"
            "01A 2: sale 0000400200 -5.00\n"
            "01A 3: receivable 0000140000 1005.00\n"
            "02A 1: fee 0000476000 150.00\n"
            "02A 2: receivable 0000140000 -150.00\n");
  EXPECT_EQ(places(*adopted),
            "sale 20612345671-01A 1\n"
            "gift 20612345671-01A 2\n"
            "fee 20612345671-02A 1\n");
  EXPECT_TRUE(validate(adopted->manifests[0]));
}

// SAP has one line where the rules give two: both kinds of rows lead to it.
TEST(AdoptByTotalsTest, LinesOfOneAccountInOne_ShareIt) {
  const Derivation today = derived(rules("400000", "Gift wrap"));
  const Derivation merged = derived(rules("400000"));
  ASSERT_EQ(today.manifest.documents[0].lines.size(), 4U);
  ASSERT_EQ(merged.manifest.documents[0].lines.size(), 3U);
  const auto found = whole(today.manifest, posted(merged.manifest));
  ASSERT_TRUE(found);
  const auto adopted = adopt_by_totals(today, *found);
  ASSERT_TRUE(adopted);
  EXPECT_EQ(places(*adopted),
            "sale 20612345671-01A 1\n"
            "gift 20612345671-01A 1\n"
            "fee 20612345671-01A 2\n");
}

TEST(AdoptionTest, WordsAreReadBack) {
  for (const auto one : {Adoption::kNone, Adoption::kRules, Adoption::kTotals, Adoption::kPerson}) {
    EXPECT_EQ(adoption(to_word(one)), one);
  }
  EXPECT_FALSE(adoption("perhaps"));
}

}  // namespace
}  // namespace mlc::ledger
