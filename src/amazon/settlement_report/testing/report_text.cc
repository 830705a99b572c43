#include "amazon/settlement_report/testing/report_text.h"

#include <algorithm>
#include <array>

#include "amazon/settlement_report/errors.h"
#include "base/expect.h"

namespace mlc::amazon::settlement_report::testing {
namespace {

constexpr std::string_view kSettlement = "20612345671";

std::string line_of(const std::vector<std::string>& cells) {
  std::string out;
  for (const std::string& cell : cells) out += cell + "\t";
  if (!out.empty()) out.pop_back();
  return out;
}

struct SampleRow {
  std::string_view type;
  std::string_view order;
  std::string_view amount_type;
  std::string_view description;
  std::string_view amount;
  std::string_view sku;
};

constexpr std::string_view kOrder1 = "112-5550001-1110001";
constexpr std::string_view kOrder2 = "112-5550002-1110002";
constexpr std::string_view kFees = "other-transaction";

constexpr std::array kSample{
    SampleRow{"Order", kOrder1, "ItemPrice", "Principal", "899.00", "DRILL-18V"},
    SampleRow{"Order", kOrder1, "ItemPrice", "Tax", "74.17", "DRILL-18V"},
    SampleRow{"Order", kOrder1, "ItemWithheldTax", "MarketplaceFacilitatorTax-Principal", "-74.17",
              "DRILL-18V"},
    SampleRow{"Order", kOrder1, "ItemPrice", "Shipping", "12.5", "DRILL-18V"},
    SampleRow{"Order", kOrder1, "Promotion", "Shipping", "-12.5", "DRILL-18V"},
    SampleRow{"Order", kOrder1, "ItemFees", "Commission", "-134.85", "DRILL-18V"},
    SampleRow{"Order", kOrder1, "ItemFees", "FBAPerUnitFulfillmentFee", "-9.61", "DRILL-18V"},
    SampleRow{"Order", kOrder2, "ItemPrice", "Principal", "45", "\"SAW\" 7 1/4\""},
    SampleRow{"Order", kOrder2, "ItemPrice", "Principal", "45", "\"SAW\" 7 1/4\""},
    SampleRow{"Order", kOrder2, "ItemPrice", "GiftWrap", "4.99", "\"SAW\" 7 1/4\""},
    SampleRow{"Order", kOrder2, "ItemFees", "Commission", "-14.25", "\"SAW\" 7 1/4\""},
    SampleRow{"Order", kOrder2, "ItemFees", "ShippingHB", "0.00", "\"SAW\" 7 1/4\""},
    SampleRow{"Refund", kOrder2, "ItemPrice", "Principal", "-45.00", "\"SAW\" 7 1/4\""},
    SampleRow{"Refund", kOrder2, "ItemFees", "Commission", "6.75", "\"SAW\" 7 1/4\""},
    SampleRow{"Refund", kOrder2, "ItemFees", "RefundCommission", "-1.35", "\"SAW\" 7 1/4\""},
    SampleRow{"Chargeback Refund", kOrder1, "ItemPrice", "Principal", "-19.00", "DRILL-18V"},
    SampleRow{"A-to-z Guarantee Refund", kOrder1, "ItemPrice", "Principal", "-23.00", "DRILL-18V"},
    SampleRow{"Order_Retrocharge", kOrder1, "ItemPrice", "Tax", "1.20", ""},
    SampleRow{"Order_Retrocharge", kOrder1, "ItemWithheldTax",
              "MarketplaceFacilitatorTax-Principal", "-1.20", ""},
    SampleRow{"ServiceFee", "", "Cost of Advertising", "TransactionTotalAmount", "-88.13", ""},
    SampleRow{"other-transaction", "", kFees, "Subscription Fee", "-39.99", ""},
    SampleRow{"", "FBA15XYZ", "FBA Inbound Placement Service Fee", "Base fee", "-7.40", ""},
    SampleRow{"FBAFees", "", "FBA Removal Order: Disposal Fee", "Base fee", "-3.12", ""},
    SampleRow{"CouponRedemptionFee", "", "CouponRedemptionFee", "Save 5 \xE2\x82\xAC - caf\xC3\xA9",
              "-1.80", ""},
    SampleRow{"other-transaction", "", "FBA Inventory Reimbursement", "WAREHOUSE_DAMAGE", "31.07",
              "DRILL-18V"},
    SampleRow{"other-transaction", "", "FBA Inventory Reimbursement", "COMPENSATED_CLAWBACK",
              "-8.02", "DRILL-18V"},
    SampleRow{"Liquidations", "S01-1", "ItemPrice", "Principal", "6.60", "DRILL-18V"},
    SampleRow{"Debt Adjustment", "", "Debt Adjustment", "Cross-Account Debt Adjustment for CA",
              "-2.50", ""},
    SampleRow{"other-transaction", "", kFees, "Payable to Amazon", "-4.03", ""},
    SampleRow{"other-transaction", "", kFees, "Previous Reserve Amount Balance", "1078.00", ""},
    SampleRow{"other-transaction", "", kFees, "Current Reserve Amount", "-302.00", ""},
};

}  // namespace

std::string header_line() {
  std::vector<std::string> names;
  for (std::size_t at = 0; at < kColumnCount; ++at) {
    names.emplace_back(column_name(static_cast<Column>(at)));
  }
  return line_of(names);
}

std::string with_cell(std::string_view line, std::size_t number, std::string_view cell) {
  std::vector<std::string_view> cells;
  split_cells(line, cells);
  MLC_EXPECT(number >= 1 && number <= cells.size());
  cells[number - 1] = cell;
  return line_of({cells.begin(), cells.end()});
}

std::string summary_line(std::string_view total, std::string_view currency) {
  std::vector<std::string> cells(kColumnCount);
  cells[0] = kSettlement;
  cells[1] = "2026-10-01 07:00:00 UTC";
  cells[2] = "2026-10-15 06:59:59 UTC";
  cells[3] = "2026-10-17 06:59:59 UTC";
  cells[4] = total;
  cells[5] = currency;
  return line_of(cells);
}

std::string detail_line(std::string_view type, std::string_view amount_type,
                        std::string_view description, std::string_view amount) {
  std::vector<std::string> cells(kColumnCount);
  cells[0] = kSettlement;
  cells[6] = type;
  cells[11] = "amazon.com";
  cells[12] = amount_type;
  cells[13] = description;
  cells[14] = amount;
  cells[16] = "2026-10-05";
  cells[17] = "2026-10-05 08:14:22 UTC";
  return line_of(cells);
}

std::string file_of(const std::vector<std::string>& lines) {
  std::string out;
  for (const std::string& line : lines) out += line + "\n";
  return out;
}

std::string replaced(std::string text, std::string_view from, std::string_view to) {
  const auto at = text.find(from);
  MLC_EXPECT(at != std::string::npos);
  return text.replace(at, from.size(), to);
}

std::vector<std::string> sample_lines() {
  std::vector<std::string> lines{header_line(), summary_line("1412.36")};
  for (const SampleRow& row : kSample) {
    std::string line = detail_line(row.type, row.amount_type, row.description, row.amount);
    line = with_cell(line, 8, row.order);
    line = with_cell(line, 16, row.sku.empty() ? "" : "AFN");
    lines.push_back(with_cell(line, 22, row.sku));
  }
  return lines;
}

Status RowLog::on_header(const ledger::SettlementHeader& header) {
  headers.push_back(header.id.str());
  return {};
}

Status RowLog::on_restart() {
  headers.clear();
  rows.clear();
  largest_batch = batches = 0;
  ++restarts;
  return {};
}

Status RowLog::on_rows(std::span<const ports::SettlementRow> batch) {
  ++batches;
  largest_batch = std::max(largest_batch, batch.size());
  for (const ports::SettlementRow& row : batch) {
    std::string text = std::to_string(row.line) + "@" + std::to_string(row.offset);
    const std::string posted = format_instant(row.posted);
    const std::string amount = row.amount.decimal();
    for (const std::string_view part :
         {row.transaction_type, row.order_id, row.marketplace, row.amount_type,
          row.amount_description, row.fulfillment, row.sku, std::string_view(posted),
          std::string_view(amount), row.raw}) {
      text += '|';
      text += part;
    }
    rows.push_back(std::move(text));
  }
  return {};
}

Reading read_bytes(std::string_view bytes, std::size_t piece) {
  Reading out{failure(kEmpty), {}};
  const auto feed = [bytes, piece](auto& reading) {
    const std::size_t step = piece == 0 ? std::max<std::size_t>(bytes.size(), 1) : piece;
    for (std::size_t at = 0; at < bytes.size(); at += step) {
      // A copy that dies right after the call: no row may look at it later.
      const std::string copy(bytes.substr(at, step));
      if (!reading.feed(copy)) return;
    }
  };
  ReportSurvey first("report.txt");
  feed(first);
  auto survey = first.finish();
  if (!survey) {
    out.parsed = failure(survey.error());
    return out;
  }
  SettlementReportParser second("report.txt", std::move(*survey), out.log);
  feed(second);
  out.parsed = second.finish();
  if (!out.parsed) return out;
  const Status identity = check_control_identity(*out.parsed, "report.txt");
  if (!identity) out.parsed = failure(identity.error());
  return out;
}

std::string outcome(std::string_view bytes) {
  const Reading reading = read_bytes(bytes);
  return reading.parsed ? "accepted" : std::string(reading.parsed.error().id());
}

MemoryEvidence::MemoryEvidence(std::string content, std::size_t frame_size)
    : content_(std::move(content)), frame_size_(frame_size) {
  object_.size = content_.size();
  object_.frames = static_cast<std::uint32_t>((content_.size() + frame_size - 1) / frame_size);
}

Result<std::string_view> MemoryEvidence::frame(std::uint32_t index) {
  ++frames_read;
  frame_ = content_.substr(index * frame_size_, frame_size_);
  return frame_;
}

std::uint64_t MemoryEvidence::frame_offset(std::uint32_t index) const {
  return index * frame_size_;
}

std::uint64_t MemoryEvidence::lines_before(std::uint32_t index) const {
  const auto before = std::string_view(content_).substr(0, index * frame_size_);
  return static_cast<std::uint64_t>(std::ranges::count(before, '\n'));
}

}  // namespace mlc::amazon::settlement_report::testing
