#include "sap/rate_reader.h"

#include <algorithm>
#include <charconv>

#include "sap/allowed_rows.h"

namespace mlc::sap {
namespace {

const TableShape kCompanyCodes{"T001", {{"BUKRS", 4}}, {{"WAERS", 5}}};
const TableShape kDocumentTypes{"T003", {{"BLART", 2}}, {{"KURST", 4}}};
const std::vector<TableField> kPairKey{{"KURST", 4}, {"FCURR", 5}, {"TCURR", 5}, {"GDATU", 8}};
// Numbers come last: a value wider than its slot can then spoil no other column.
const TableShape kRates{"TCURR", kPairKey, {{"FFACT", 9}, {"TFACT", 9}, {"UKURS", 9}}};
const TableShape kFactors{"TCURF", kPairKey, {{"FFACT", 9}, {"TFACT", 9}}};
const TableShape kRateTypes{"TCURV", {{"KURST", 4}}, {{"XINVR", 1}, {"BWAER", 5}, {"XEURO", 1}}};

// Of a DEC or CURR cell of LENG n, n - 2 digits are known to come out right.
constexpr std::size_t kSafeDigits = 7;
constexpr std::size_t kRateDecimals = 5;

bool is_digits(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

std::optional<std::int64_t> number_of(std::string_view digits) {
  if (!is_digits(digits)) return std::nullopt;
  digits.remove_prefix(std::min(digits.find_first_not_of('0'), digits.size()));
  if (digits.size() > kSafeDigits) return std::nullopt;
  std::int64_t value = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), value);
  return value;
}

// Factors of a row; SAP reads an empty one as 1.
std::optional<std::pair<std::int64_t, std::int64_t>> factors_of(const TableRow& row) {
  const auto factor = [&row](std::string_view field) {
    const auto text = trimmed(cell(row, field));
    return text.empty() ? std::optional<std::int64_t>(0) : number_of(text);
  };
  const auto from = factor("FFACT");
  const auto to = factor("TFACT");
  if (!from || !to) return std::nullopt;
  return std::pair(std::max<std::int64_t>(1, *from), std::max<std::int64_t>(1, *to));
}

// GDATU: days count down, so that the newest row on or before a day is the first from there on.
std::string inverted(Date day) { return std::to_string(99999999 - std::stoi(format_dats(day))); }

}  // namespace

std::optional<std::int64_t> parse_rate(std::string_view text) {
  text = trimmed(text);
  const bool negative = text.ends_with('-');
  if (negative) text = trimmed(text.substr(0, text.size() - 1));
  const auto point = text.find('.');
  if (point == std::string_view::npos || text.size() - point - 1 != kRateDecimals) {
    return std::nullopt;
  }
  const auto value =
      number_of(std::string(text.substr(0, point)) + std::string(text.substr(point + 1)));
  if (!value) return std::nullopt;
  return negative ? -*value : *value;
}

Result<RateReader::Rows> RateReader::read(const TableShape& shape,
                                          const std::vector<Words>& conditions) {
  return read_if_allowed(session_, shape, conditions, limits_);
}

Result<std::optional<std::string>> RateReader::local_currency(const std::string& company_code) {
  const auto known = currencies_.find(company_code);
  if (known != currencies_.end()) return known->second;
  MLC_TRY(const Rows rows, read(kCompanyCodes, {equal_to("BUKRS", company_code)}));
  std::optional<std::string> currency;
  if (rows && !rows->empty()) currency = cell(rows->front(), "WAERS");
  currencies_.emplace(company_code, currency);
  return currency;
}

Result<std::optional<std::string>> RateReader::rate_type(const std::string& document_type) {
  MLC_TRY(const Rows rows, read(kDocumentTypes, {equal_to("BLART", document_type)}));
  if (!rows || rows->empty()) return std::optional<std::string>();
  const std::string& own = cell(rows->front(), "KURST");
  return std::optional(own.empty() ? std::string("M") : own);
}

// At most one row. Most rates are entered daily or monthly: the last weeks come first, because all
// rates of a pair can be more than one answer holds.
Result<RateReader::Rows> RateReader::newest(const TableShape& shape, const std::string& rate_type,
                                            const RateQuestion& question) {
  std::vector<Words> conditions{equal_to("KURST", rate_type),
                                equal_to("FCURR", question.from),
                                equal_to("TCURR", question.to),
                                {"GDATU", ">=", quoted(inverted(question.day))}};
  std::vector<Words> recent = conditions;
  const Date weeks_ago(std::chrono::sys_days(question.day) - std::chrono::days(40));
  recent.push_back({"GDATU", "<=", quoted(inverted(weeks_ago))});
  MLC_TRY(Rows rows, read(shape, recent));
  if (rows && rows->empty()) {
    MLC_TRY(rows, read(shape, conditions));
  }
  if (!rows || rows->empty()) return rows;
  const auto first =
      std::ranges::min_element(*rows, {}, [](const TableRow& row) { return cell(row, "GDATU"); });
  return Rows(std::vector<TableRow>{*first});
}

// No row for the pair: SAP may still invert one or go over the rate type's base currency.
Result<RateState> RateReader::without_row(const std::string& rate_type) {
  MLC_TRY(const Rows rows, read(kRateTypes, {equal_to("KURST", rate_type)}));
  if (!rows) return RateState::kUnknown;
  const bool derives = std::ranges::any_of(*rows, [](const TableRow& row) {
    return !cell(row, "XINVR").empty() || !cell(row, "BWAER").empty() ||
           !cell(row, "XEURO").empty();
  });
  return derives ? RateState::kUnknown : RateState::kMissing;
}

Result<TableRate> RateReader::look_up(const RateQuestion& question) {
  TableRate out;
  MLC_TRY(const auto type, rate_type(question.document_type));
  if (!type) return out;
  out.rate_type = *type;
  MLC_TRY(const Rows rates, newest(kRates, *type, question));
  MLC_TRY(const Rows factors, newest(kFactors, *type, question));
  if (!rates || !factors) return out;
  if (!factors->empty())
    out.factors = factors_of(factors->front());
  else if (!rates->empty())
    out.factors = factors_of(rates->front());
  const auto scaled = rates->empty() ? 0 : parse_rate(cell(rates->front(), "UKURS"));
  if (scaled == 0) {
    MLC_TRY(out.state, without_row(*type));
    return out;
  }
  if (!scaled || !out.factors) return out;
  out.state = RateState::kFound;
  out.rate = ledger::ExchangeRate{*scaled, out.factors->first, out.factors->second};
  return out;
}

Result<TableRate> RateReader::rate(const RateQuestion& question) {
  const auto known = rates_.find(question);
  if (known != rates_.end()) return known->second;
  MLC_TRY(auto found, look_up(question));
  rates_.emplace(question, found);
  return found;
}

}  // namespace mlc::sap
