// Customizing and balances of the SAP simulator, as the hub asks for them.
#include <cstdlib>
#include <filesystem>
#include <gtest/gtest.h>

#include "runtime/clock.h"
#include "sap/master_reading.h"
#include "simulators/sap/landscape.h"
#include "simulators/sap/simulated_channel.h"

namespace mlc::sap {
namespace {

namespace simulator = simulators::sap;
using ports::RangeState;

Date day(int year, unsigned month, unsigned of_month) {
  return std::chrono::year{year} / std::chrono::month{month} / std::chrono::day{of_month};
}

class MasterReadingTest : public ::testing::Test {
 protected:
  MasterReadingTest() {
    std::string pattern = (std::filesystem::temp_directory_path() / "mlc-masters-XXXXXX").string();
    directory_ = mkdtemp(pattern.data());
    simulator::SystemSettings settings;
    settings.books = directory_;
    settings.durable = false;
    system_ = std::move(
        simulator::SapSystem::open(settings, simulator::sample_landscape(), nullptr).value());
    channel_ = std::make_unique<simulator::SimulatedChannel>(*system_, clock_);
    masters_ = std::make_unique<MasterReading>(*channel_, Settings{});
  }
  void TearDown() override {
    masters_.reset();
    channel_.reset();
    system_.reset();
    std::filesystem::remove_all(directory_);
  }

  template <class Work>
  void hands(Work work) {
    system_->by_hand(clock_.now(), work);
  }

  ports::DayRange range(const std::string& company_code, const std::string& type, Date on) {
    const auto answer = masters_->number_ranges({company_code, type, {on}});
    EXPECT_TRUE(answer.has_value()) << answer.error().explain();
    return answer ? answer->days.front() : ports::DayRange{};
  }

  void key(const char* debit, const char* credit, std::int64_t amount, const char* budat,
           simulator::BookKey* at = nullptr) {
    hands([&](simulator::Hands& hand) {
      const auto messages = hand.key_by_hand({.budat = budat,
                                              .xblnr = "HAND",
                                              .bktxt = "",
                                              .waers = "",
                                              .debit = debit,
                                              .credit = credit,
                                              .amount = amount},
                                             at);
      EXPECT_FALSE(simulator::any_error(messages));
    });
  }

  std::string balance(const char* account, Date before) {
    const auto usd = ledger::Currency::from_code("USD").value();
    const auto answer = masters_->balances({"1000", {account}, usd, before});
    EXPECT_TRUE(answer.has_value()) << answer.error().explain();
    if (!answer || !answer->accounts.front().balance) return "unknown";
    return answer->accounts.front().balance->decimal();
  }

