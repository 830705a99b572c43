#include "amazon/settlement_report/testing/market_files.h"

#include "amazon/settlement_report/layout.h"
#include "amazon/settlement_report/testing/report_text.h"

namespace mlc::amazon::settlement_report::testing {
namespace {

// The dates of a settlement, in the market's spelling.
struct Dates {
  std::string start;
  std::string end;
  std::string deposit;
  std::string posted;
  std::string posted_time;
};

struct Sale {
  std::string type;
  std::string amount_type;
  std::string description;
  std::string amount;
  std::string sku;
};

std::string line_of(std::size_t columns, const std::vector<NumberedCell>& cells) {
  std::vector<std::string> all(columns);
  all[0] = "20612345671";
  for (const NumberedCell& cell : cells) all[cell.number - 1] = cell.text;
  std::string out;
  for (const std::string& cell : all) out += (&cell == all.data() ? "" : "\t") + cell;
  return out;
}

std::string names_of(const Layout& layout) {
  std::string out;
  for (const Column column : layout.columns) {
    out += (out.empty() ? "" : "\t") + std::string(column_name(column));
  }
  return out;
}

std::vector<std::string> v2_lines(const Dates& dates, const std::string& total,
                                  const std::string& currency, const std::string& marketplace,
                                  const std::vector<Sale>& sales) {
  std::vector<std::string> lines{
      names_of(layout_v2()),
      line_of(kColumnCount,
              {{2, dates.start}, {3, dates.end}, {4, dates.deposit}, {5, total}, {6, currency}})};
  for (const Sale& sale : sales) {
    lines.push_back(line_of(kColumnCount, {{7, sale.type},
                                           {12, marketplace},
                                           {13, sale.amount_type},
                                           {14, sale.description},
                                           {15, sale.amount},
                                           {17, dates.posted},
                                           {18, dates.posted_time},
                                           {22, sale.sku}}));
  }
  return lines;
}

MarketFile german() {
  const Dates dates{"01.10.2026 07:00:00 UTC", "15.10.2026 06:59:59 UTC", "17.10.2026 06:59:59 UTC",
                    "05.10.2026", "05.10.2026 08:14:22"};
  std::string bytes;
  for (const auto& line :
       v2_lines(dates, "1.165,5", "EUR", "Amazon.de",
                {{"Order", "ItemPrice", "Principal", "1.234,56", "B\xFCrste"},
                 {"Order", "ItemFees", "Geb\xFChr f\xFCr \x84Lager\x93", "-95,00", ""},
                 {"Refund", "ItemPrice", "Principal", "-4,06", "B\xFCrste"},
                 {"Erstattung durch R\xFC"
                  "ckbuchung",
                  "ItemFees", "Commission", "30", ""}})) {
    bytes += line + "\r\n";
  }
  return {"DE, cp1252",
          bytes,
          "V2",
          "windows-1252",
          ",",
          "DD.MM.YYYY",
          "1165.50",
          {"3.15 Order/ItemPrice/Principal/B\xC3\xBCrste 2026-10-05T08:14:22.000Z 1234.56",
           "4.15 Order/ItemFees/Geb\xC3\xBChr f\xC3\xBCr \xE2\x80\x9ELager\xE2\x80\x9C/ "
           "2026-10-05T08:14:22.000Z -95.00",
           "5.15 Refund/ItemPrice/Principal/B\xC3\xBCrste 2026-10-05T08:14:22.000Z -4.06",
           "6.15 Erstattung durch R\xC3\xBC"
           "ckbuchung/ItemFees/Commission/ "
           "2026-10-05T08:14:22.000Z 30.00"}};
}

MarketFile french() {
  const Dates dates{"01/10/2026 07:00:00 UTC", "15/10/2026 06:59:59 UTC", "17/10/2026 06:59:59 UTC",
                    "05/10/2026", "05/10/2026 08:14:22 UTC"};
  std::string bytes = "\xEF\xBB\xBF";
  for (const auto& line : v2_lines(dates,
                                   "-12\xE2\x80\xAF"
                                   "345,6",
                                   "EUR", "Amazon.fr",
                                   {{"Order", "ItemPrice", "Principal", "0,4", "\xC5\x92uvre"},
                                    {"Refund", "ItemPrice", "Principal",
                                     "-12\xE2\x80\xAF"
                                     "346,00",
                                     "\xC5\x92uvre"}})) {
    bytes += line + "\n";
  }
  return {"FR, UTF-8 with byte order mark",
          bytes,
          "V2",
          "UTF-8",
          ",",
          "DD/MM/YYYY",
          "-12345.60",
          {"3.15 Order/ItemPrice/Principal/\xC5\x92uvre 2026-10-05T08:14:22.000Z 0.40",
           "4.15 Refund/ItemPrice/Principal/\xC5\x92uvre 2026-10-05T08:14:22.000Z -12346.00"}};
}

// Two-digit years with all days up to 12: the settlement's own dates show the order.
MarketFile british() {
  const Dates dates{"01/10/26", "12/10/26", "12/10/26", "05/10/26", ""};
  std::string bytes;
  for (const auto& line : v2_lines(dates, "7.5", "GBP", "Amazon.co.uk",
                                   {{"Order", "ItemPrice", "Principal", "10", "5 \xA4 off"},
                                    {"Order", "ItemFees", "Commission", "-2.5", "c\xBDur"}})) {
    bytes += line + "\n";
  }
  return {"UK, ISO-8859-15",
          bytes,
          "V2",
          "ISO-8859-15",
          ".",
          "DD/MM/YY",
          "7.50",
          {"3.15 Order/ItemPrice/Principal/5 \xE2\x82\xAC off 2026-10-05T12:00:00.000Z 10.00",
           "4.15 Order/ItemFees/Commission/c\xC5\x93ur 2026-10-05T12:00:00.000Z -2.50"}};
}

MarketFile japanese() {
  const Dates dates{"2026/10/01 07:00:00 JST", "2026/10/15 06:59:59 JST", "2026/10/17 06:59:59 JST",
                    "2026/10/05", "2026/10/05 17:14:22 JST"};
  std::string bytes;
  for (const auto& line :
       v2_lines(dates, "11,960", "JPY", "Amazon.co.jp",
                {{"Order", "ItemPrice", "Principal", "12,345", "\x83\x7C\x83\x43\x83\x93\x83\x67"},
                 {"Order", "Points", "PointsGranted", "-385", "\xB6\xC5\x81\x5C"}})) {
    bytes += line + "\n";
  }
  return {"JP, cp932",
          bytes,
          "V2",
          "windows-932",
          "none",
          "YYYY/MM/DD",
          "11960",
          {"3.15 Order/ItemPrice/Principal/\xE3\x83\x9D\xE3\x82\xA4\xE3\x83\xB3\xE3\x83\x88 "
           "2026-10-05T08:14:22.000Z 12345",
           "4.15 Order/Points/PointsGranted/\xEF\xBD\xB6\xEF\xBE\x85\xE2\x80\x95 "
           "2026-10-05T08:14:22.000Z -385"}};
}

// posted-date as the changelog has it, posted-date-time as ever; a preamble; a column more.
MarketFile american() {
  const Dates dates{"2026-10-01 07:00:00 UTC", "2026-10-15 06:59:59 UTC", "2026-10-17 06:59:59 UTC",
                    "10/05/26", "2026-10-05 08:14:22 UTC"};
  std::string bytes = "Settlement report\nAll amounts in USD, unless specified\n\n";
  auto lines = v2_lines(dates, "1,001.5", "USD", "amazon.com",
                        {{"Order", "ItemPrice", "Principal", "1,100.00", "A-1"},
                         {"Order", "ItemFees", "Commission", "-98.5", "A-1"}});
  lines[0] += "\tregulatory code";
  for (const auto& line : lines) bytes += line + "\n";
  return {"US, preamble and slashes",
          bytes,
          "V2",
          "UTF-8",
          ".",
          "YYYY-MM-DD, MM/DD/YY",
          "1001.50",
          {"6.15 Order/ItemPrice/Principal/A-1 2026-10-05T08:14:22.000Z 1100.00",
           "7.15 Order/ItemFees/Commission/A-1 2026-10-05T08:14:22.000Z -98.50"}};
}

// One amount per line, a line that only counts pieces, and account rows without types.
MarketFile older() {
  const std::string posted = "2015-12-02T04:15:26+00:00";
  const std::vector<std::string> lines{
      v1_header_line(),
      v1_line({{2, "2015-12-02T03:27:08+00:00"},
               {3, "2015-12-16T03:27:08+00:00"},
               {4, "2015-12-18T03:27:08+00:00"},
               {5, "-15.4"},
               {6, "USD"}}),
      v1_line(
          {{7, "Order"}, {12, "Amazon.com"}, {17, "AFN"}, {18, posted}, {22, "A-1"}, {23, "1"}}),
      v1_line({{7, "Order"}, {18, posted}, {22, "A-1"}, {24, "Principal"}, {25, "27.99"}}),
      v1_line({{7, "Order"}, {18, posted}, {22, "A-1"}, {26, "Commission"}, {27, "-4.2"}}),
      v1_line({{7, "Subscription Fee"}, {18, posted}, {36, "-39.99"}}),
      v1_line({{7, "other-transaction"}, {18, posted}, {29, "-1"}, {30, "Storage Fee"}}),
      v1_line({{7, "Order"}, {18, posted}, {13, "FBA transportation fee"}, {14, "-0.20"}}),
      v1_line({{7, "Order"}, {18, posted}, {34, "CollectOnDeliveryRevenue"}, {35, "2.00"}})};
  return {"V1, 36 columns",
          file_of(lines),
          "V1",
          "UTF-8",
          ".",
          "YYYY-MM-DD",
          "-15.40",
          {"4.25 Order/ItemPrice/Principal/A-1 2015-12-02T04:15:26.000Z 27.99",
           "5.27 Order/ItemFees/Commission/A-1 2015-12-02T04:15:26.000Z -4.20",
           "6.36 Subscription Fee/other-transaction/Subscription Fee/ 2015-12-02T04:15:26.000Z "
           "-39.99",
           "7.29 other-transaction/other-transaction/Storage Fee/ 2015-12-02T04:15:26.000Z -1.00",
           "8.14 Order/ShipmentFees/FBA transportation fee/ 2015-12-02T04:15:26.000Z -0.20",
           "9.35 Order/DirectPayment/CollectOnDeliveryRevenue/ 2015-12-02T04:15:26.000Z 2.00"}};
}

// Without the three columns of direct payments; several amounts in a line; zeros that fill.
MarketFile older_german() {
  std::string bytes;
  for (std::string line :
       {v1_header_line(),
        v1_line({{2, "02.12.2015"}, {3, "16.12.2015"}, {4, "18.12.2015"}, {5, "18,9"}, {6, "EUR"}}),
        v1_line({{7, "Order"},
                 {18, "03.12.2015"},
                 {22, "A-1"},
                 {24, "Principal"},
                 {25, "27,99"},
                 {26, "Commission"},
                 {27, "-4,20"},
                 {28, "0,00"},
                 {29, "0,00"},
                 {32, "Principal"},
                 {33, "-5,00"}}),
        v1_line({{7, "Lagergeb\xFChr"}, {18, "03.12.2015"}, {26, "Storage Fee"}, {27, "0,11"}})}) {
    for (int column = 0; column < 3; ++column) line.erase(line.rfind('\t'));
    bytes += line + "\n";
  }
  return {"V1, 33 columns, cp1252",
          bytes,
          "V1",
          "windows-1252",
          ",",
          "DD.MM.YYYY",
          "18.90",
          {"3.25 Order/ItemPrice/Principal/A-1 2015-12-03T12:00:00.000Z 27.99",
           "3.27 Order/ItemFees/Commission/A-1 2015-12-03T12:00:00.000Z -4.20",
           "3.33 Order/Promotion/Principal/A-1 2015-12-03T12:00:00.000Z -5.00",
           "4.27 Lagergeb\xC3\xBChr/ItemFees/Storage Fee/ 2015-12-03T12:00:00.000Z 0.11"}};
}

}  // namespace

std::string v1_header_line() { return names_of(layout_v1()); }

std::string v1_line(const std::vector<NumberedCell>& cells) {
  return line_of(layout_v1().columns.size(), cells);
}

std::vector<MarketFile> market_files() {
  return {german(), french(), british(), japanese(), american(), older(), older_german()};
}

}  // namespace mlc::amazon::settlement_report::testing
