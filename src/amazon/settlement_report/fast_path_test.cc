// What makes reading fast says the same as what it stands for.
#include <algorithm>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <map>

#include "amazon/settlement_report/amount_text.h"
#include "amazon/settlement_report/byte_marks.h"
#include "amazon/settlement_report/class_spellings.h"
#include "amazon/settlement_report/same_bytes.h"
#include "amazon/settlement_report/settlement_reader.h"
#include "amazon/settlement_report/testing/market_files.h"
#include "amazon/settlement_report/testing/report_text.h"

namespace mlc::amazon::settlement_report {
namespace {

using testing::detail_line;
using testing::file_of;
using testing::header_line;
using testing::market_files;
using testing::MemoryEvidence;
using testing::replaced;
using testing::RowLog;
using testing::sample_lines;
using testing::summary_line;
using testing::with_cell;

// --- marks ---

// All that matters, and neighbours of it, in an order that repeats nowhere near.
std::string noise(std::size_t size, std::uint64_t seed) {
  constexpr std::string_view kBytes("\t\n\r \0a0\x08\x0B\x7F\x80\x89\x8A\xFF", 14);
  std::string out;
  for (std::size_t at = 0; at < size; ++at) {
    seed ^= seed << 13U;
    seed ^= seed >> 7U;
    seed ^= seed << 17U;
    out += kBytes[seed % kBytes.size()];
  }
  return out;
}

TEST(ByteScanners, EveryAlignmentAndLength_SameMarksAsScalar) {
  const ByteScanner& scalar = byte_scanners().back();
  ASSERT_EQ(scalar.name, "scalar");
  const std::string bytes = noise(512, 88172645463325252ULL);
  for (const ByteScanner& scanner : byte_scanners()) {
    if (!scanner.possible()) continue;
    for (std::size_t from = 0; from < 64; ++from) {
      const auto part = std::string_view(bytes).substr(from);
      std::vector<ByteMasks> found(part.size() / 64);
      std::vector<ByteMasks> expected(found.size());
      scanner.mask(part.data(), found);
      scalar.mask(part.data(), expected);
      EXPECT_EQ(found, expected) << scanner.name << " from " << from;
    }
  }
}

TEST(ByteScanners, EveryStretch_SeparatorsLineEndsAndUnusualBytes) {
  const std::string bytes = noise(300, 362436069);
  for (const ByteScanner& scanner : byte_scanners()) {
    if (!scanner.possible()) continue;
    for (std::size_t from = 0; from < bytes.size(); ++from) {
      for (const std::size_t to : {from, std::min(from + 63, bytes.size()), bytes.size()}) {
        ByteMarks marks(scanner);
        marks.look(bytes, from, to, 0);
        std::vector<std::uint32_t> separators;
        std::vector<std::uint32_t> ends;
        bool unusual = false;
        for (std::size_t at = from; at < to; ++at) {
          const auto byte = static_cast<std::uint8_t>(bytes[at]);
          if (byte == '\n') ends.push_back(static_cast<std::uint32_t>(separators.size()));
          if (byte == '\n' || byte == '\t') separators.push_back(static_cast<std::uint32_t>(at));
          unusual = unusual || byte == 0 || byte > 0x7F;
        }
        const std::vector found(marks.separators(), marks.separators() + marks.separator_count());
        ASSERT_EQ(found, separators) << scanner.name << " " << from << " to " << to;
        ASSERT_EQ(marks.line_ends(), ends) << scanner.name << " " << from << " to " << to;
        ASSERT_EQ(marks.unusual(from, to), unusual) << scanner.name << " " << from << " to " << to;
      }
    }
  }
}

TEST(ByteMarks, UnusualByte_IsFoundInExactlyTheRangesAroundIt) {
  std::string bytes(200, 'x');
  for (std::size_t at = 0; at < bytes.size(); at += 7) {
    bytes[at] = '\x80';
    ByteMarks marks;
    marks.look(bytes, 0, bytes.size(), 0);
    for (std::size_t from = 0; from <= bytes.size(); ++from) {
      EXPECT_EQ(marks.unusual(from, bytes.size()), from <= at);
      EXPECT_EQ(marks.unusual(0, from), from > at);
    }
    bytes[at] = 'x';
  }
}

// --- lines ---

// Number, offset, bytes, cells and whether unusual, of all lines.
std::vector<std::string> lines_of(std::string_view content, std::size_t piece,
                                  const ByteScanner& scanner) {
  std::vector<std::string> out;
  LineSplitter splitter(scanner);
  for (std::size_t at = 0; at < content.size(); at += piece) {
    const std::string copy(content.substr(at, piece));
    splitter.push(copy);
    while (const auto line = splitter.next()) {
      std::string text = std::to_string(line->number) + "@" + std::to_string(line->offset);
      text += line->unusual ? "!" : " ";
      const LineCells cells(*line);
      for (std::size_t i = 0; i < cells.size(); ++i) text += "|" + std::string(cells[i]);
      EXPECT_EQ(cells.range(0, cells.size() - 1), line->bytes);
      out.push_back(std::move(text));
    }
  }
  return out;
}

TEST(LineSplitter, EveryPieceAndScanner_SameLinesAndCells) {
  const std::string content = noise(3000, 521288629) + "\n";
  const auto expected = lines_of(content, content.size(), byte_scanners().back());
  for (const ByteScanner& scanner : byte_scanners()) {
    if (!scanner.possible()) continue;
    for (std::size_t piece = 1; piece <= 200; ++piece) {
      ASSERT_EQ(lines_of(content, piece, scanner), expected) << scanner.name << " " << piece;
    }
    EXPECT_EQ(lines_of(content, content.size(), scanner), expected) << scanner.name;
  }
}

TEST(LineSplitter, LinesLongerThanAStretch_AreWhole) {
  const std::string cell(3 * ByteMarks::kStretch, 'y');
  const std::string content = cell + "\t\x80" + cell + "\tz\nshort\tline\n" + cell + "\n";
  LineSplitter splitter;
  splitter.push(content);
  const auto first = splitter.next();
  ASSERT_TRUE(first);
  EXPECT_TRUE(first->unusual);
  ASSERT_EQ(LineCells(*first).size(), 3U);
  EXPECT_EQ(LineCells(*first)[0], cell);
  EXPECT_EQ(LineCells(*first)[2], "z");
  const auto second = splitter.next();
  ASSERT_TRUE(second);
  EXPECT_FALSE(second->unusual);
  EXPECT_EQ(LineCells(*second)[1], "line");
  EXPECT_EQ(splitter.next()->bytes, cell);
  EXPECT_FALSE(splitter.next());
}

// --- amounts ---

// As read_money reads what is not plain.
std::string slow_money(std::string_view text, DecimalMark mark, ledger::Currency currency) {
  const auto parts = split_amount(text, mark);
  if (!parts) return "no amount";
  std::string digits;
  for (const char c : parts->whole) {
    if (c >= '0' && c <= '9') digits += c;
  }
  if (!parts->fraction.empty()) digits += "." + std::string(parts->fraction);
  const auto money = ledger::Money::parse((parts->negative ? "-" : "") + digits, currency);
  return money ? money->decimal() : "too precise or large";
}

TEST(PlainAmounts, EverySpelling_IsReadAsWithoutTheShortCut) {
  const std::vector<std::string> texts{"0",
                                       "-0",
                                       "1",
                                       "12.3",
                                       "12.34",
                                       "-12.34",
                                       "12.345",
                                       "12.340",
                                       "1.234",
                                       "1,234",
                                       "1,234.5",
                                       "12,34",
                                       "-12,3",
                                       "0.01",
                                       "00012",
                                       "12.",
                                       ".5",
                                       "-",
                                       "",
                                       "--1",
                                       "1-",
                                       "+1",
                                       "1 234",
                                       "1.2.3",
                                       "12.00000",
                                       "999999999",
                                       "1e5",
                                       "99999999999999",
                                       "999999999999.99",
                                       "99999999999999999999",
                                       "9223372036854775807",
                                       "92233720368547758.07",
                                       "-1,000,000.00"};
  for (const char* code : {"USD", "JPY", "KWD"}) {
    const auto currency = *ledger::Currency::from_code(code);
    for (const DecimalMark mark : {DecimalMark::kPoint, DecimalMark::kComma}) {
      for (const std::string& text : texts) {
        const auto money = read_money(text, mark, currency);
        const std::string found = money ? money->decimal()
                                  : money.error() == AmountFault::kSpelling
                                      ? "no amount"
                                      : "too precise or large";
        EXPECT_EQ(found, slow_money(text, mark, currency)) << text << " " << code;
      }
    }
  }
}

// --- spellings of classes ---

Header header_of(const std::string& line) {
  std::vector<std::string_view> cells;
  split_cells(line, cells);
  return Header::read(LoneLine(1, 0, line).line(), cells, "report.txt").value();
}

TEST(ClassSpellings, SameCells_AreFoundAndOthersAreNot) {
  const std::string names = header_line();
  const Header header = header_of(names);
  ClassSpellings spellings;
  spellings.begin(header);
  const std::string line = detail_line("Order", "ItemPrice", "Principal", "1.00");
  const LoneLine known(2, 0, line);
  EXPECT_EQ(spellings.find(LineCells(known.line())), ClassSpellings::kUnknown);
  const auto kept = spellings.add(LineCells(known.line()),
                                  {"Order", "Amazon.com", "ItemPrice", "Principal", "AFN"});
  EXPECT_EQ(kept, 0U);
  for (std::size_t column = 1; column <= 24; ++column) {
    const std::string changed = with_cell(line, column, "something other");
    const LoneLine other(3, 0, changed);
    const bool tells = column == 7 || (column >= 12 && column <= 14) || column == 16;
    EXPECT_EQ(spellings.find(LineCells(other.line())) == ClassSpellings::kUnknown, tells) << column;
  }
  EXPECT_EQ(spellings.texts(kept).amount_description, "Principal");
  const LoneLine shorter(4, 0, "20612345671\t\t\t\t\t\tOrder");
  EXPECT_EQ(spellings.find(LineCells(shorter.line())), ClassSpellings::kUnknown);
  EXPECT_EQ(spellings.add(LineCells(shorter.line()), {}), ClassSpellings::kUnknown);
}

TEST(ClassSpellings, MoreThanItKeeps_TheFirstOnesStayAndAreRight) {
  const Header header = header_of(header_line());
  ClassSpellings spellings;
  spellings.begin(header);
  const std::size_t count = ClassSpellings::kMost + 100;
  const auto line_of = [](std::size_t number) {
    return detail_line("Order", "ItemPrice", "D" + std::to_string(number), "1.00");
  };
  for (std::size_t i = 0; i < count; ++i) {
    const std::string line = line_of(i);
    const LoneLine lone(2, 0, line);
    const std::string description = "D" + std::to_string(i);
    const auto kept = spellings.add(LineCells(lone.line()), {"", "", "", description, ""});
    EXPECT_EQ(kept != ClassSpellings::kUnknown, i < ClassSpellings::kMost);
  }
  std::size_t found = 0;
  for (std::size_t i = 0; i < count; ++i) {
    const std::string line = line_of(i);
    const LoneLine lone(2, 0, line);
    const auto known = spellings.find(LineCells(lone.line()));
    if (known == ClassSpellings::kUnknown) continue;
    ++found;
    EXPECT_EQ(spellings.texts(known).amount_description, "D" + std::to_string(i));
    EXPECT_EQ(known, i);
  }
  EXPECT_GE(found, ClassSpellings::kMost * 99 / 100);
}

// The line with its amount-description (column 14) in the last column but one, and that one's cell
// there.
std::string description_last(const std::string& line) {
  std::vector<std::string_view> cells;
  split_cells(line, cells);
  std::swap(cells.at(13), cells.at(22));
  std::string out;
  for (const std::string_view cell : cells) {
    if (cell.data() != cells.front().data()) out += '\t';
    out += cell;
  }
  return out;
}

TEST(ClassSpellings, SpellingsThatDifferInTheirLastBytes_AreAllFoundAgain) {
  const Header header = header_of(description_last(header_line()));
  ClassSpellings spellings;
  spellings.begin(header);
  for (int number = 0; number < 1000; ++number) {
    const std::string description = "Coupon Redemption Fee: " + std::to_string(1000 + number);
    const std::string line =
        description_last(detail_line("Order", "ItemPrice", description, "1.00"));
    const LoneLine lone(2, 0, line);
    const auto kept = spellings.add(LineCells(lone.line()), {"", "", "", description, ""});
    ASSERT_NE(kept, ClassSpellings::kUnknown);
    const auto found = spellings.find(LineCells(lone.line()));
    ASSERT_EQ(found, kept) << description;
    EXPECT_EQ(spellings.texts(found).amount_description, description);
  }
}

TEST(ClassSpellings, ManyRowsAtOnce_AreFoundAsOneByOneUpToTheFirstUnknown) {
  const Header header = header_of(header_line());
  ClassSpellings spellings;
  spellings.begin(header);
  // Of every length, so that what is compared ends anywhere in a block of bytes and beyond the
  // last.
  std::string content;
  for (std::size_t length = 0; length < 200; ++length) {
    content += detail_line("Order", "ItemPrice", std::string(length, 'x') + "y", "1.00") + "\n";
  }
  content += detail_line("Order", "ItemPrice", "never seen", "1.00") + "\n";
  content += std::string(kReadable, ' ');
  LineSplitter splitter;
  splitter.push(content);
  const LineRun run = splitter.run();
  std::vector<LineCells> rows(run.size());
  for (std::size_t at = 0; at < rows.size(); ++at) run.look(at, rows[at]);
  std::vector<std::uint32_t> found(rows.size());
  EXPECT_EQ(spellings.find_all(rows, found), 0U) << "nothing is known yet";
  std::vector<std::uint32_t> expected;
  for (const LineCells& row : rows) expected.push_back(spellings.add(row, {}));
  ASSERT_GT(rows.size(), 80U);
  for (int again = 0; again < 2; ++again) {
    ASSERT_EQ(spellings.find_all(rows, found), rows.size());
    EXPECT_EQ(found, expected);
    std::ranges::reverse(rows);
    std::ranges::reverse(expected);
  }
}

// --- one reading ---

// All that classes are made of, row by row.
class ClassLog final : public ports::RowSink {
 public:
  explicit ClassLog(bool knows_spellings) : knows_(knows_spellings) {}
  [[nodiscard]] bool knows_spellings() const override { return knows_; }
  Status on_header(const ledger::SettlementHeader& /*header*/) override { return {}; }
  Status on_rows(std::span<const ports::SettlementRow> some) override {
    for (const auto& row : some) {
      std::string texts;
      for (const auto text : {row.transaction_type, row.marketplace, row.amount_type,
                              row.amount_description, row.fulfillment}) {
        texts += std::string(text) + "|";
      }
      if (row.spelling != ledger::kNoSpelling) texts_[row.spelling] = texts;
      add(row.line, row.posted, row.amount.minor(), texts);
    }
    return {};
  }
  Status on_plain_rows(std::span<const ports::PlainRow> some) override {
    EXPECT_TRUE(knows_);
    for (const auto& row : some) {
      EXPECT_TRUE(texts_.contains(row.spelling)) << "line " << row.line;
      add(row.line, row.posted, row.minor, texts_[row.spelling]);
      ++plain;
    }
    return {};
  }
  Status on_restart() override {
    rows.clear();
    texts_.clear();
    return {};
  }

