// A simulated system in a temporary directory, and short ways to fill BAPI tables.
#pragma once

#include <chrono>
#include <filesystem>
#include <gtest/gtest.h>
#include <memory>
#include <optional>
#include <string>
#include <unistd.h>
#include <vector>

#include "abap/errors.h"
#include "simulators/sap/simulated_channel.h"

namespace mlc::simulators::sap {

// One line for a document: account, amount and what else the test is about.
struct TestLine {
  std::string account;
  std::string amount;
  abap::Structure more = {};  // further fields of the line
  std::string table = "ACCOUNTGL";
  std::string base = {};   // AMT_BASE of a tax line
  std::string local = {};  // amount of CURR_TYPE 10
};

inline abap::Structure document(const std::vector<TestLine>& lines, abap::Structure header = {},
                                const std::string& currency = "USD",
                                const std::string& local_currency = "USD") {
  abap::Structure full{{"COMP_CODE", "1000"},
                       {"DOC_DATE", "20261108"},
                       {"PSTNG_DATE", "20261108"},
                       {"DOC_TYPE", "ZA"},
                       {"BUS_ACT", "RFBU"},
                       {"USERNAME", "CONNECTOR"},
                       {"REF_DOC_NO", "20612345671-01A"}};
  for (const auto& [field, value] : header) full[field] = value;
  abap::Structure arguments{{"DOCUMENTHEADER", full}, {"RETURN", abap::Table{}}};
  int item = 0;
  auto& amounts = arguments["CURRENCYAMOUNT"].table();
  for (const auto& line : lines) {
    const auto itemno = std::to_string(++item);
    abap::Structure row = line.more;
    row["ITEMNO_ACC"] = itemno;
    row[line.table == "ACCOUNTPAYABLE"      ? "VENDOR_NO"
        : line.table == "ACCOUNTRECEIVABLE" ? "CUSTOMER"
                                            : "GL_ACCOUNT"] = line.account;
    arguments[line.table].table().push_back(row);
    abap::Structure amount{{"ITEMNO_ACC", itemno},
                           {"CURR_TYPE", "00"},
                           {"CURRENCY", currency},
                           {"AMT_DOCCUR", line.amount}};
    if (!line.base.empty()) amount["AMT_BASE"] = line.base;
    amounts.push_back(amount);
    if (line.local.empty()) continue;
    amounts.push_back({{"ITEMNO_ACC", itemno},
                       {"CURR_TYPE", "10"},
                       {"CURRENCY", local_currency},
                       {"AMT_DOCCUR", line.local}});
  }
  return arguments;
}

// Receivable against revenue.
inline abap::Structure simple_document(const std::string& reference = "20612345671-01A") {
  return document({{"0000140100", "100.00"}, {"0000400000", "-100.00"}},
                  {{"REF_DOC_NO", reference}});
}

// "E RW 609", "E KI 235", ... of RETURN, which may be a table or a structure.
inline std::vector<std::string> messages(const abap::Structure& answer) {
  std::vector<std::string> out;
  const auto add = [&out](const abap::Structure& row) {
    if (abap::text_of(row, "TYPE").empty()) return;
    out.push_back(abap::text_of(row, "TYPE") + " " + abap::text_of(row, "ID") + " " +
                  abap::text_of(row, "NUMBER"));
  };
  for (const auto& row : abap::table_of(answer, "RETURN")) add(row);
  add(abap::structure_of(answer, "RETURN"));
  return out;
}

class SapTest : public ::testing::Test {
 public:
  ~SapTest() override {
    session_.reset();
    system_.reset();
    std::filesystem::remove_all(directory_);
  }

 protected:
  SapTest() {
    const auto* test = ::testing::UnitTest::GetInstance()->current_test_info();
    directory_ = std::filesystem::temp_directory_path() /
                 ("sapsim-" + std::to_string(::getpid()) + "-" + test->name());
    std::filesystem::remove_all(directory_);
    start();
  }

  // Also a restart: sessions are gone, the books stay.
  void start() {
    session_.reset();
    channel_.reset();
    system_.reset();
    SystemSettings settings;
    settings.books = directory_;
    settings.durable = false;
    auto system = SapSystem::open(settings, sample_landscape(), &faults_);
    ASSERT_TRUE(system) << system.error().explain();
    system_ = std::move(*system);
    channel_ = std::make_unique<SimulatedChannel>(*system_, clock_);
    session_ = open();
  }

  std::unique_ptr<abap::Session> open() {
    auto session = channel_->open();
    EXPECT_TRUE(session) << session.error().explain();
    return session ? std::move(*session) : nullptr;
  }

  abap::Structure call(std::string_view function, const abap::Structure& arguments = {}) {
    auto answer = session_->call(function, arguments);
    EXPECT_TRUE(answer) << answer.error().explain();
    return answer ? std::move(*answer) : abap::Structure{};
  }

  // OBJ_KEY of a successful post.
  std::string post(const abap::Structure& arguments) {
    const auto answer = call("BAPI_ACC_DOCUMENT_POST", arguments);
    EXPECT_EQ(messages(answer).front(), "S RW 605");
    return abap::text_of(answer, "OBJ_KEY");
  }
  std::vector<std::string> commit() {
    return messages(call("BAPI_TRANSACTION_COMMIT", {{"WAIT", "X"}}));
  }
  BookKey post_and_commit(const abap::Structure& arguments) {
    const auto key = post(arguments);
    EXPECT_TRUE(commit().empty());
    return {key.substr(10, 4), key.substr(0, 10), key.substr(14, 4)};
  }

  std::vector<std::string> read(const std::string& table, const std::vector<std::string>& fields,
                                const std::vector<std::string>& where = {},
                                const std::string& delimiter = "|") {
    abap::Structure arguments{{"QUERY_TABLE", table}, {"DELIMITER", delimiter}};
    for (const auto& field : fields) arguments["FIELDS"].table().push_back({{"FIELDNAME", field}});
    for (const auto& line : where) arguments["OPTIONS"].table().push_back({{"TEXT", line}});
    std::vector<std::string> rows;
    const auto answer = call("RFC_READ_TABLE", arguments);
    for (const auto& row : abap::table_of(answer, "DATA")) {
      rows.push_back(abap::text_of(row, "WA"));
    }
    return rows;
  }
  std::size_t documents(const std::string& reference = "20612345671-01A") {
    return read("BKPF", {"BELNR"}, {"XBLNR = '" + reference + "'"}).size();
  }

  void hands(const std::function<void(Hands&)>& work) { system_->by_hand(clock_.now(), work); }
  void advance(std::chrono::seconds by) {
    clock_.advance(by);
    system_->tick(clock_.now());
  }

  std::filesystem::path directory_;
  runtime::ManualClock clock_{*parse_instant("2026-11-23T11:42:00Z")};
  FaultPlan faults_;
  std::unique_ptr<SapSystem> system_;
  std::unique_ptr<SimulatedChannel> channel_;
  std::unique_ptr<abap::Session> session_;
};

}  // namespace mlc::simulators::sap
