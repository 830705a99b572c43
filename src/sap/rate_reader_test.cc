#include "sap/rate_reader.h"

#include <gtest/gtest.h>

#include "sap/testing/fake_sap.h"

namespace mlc::sap {
namespace {

using testing::Cells;

struct RateCell {
  const char* cell;
  std::optional<std::int64_t> scaled;
};
TEST(ParseRate, five_decimals_and_a_sign_behind) {
  for (const RateCell& one :
       {RateCell{" 0.73125 ", 73125}, RateCell{" 1.08500-", -108500}, RateCell{"12.34567", 1234567},
        RateCell{"0.00000", 0}, RateCell{"01.08500", 108500}, RateCell{"123.45678", {}},
        RateCell{"*23.45678", {}}, RateCell{"*.00000-", {}}, RateCell{"", {}},
        RateCell{"1.085", {}}, RateCell{"1,08500", {}}, RateCell{"-", {}}}) {
    EXPECT_EQ(parse_rate(one.cell), one.scaled) << one.cell;
  }
}

constexpr Date kDay{std::chrono::year(2026) / 10 / 31};

std::string inverted(int day) { return std::to_string(99999999 - day); }

Cells row(std::string type, std::string from, int day, std::string rate, std::string from_factor,
          std::string to_factor) {
  return {
      {"KURST", std::move(type)},     {"FCURR", std::move(from)}, {"TCURR", "USD"},
      {"GDATU", inverted(day)},       {"UKURS", std::move(rate)}, {"FFACT", std::move(from_factor)},
      {"TFACT", std::move(to_factor)}};
}

// Company code 1000 in dollars; document type ZA without a rate type, ZR with AVG.
struct World {
  World() {
    sap.tables["T001"] = {{{"BUKRS", "1000"}, {"WAERS", "USD"}}};
    sap.tables["T003"] = {{{"BLART", "ZA"}, {"KURST", ""}}, {{"BLART", "ZR"}, {"KURST", "AVG"}}};
    sap.tables["TCURV"] = {{{"KURST", "M"}}, {{"KURST", "AVG"}, {"BWAER", "EUR"}}};
    sap.tables["TCURR"] = {
        row("M", "CAD", 20250101, "0.72000", "1", "1"),
        row("M", "CAD", 20261025, "0.73000", "1", "1"),
        row("M", "CAD", 20261031, "0.73125", "1", "1"),
        row("M", "CAD", 20261101, "0.99999", "1", "1"),
        row("AVG", "CAD", 20250101, "0.70000", "1", "1"),
        row("M", "MXN", 20200101, "0.05000", "", ""),
        row("M", "JPY", 20261001, "0.66700", "0", "0"),
        row("M", "SEK", 20261001, "8.80000", "10", "1"),
        row("M", "GBP", 20261001, "0.79365-", "1", "1"),
        row("M", "VND", 20261001, "*5000.0000", "1", "1"),
        row("M", "PLN", 20261001, "0.00000", "1", "1"),
    };
    sap.tables["TCURF"] = {row("M", "JPY", 20250101, "", "100", "1"),
                           row("M", "JPY", 20990101, "", "1000", "1")};
  }
  TableRate rate(const char* from, const char* type = "ZA") {
    auto found = reader.rate({type, from, "USD", kDay});
    EXPECT_TRUE(found) << found.error().explain();
    return found ? *found : TableRate{};
  }
  testing::FakeSap sap;
  std::unique_ptr<abap::Session> session = sap.open().value();
  RateReader reader{*session, {}};
};

struct RateCase {
  const char* what;
  const char* from;
  const char* type;
  RateState state;
  const char* rate;
};
TEST(RateReader, finds_the_rate_as_sap_would) {
  for (const RateCase& one :
       {RateCase{"newest on or before the day", "CAD", "ZA", RateState::kFound, "0.73125"},
        RateCase{"rate type of the document type", "CAD", "ZR", RateState::kFound, "0.70000"},
        RateCase{"years old, empty factors are 1", "MXN", "ZA", RateState::kFound, "0.05000"},
        RateCase{"factors of TCURF", "JPY", "ZA", RateState::kFound, "0.66700 per 100:1"},
        RateCase{"factors of TCURR", "SEK", "ZA", RateState::kFound, "8.80000 per 10:1"},
        RateCase{"indirect", "GBP", "ZA", RateState::kFound, "/0.79365"},
        RateCase{"no row", "EGP", "ZA", RateState::kMissing, ""},
        RateCase{"rate zero", "PLN", "ZA", RateState::kMissing, ""},
        RateCase{"no row, but a base currency", "EGP", "ZR", RateState::kUnknown, ""},
        RateCase{"too wide for RFC_READ_TABLE", "VND", "ZA", RateState::kUnknown, ""},
        RateCase{"document type unknown", "CAD", "XX", RateState::kUnknown, ""}}) {
    World world;
    const auto found = world.rate(one.from, one.type);
    EXPECT_EQ(found.state, one.state) << one.what;
    EXPECT_EQ(found.rate ? found.rate->text() : "", one.rate) << one.what;
  }
}

TEST(RateReader, tables_that_may_not_be_read_are_unknown_not_missing) {
  for (const std::string table : {"T003", "TCURR", "TCURF", "TCURV"}) {
    World world;
    world.sap.table_exceptions[table] = "NOT_AUTHORIZED";
    EXPECT_EQ(world.rate(table == "TCURV" ? "EGP" : "CAD").state, RateState::kUnknown) << table;
  }
  World world;
  world.sap.table_exceptions["T001"] = "TABLE_NOT_AVAILABLE";
  EXPECT_EQ(world.reader.local_currency("1000").value(), std::nullopt);
}

TEST(RateReader, broken_line_is_an_error_and_can_be_asked_again) {
  World world;
  world.sap.break_call(0, false);
  EXPECT_FALSE(world.reader.rate({"ZA", "CAD", "USD", kDay}));
  world.session = world.sap.open().value();
  RateReader again(*world.session, {});
  EXPECT_EQ(again.rate({"ZA", "CAD", "USD", kDay}).value().state, RateState::kFound);
}

TEST(RateReader, answer_is_kept_for_the_session) {
  World world;
  EXPECT_EQ(world.reader.local_currency("1000").value(), "USD");
  EXPECT_EQ(world.reader.local_currency("9999").value(), std::nullopt);
  EXPECT_EQ(world.rate("CAD").rate->text(), "0.73125");
  world.sap.tables["TCURR"].clear();
  world.sap.tables["T001"].clear();
  EXPECT_EQ(world.rate("CAD").rate->text(), "0.73125");
  EXPECT_EQ(world.reader.local_currency("1000").value(), "USD");
}

}  // namespace
}  // namespace mlc::sap