  std::vector<std::string> rows;
  std::size_t plain = 0;

 private:
  void add(std::uint64_t line, Instant posted, std::int64_t minor, const std::string& texts) {
    rows.push_back(std::to_string(line) + "|" + texts +
                   std::to_string(posted.time_since_epoch().count()) + "|" + std::to_string(minor));
  }

  bool knows_;
  std::map<std::uint32_t, std::string> texts_;
};

// Rows that only name their spelling say the same as whole rows. How many did.
std::size_t expect_same_classes(const std::string& bytes, std::size_t frame) {
  ClassLog whole(false);
  ClassLog spelled(true);
  for (ClassLog* log : {&whole, &spelled}) {
    MemoryEvidence evidence(bytes, frame);
    const auto parsed = read_report(evidence, "report.txt", *log);
    if (!parsed) return 0;
  }
  EXPECT_EQ(spelled.rows, whole.rows);
  return spelled.plain;
}

// The report as text, the sink's rows and how often it was begun again.
std::string all_of(const Result<ParsedReport>& parsed) {
  if (!parsed) return parsed.error().explain();
  const auto& report = parsed->report;
  return report.header.id.str() + " " + report.header.total.decimal() + " " + report.sum.decimal() +
         " " + std::to_string(report.rows) + " " + report.layout + " " + report.charset + " " +
         report.decimal_mark + " " + report.date_pattern + " " +
         std::to_string(parsed->summary.line) + " " + std::to_string(parsed->rows_without_date);
}

// What two readings of everything say.
std::string in_two_readings(const std::string& bytes, RowLog& log) {
  ReportSurvey first("report.txt");
  if (const auto fed = first.feed(bytes); !fed) return fed.error().explain();
  auto survey = first.finish();
  if (!survey) return survey.error().explain();
  SettlementReportParser second("report.txt", std::move(*survey), log);
  if (const auto fed = second.feed(bytes); !fed) return fed.error().explain();
  return all_of(second.finish());
}

void expect_same(const std::string& bytes, const std::string& name) {
  RowLog expected;
  const std::string outcome = in_two_readings(bytes, expected);
  for (std::size_t frame = 1; frame <= bytes.size() + 1; frame += 1 + frame / 16) {
    MemoryEvidence evidence(bytes, frame);
    RowLog log;
    const auto parsed = read_report(evidence, "report.txt", log);
    ASSERT_EQ(all_of(parsed), outcome) << name << ", frames of " << frame;
    if (parsed) {
      ASSERT_EQ(log.rows, expected.rows) << name << ", frames of " << frame;
      ASSERT_EQ(log.headers, expected.headers) << name << ", frames of " << frame;
      expect_same_classes(bytes, frame);
    }
  }
}

TEST(SingleReading, EveryMarketAndFrame_SameAsTwoReadings) {
  for (const auto& market : market_files()) expect_same(market.bytes, market.name);
}

TEST(SingleReading, RowsOfKnownSpellings_ComeAsPlainRowsInTheirOrder) {
  auto lines = sample_lines();
  for (int i = 0; i < 400; ++i) {
    lines.push_back(detail_line("Order", "ItemPrice", "Principal", i % 2 == 0 ? "1.00" : "-1.00"));
    // Now and then one that must be looked at closely stands between them.
    if (i % 150 == 0) {
      lines.push_back(detail_line("Order", "ItemPrice", "Fee " + std::to_string(i), "0.00"));
    }
  }
  EXPECT_GT(expect_same_classes(file_of(lines), 64 * 1024), 390U);
}

std::string changed_late(const char* what, std::size_t column, std::string_view cell) {
  auto lines = sample_lines();
  for (int i = 0; i < 40; ++i) {
    lines.push_back(detail_line("Order", "ItemPrice", "Principal", i % 2 == 0 ? "1.00" : "-1.00"));
  }
  lines.back() = with_cell(lines.back(), column, cell);
  lines.push_back(detail_line("Order", "ItemPrice", "Principal", what));
  return file_of(lines);
}

TEST(SingleReading, WhatTheStartDidNotSay_IsReadAgainAndSaidTheSame) {
  expect_same(changed_late("0.00", 22, "M\xFCller"), "windows-1252 at the end");
  expect_same(changed_late("0.00", 22, "M\xC3\xBCller"), "UTF-8 at the end");
  expect_same(changed_late("1,00", 22, "SKU"), "another decimal mark at the end");
  expect_same(changed_late("0.00", 17, "13/05/2026"), "another date pattern at the end");
  expect_same(changed_late("0.00", 5, "1.00"), "a total on a detail row");
  expect_same(changed_late("0.00", 6, "EUR"), "another currency");
  expect_same(changed_late("0.001", 22, "SKU"), "too many decimals");
  expect_same(changed_late("0.00", 1, "1"), "another settlement");
  expect_same(file_of(sample_lines()).substr(0, 3000), "cut off");
}

// Whose dates are written so: column of posted-date, of posted-date-time.
struct DateStyle {
  const char* name;
  const char* day;
  const char* moment;
};
constexpr DateStyle kStyles[]{{"dashes", "2026-10-05", "2026-10-05 08:14:22 UTC"},
                              {"ISO", "2026-10-05", "2026-10-05T08:14:22+00:00"},
                              {"dots", "05.10.2026", "05.10.2026 08:14:22 UTC"},
                              {"slashes", "05/10/2026", "2026-10-05 08:14:22 UTC"},
                              {"no time", "2026-10-05", ""},
                              {"short slashes", "10/05/26", ""}};

// Two rows as above, a row with one other cell, and the two again; the amounts add up to zero.
std::string with_changed_row(const DateStyle& style, std::size_t column, std::string_view cell) {
  const auto line = [&style](const char* amount) {
    const std::string made = detail_line("Order", "ItemPrice", "Principal", amount);
    return with_cell(with_cell(made, 17, style.day), 18, style.moment);
  };
  const std::vector<std::string> pair{line("1.25"), line("-1.25")};
  std::vector<std::string> lines{header_line(), summary_line("0.00")};
  lines.insert(lines.end(), pair.begin(), pair.end());
  lines.push_back(with_cell(line("0.00"), column, cell));
  lines.insert(lines.end(), pair.begin(), pair.end());
  return file_of(lines);
}

TEST(PlainRows, EveryOtherCellInARow_SameAsTwoReadings) {
  const std::vector<std::string> cells{"",
                                       " ",
                                       "x",
                                       "0",
                                       "0.000",
                                       "0,00",
                                       "0.01",
                                       "999999999999.99",
                                       "EUR",
                                       "USD",
                                       "2026-10-05",
                                       "2026-10-06",
                                       "2026-13-05",
                                       "06.10.2026",
                                       "06/10/2026",
                                       "13/10/2026",
                                       "10/06/26",
                                       "2026-10-05 08:14:23 UTC",
                                       "2026-10-05 24:00:00 UTC",
                                       "2026-10-05 08:14:22 JST",
                                       "2026-10-05 08:14:22",
                                       "2026-10-05 08:14",
                                       "2026-10-05x08:14:22 UTC",
                                       "2026-10-06 23:59:59 UTC",
                                       "2026-10-05T08:14:23+00:00",
                                       "2026-10-05T08:14:22+09:00",
                                       "06.10.2026 08:14:22 UTC",
                                       "06/10/2026 08:14:22 UTC"};
  for (const DateStyle& style : kStyles) {
    for (std::size_t column = 1; column <= 24; ++column) {
      for (const std::string& cell : cells) {
        const std::string bytes = with_changed_row(style, column, cell);
        RowLog expected;
        const std::string outcome = in_two_readings(bytes, expected);
        MemoryEvidence evidence(bytes, bytes.size());
        RowLog log;
        const auto parsed = read_report(evidence, "report.txt", log);
        const std::string name =
            std::string(style.name) + ", " + std::to_string(column) + ": " + cell;
        ASSERT_EQ(all_of(parsed), outcome) << name;
        if (parsed) {
          ASSERT_EQ(log.rows, expected.rows) << name;
        }
      }
    }
  }
}

TEST(PlainRows, ManyDays_SameAsTwoReadings) {
  // More days than are known at once, coming again and again.
  std::vector<std::string> lines{header_line(), summary_line("0.00")};
  for (int i = 0; i < 600; ++i) {
    const std::string day = "2026-" + std::to_string(10 + i % 3) + "-" +
                            std::to_string(10 + i * 7 % 19) + " " + std::to_string(10 + i % 14) +
                            ":14:22 UTC";
    const char* amount = i % 2 == 0 ? "7.00" : "-7.00";
    lines.push_back(with_cell(detail_line("Order", "ItemPrice", "Principal", amount), 18, day));
  }
  const std::string bytes = file_of(lines);
  RowLog expected;
  const std::string outcome = in_two_readings(bytes, expected);
  MemoryEvidence evidence(bytes, bytes.size());
  RowLog log;
  ASSERT_EQ(all_of(read_report(evidence, "report.txt", log)), outcome);
  EXPECT_EQ(log.rows, expected.rows);
}

// Draws the same numbers on every machine.
class Draw {
 public:
  explicit Draw(std::uint64_t seed) : state_(seed * 2 + 1) {}
  std::size_t below(std::size_t limit) {
    state_ ^= state_ << 13U;
    state_ ^= state_ >> 7U;
    state_ ^= state_ << 17U;
    return state_ % limit;
  }
  template <class List>
  const auto& one_of(const List& list) {
    return list[below(std::size(list))];
  }

