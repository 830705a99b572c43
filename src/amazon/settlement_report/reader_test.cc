#include <fstream>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sstream>

#include "amazon/settlement_report/errors.h"
#include "amazon/settlement_report/settlement_reader.h"
#include "amazon/settlement_report/testing/report_text.h"
#include "simulators/amazon/settlement_generator.h"

namespace mlc::amazon::settlement_report {
namespace {

using testing::detail_line;
using testing::file_of;
using testing::header_line;
using testing::MemoryEvidence;
using testing::read_bytes;
using testing::replaced;
using testing::RowLog;
using testing::sample_lines;
using testing::summary_line;

constexpr const char* kOutsideSample = "../shared/data/settlements/us-sample-cc-by-4.0.tsv";

// A settlement written by others under CC-BY-4.0; nothing where it is not at hand.
std::optional<std::string> outside_sample() {
  std::ifstream file(kOutsideSample, std::ios::binary);
  if (!file) return std::nullopt;
  std::ostringstream out;
  out << file.rdbuf();
  return out.str();
}

TEST(EvidenceReader, AnyFrames_SameRowsAsInOnePiece) {
  const std::string bytes = file_of(sample_lines());
  for (const std::size_t frame : {std::size_t{64}, std::size_t{1000}, bytes.size()}) {
    MemoryEvidence evidence(bytes, frame);
    RowLog log;
    EvidenceSettlementReader reader;
    const auto report = reader.read(evidence, "report.txt", log);
    ASSERT_TRUE(report) << report.error().explain();
    EXPECT_EQ(report->rows, 31U);
    EXPECT_EQ(log.rows, read_bytes(bytes).log.rows);
    const std::uint32_t frames = evidence.object().frames;
    // 64 bytes do not tell how the file is written: those once more.
    EXPECT_EQ(evidence.frames_read, frame == 64 ? 2 * frames + 1 : frames);
  }
}

TEST(EvidenceReader, OneCentOff_IsRefused) {
  MemoryEvidence evidence(replaced(file_of(sample_lines()), "\t1412.36\t", "\t1412.35\t"), 500);
  RowLog log;
  EvidenceSettlementReader reader;
  const auto report = reader.read(evidence, "report.txt", log);
  ASSERT_FALSE(report);
  EXPECT_TRUE(report.error().is(kSumDiffers));
  EXPECT_EQ(report.error().fact("difference"), "0.01");
}

// Rows of about 100 KiB, so that few of them pass the limit.
std::vector<std::string> large_lines(std::size_t count) {
  std::vector<std::string> lines{header_line()};
  for (std::size_t at = 0; at < count; ++at) {
    lines.push_back(detail_line("Order", std::string(100 * 1024, 'a'), "Principal",
                                std::to_string(at) + ".00"));
  }
  return lines;
}

TEST(EvidenceReader, SummaryRowAfterManyRows_AllAreRead) {
  auto lines = large_lines(100);
  lines.push_back(summary_line("4950.00"));
  MemoryEvidence evidence(file_of(lines), 1024 * 1024);
  RowLog log;
  EvidenceSettlementReader reader;
  const auto report = reader.read(evidence, "report.txt", log);
  ASSERT_TRUE(report) << report.error().explain();
  EXPECT_EQ(report->rows, 100U);
  EXPECT_EQ(log.rows.size(), 100U);
  EXPECT_THAT(log.headers, ::testing::ElementsAre("20612345671"));
  EXPECT_TRUE(log.rows.front().starts_with("2@"));
}

TEST(EvidenceReader, NoSummaryRowInALargeFile_SaysSo) {
  MemoryEvidence evidence(file_of(large_lines(100)), 1024 * 1024);
  RowLog log;
  EvidenceSettlementReader reader;
  const auto report = reader.read(evidence, "report.txt", log);
  ASSERT_FALSE(report);
  EXPECT_TRUE(report.error().is(kNoSummaryRow)) << report.error().explain();
  EXPECT_EQ(report.error().fact("rows"), "100");
  EXPECT_TRUE(log.rows.empty());
}

TEST(EvidenceReader, TwoSummaryRowsFarApart_AreRefused) {
  auto lines = large_lines(100);
  lines.push_back(summary_line("4950.00"));
  lines.push_back(summary_line("4950.00"));
  MemoryEvidence evidence(file_of(lines), 1024 * 1024);
  RowLog log;
  EvidenceSettlementReader reader;
  const auto report = reader.read(evidence, "report.txt", log);
  ASSERT_FALSE(report);
  EXPECT_TRUE(report.error().is(kTwoSummaryRows)) << report.error().explain();
}

struct SimulatedCase {
  const char* market;
  const char* charset;
  const char* decimal_mark;
  const char* date_pattern;
};

TEST(EvidenceReader, FilesOfEverySimulatedMarket_Tie) {
  namespace simulated = simulators::amazon;
  using namespace std::chrono_literals;
  const SimulatedCase cases[] = {{"US", "UTF-8", ".", "YYYY-MM-DD"},
                                 {"DE", "windows-1252", ",", "DD.MM.YYYY"},
                                 {"FR", "UTF-8", ",", "DD.MM.YYYY"},
                                 {"UK", "windows-1252", ".", "DD.MM.YYYY, DD/MM/YY"},
                                 {"JP", "windows-932", "none", "YYYY/MM/DD"},
                                 {"CA", "windows-1252", ".", "YYYY-MM-DD, MM/DD/YY"},
                                 {"MX", "windows-1252", ".", "YYYY-MM-DD, DD/MM/YY"},
                                 {"BR", "UTF-8", ",", "DD/MM/YYYY"},
                                 {"IT", "ISO-8859-15", ",", "DD.MM.YYYY"},
                                 {"ES", "windows-1252", ",", "DD.MM.YYYY"},
                                 {"NL", "windows-1252", ",", "DD.MM.YYYY"},
                                 {"SE", "windows-1252", ",", "YYYY-MM-DD"},
                                 {"PL", "UTF-8", ",", "DD.MM.YYYY"},
                                 {"TR", "UTF-8", ",", "DD.MM.YYYY"},
                                 {"AE", "UTF-8", ".", "YYYY-MM-DD"},
                                 {"IN", "windows-1252", ".", "DD.MM.YYYY"},
                                 {"AU", "UTF-8", ".", "DD/MM/YYYY"},
                                 {"SG", "UTF-8", ".", "YYYY-MM-DD"}};
  EXPECT_EQ(std::size(cases), simulated::markets().size());
  for (const SimulatedCase& one : cases) {
    simulated::SettlementSeries series{7, 2026y / 6 / 1, 300, simulated::find_market(one.market)};
    series.everything = true;
    for (std::uint32_t index = 0; index < 4; ++index) {
      MemoryEvidence evidence(simulated::settlement_text(series, index), 10'000);
      RowLog log;
      EvidenceSettlementReader reader;
      const auto report = reader.read(evidence, "report.txt", log);
      ASSERT_TRUE(report) << one.market << "\n" << report.error().explain();
      const auto facts = simulated::settlement_facts(series, index);
      EXPECT_EQ(report->sum.minor(), facts.total_cents) << one.market;
      EXPECT_EQ(report->header.end, facts.end) << one.market;
      EXPECT_EQ(report->rows, 300U) << one.market;
      EXPECT_EQ(report->charset, one.charset) << one.market;
      EXPECT_EQ(report->decimal_mark, one.decimal_mark) << one.market;
      EXPECT_EQ(report->date_pattern, one.date_pattern) << one.market;
    }
  }
}

TEST(OutsideSample, AsItIs_TiesAt58289) {
  const auto bytes = outside_sample();
  if (!bytes) GTEST_SKIP() << "the CC-BY sample is not at " << kOutsideSample;
  MemoryEvidence evidence(*bytes, 1000);
  RowLog log;
  EvidenceSettlementReader reader;
  const auto report = reader.read(evidence, kOutsideSample, log);
  ASSERT_TRUE(report) << report.error().explain();
  EXPECT_EQ(report->header.total.decimal(), "582.89");
  EXPECT_EQ(report->sum.decimal(), "582.89");
  EXPECT_EQ(report->header.total.currency().code(), "USD");
  EXPECT_EQ(report->rows, 23U);
}

TEST(OutsideSample, OneCentChanged_IsRefusedByName) {
  const auto bytes = outside_sample();
  if (!bytes) GTEST_SKIP() << "the CC-BY sample is not at " << kOutsideSample;
  MemoryEvidence evidence(replaced(*bytes, "\t129.99\t", "\t129.98\t"), 1000);
  RowLog log;
  EvidenceSettlementReader reader;
  const auto report = reader.read(evidence, kOutsideSample, log);
  ASSERT_FALSE(report);
  EXPECT_EQ(report.error().id(), "settlement_report.sum_differs");
  EXPECT_EQ(report.error().fact("found"), "582.88");
  EXPECT_EQ(report.error().fact("difference"), "-0.01");
}

TEST(OutsideSample, CutAtEveryByte_IsRefused) {
  const auto bytes = outside_sample();
  if (!bytes) GTEST_SKIP() << "the CC-BY sample is not at " << kOutsideSample;
  for (std::size_t size = 0; size < bytes->size(); ++size) {
    ASSERT_FALSE(read_bytes(std::string_view(*bytes).substr(0, size)).parsed) << size;
  }
}

}  // namespace
}  // namespace mlc::amazon::settlement_report