  std::filesystem::path directory_;
  runtime::ManualClock clock_{std::chrono::sys_days{day(2026, 11, 5)}};
  std::unique_ptr<simulator::SapSystem> system_;
  std::unique_ptr<simulator::SimulatedChannel> channel_;
  std::unique_ptr<MasterReading> masters_;
};

TEST_F(MasterReadingTest, NumberRangesFollowTheFiscalYear) {
  hands([](simulator::Hands& hand) {
    EXPECT_TRUE(hand.end_number_range("1000", "01", "2026"));
    EXPECT_TRUE(hand.end_number_range("3000", "01", "2026"));
  });
  struct Row {
    const char* name;
    const char* company_code;
    const char* type;
    Date on;
    std::optional<int> year;
    RangeState state;
  };
  // Company code 3000 has a 4-4-5 year that ends on the last Sunday of September.
  const Row rows[] = {
      {"last day", "1000", "SA", day(2026, 12, 31), 2026, RangeState::kFound},
      {"first day", "1000", "SA", day(2027, 1, 1), 2027, RangeState::kMissing},
      {"another interval", "1000", "ZA", day(2027, 1, 1), 2027, RangeState::kFound},
      {"4-4-5, last day", "3000", "SA", day(2026, 9, 27), 2026, RangeState::kFound},
      {"4-4-5, first day", "3000", "SA", day(2026, 9, 28), 2027, RangeState::kMissing},
      {"interval nobody made", "1000", "ZN", day(2026, 6, 1), 2026, RangeState::kMissing},
      {"unknown type", "1000", "XX", day(2026, 6, 1), std::nullopt, RangeState::kUnknown},
      {"unknown company code", "9999", "SA", day(2026, 6, 1), std::nullopt, RangeState::kUnknown}};
  for (const Row& row : rows) {
    const auto found = range(row.company_code, row.type, row.on);
    EXPECT_EQ(found.fiscal_year, row.year) << row.name;
    EXPECT_EQ(found.state, row.state) << row.name;
  }
}

TEST_F(MasterReadingTest, AnIntervalServesAllYearsUpToItsOwn) {
  hands([](simulator::Hands& hand) {
    EXPECT_TRUE(hand.end_number_range("1000", "01", "2026"));
    EXPECT_TRUE(hand.add_number_range("1000", "01", "9999"));
  });
  EXPECT_EQ(range("1000", "SA", day(2031, 3, 1)).state, RangeState::kFound);
}

TEST_F(MasterReadingTest, WhatMayNotBeReadIsUnknown) {
  hands([](simulator::Hands& hand) { hand.revoke_read("CONNECTOR", "NRIV"); });
  const auto found = range("1000", "SA", day(2026, 6, 1));
  EXPECT_EQ(found.state, RangeState::kUnknown);
  EXPECT_EQ(found.fiscal_year, 2026);
  hands([](simulator::Hands& hand) { hand.revoke_read("CONNECTOR", "BSIS"); });
  EXPECT_EQ(balance("0000140100", day(2026, 10, 1)), "unknown");
}

TEST_F(MasterReadingTest, AccountsAndCostCentresAreUsableOrNotAndWhy) {
  const auto say = [&](const std::string& company_code, const std::vector<std::string>& accounts,
                       const std::vector<std::string>& centers) {
    std::vector<std::string> out;
    const auto answer = masters_->targets({company_code, accounts, centers, day(2026, 11, 5)});
    EXPECT_TRUE(answer.has_value()) << answer.error().explain();
    if (!answer) return out;
    const char* const words[] = {"usable", "missing", "blocked", "unknown"};
    for (const auto* list : {&answer->accounts, &answer->cost_centers}) {
      for (const auto& one : *list) {
        out.push_back(std::string(words[static_cast<int>(one.state)]) + " " + one.where +
                      (one.why.empty() ? "" : ": " + one.why));
      }
    }
    return out;
  };
  EXPECT_EQ(say("1000", {"0000400000", "0000499999", "0000499998"},
                {"0000001000", "0000001080", "0000001090", "0000002000"}),
            (std::vector<std::string>{
                "usable company code 1000", "missing chart of accounts CAUS",
                "blocked company code 1000: blocked for posting", "usable controlling area 1000",
                "blocked controlling area 1000: locked for primary costs",
                "missing controlling area 1000", "missing controlling area 1000"}));
  EXPECT_EQ(say("9999", {"0000400000"}, {"0000001000"}),
            (std::vector<std::string>{"missing company code 9999",
                                      "missing company code 9999 (of no controlling area)"}));
  hands([](simulator::Hands& hand) { hand.revoke_read("CONNECTOR", "SKB1"); });
  EXPECT_EQ(say("1000", {"0000400000"}, {"0000001000"}),
            (std::vector<std::string>{"unknown SKB1", "usable controlling area 1000"}));
}

TEST_F(MasterReadingTest, BalancesAreThoseOfTheDay) {
  simulator::BookKey paid;
  key("0000140100", "0000400000", 7000, "20260915", &paid);
  key("0000140100", "0000400000", 9000, "20260930");
  key("0000140100", "0000400000", 100, "20261001");
  EXPECT_EQ(balance("0000140100", day(2026, 9, 15)), "0.00");
  EXPECT_EQ(balance("0000140100", day(2026, 10, 1)), "160.00");
  // Cleared since: on the day it stood there all the same.
  hands([&](simulator::Hands& hand) { hand.clear(paid, "0000140100", "9900000001"); });
  EXPECT_EQ(balance("0000140100", day(2026, 10, 1)), "160.00");
  EXPECT_EQ(balance("0000140100", day(2026, 11, 6)), "91.00");
  EXPECT_EQ(balance("0000112500", day(2026, 10, 1)), "0.00");
}

}  // namespace
}  // namespace mlc::sap