 private:
  std::uint64_t state_;
};

// Two rows that add up to nothing, as they stand in a file, or with a cell that is unlike others.
std::vector<std::string> drawn_pair(Draw& draw, bool mutate) {
  static constexpr const char* kAmounts[]{"1.00", "12.34", "0.05", "9999.99", "123456.78", "7.00"};
  static constexpr const char* kMoments[]{"2026-10-05 08:14:22 UTC", "2026-10-06 23:59:59 UTC",
                                          "2026-10-11 00:00:00 UTC"};
  static constexpr const char* kOdd[]{"",         " ",          "7",   "7.5",
                                      "1,234.50", "-0.00",      "x",   "EUR",
                                      "AFN",      "2026-10-07", "USD", "Mu\xC3\xBC",
                                      "seller",   "1.000",      "0",   "2026-10-07 01:02:03 UTC"};
  const std::string description =
      "Fee " + std::string(draw.below(90), 'x') + std::to_string(draw.below(3));
  const std::string amount = draw.one_of(kAmounts);
  const std::string moment = draw.one_of(kMoments);
  std::vector<std::string> out;
  for (const std::string& one : {amount, "-" + amount}) {
    const std::string line = detail_line("Order", "ItemFees", description, one);
    out.push_back(with_cell(with_cell(line, 17, moment.substr(0, 10)), 18, moment));
  }
  if (mutate) out.back() = with_cell(out.back(), 1 + draw.below(24), draw.one_of(kOdd));
  return out;
}

TEST(PlainRows, DrawnFiles_SameAsTwoReadings) {
  std::size_t accepted = 0;
  std::size_t plain = 0;
  for (std::uint64_t seed = 1; seed <= 400; ++seed) {
    Draw draw(seed);
    std::vector<std::string> lines{header_line(), summary_line("0.00")};
    const std::size_t pairs = 20 + draw.below(150);
    const std::size_t odd = draw.below(4) * draw.below(pairs);  // a fourth of the files has none
    for (std::size_t i = 1; i <= pairs; ++i) {
      for (const auto& line : drawn_pair(draw, i == odd)) lines.push_back(line);
    }
    if (draw.below(3) == 0) {
      for (std::string& line : lines) line += '\r';
    }
    const std::string bytes = file_of(lines);
    RowLog expected;
    const std::string outcome = in_two_readings(bytes, expected);
    const std::size_t frame = 100 + draw.below(bytes.size());
    MemoryEvidence evidence(bytes, frame);
    RowLog log;
    const auto parsed = read_report(evidence, "report.txt", log);
    ASSERT_EQ(all_of(parsed), outcome) << "seed " << seed;
    if (!parsed) continue;
    ++accepted;
    ASSERT_EQ(log.rows, expected.rows) << "seed " << seed;
    plain += expect_same_classes(bytes, frame);
  }
  EXPECT_GT(accepted, 200U);
  EXPECT_GT(plain, 200U * 40U);
}

TEST(SingleReading, FileWithoutSurprise_IsReadOnce) {
  const std::string bytes = file_of(sample_lines());
  MemoryEvidence evidence(bytes, bytes.size() / 2);
  RowLog log;
  ASSERT_TRUE(read_report(evidence, "report.txt", log));
  EXPECT_EQ(evidence.frames_read, evidence.object().frames);
  EXPECT_EQ(log.restarts, 0U);
}

TEST(SingleReading, LateSurprise_BeginsAgainOnce) {
  // The sample's own letters beyond ASCII are UTF-8.
  std::string bytes = changed_late("0.00", 22, "M\xFCller");
  bytes = replaced(replaced(bytes, "\xE2\x82\xAC", "EUR"), "\xC3\xA9", "e");
  MemoryEvidence evidence(bytes, bytes.size() / 2);
  RowLog log;
  const auto parsed = read_report(evidence, "report.txt", log);
  ASSERT_TRUE(parsed) << parsed.error().explain();
  EXPECT_EQ(parsed->report.charset, "windows-1252");
  EXPECT_EQ(log.restarts, 1U);
  EXPECT_THAT(log.headers, ::testing::SizeIs(1));
}

}  // namespace
}  // namespace mlc::amazon::settlement_report
