#include "sap/number_range_reader.h"

#include <algorithm>
#include <charconv>

#include "ledger/fiscal_year.h"
#include "sap/allowed_rows.h"

namespace mlc::sap {
namespace {

const TableShape kCompanyCodes{"T001", {{"BUKRS", 4}}, {{"PERIV", 2}}};
const TableShape kDocumentTypes{"T003", {{"BLART", 2}}, {{"NUMKR", 2}}};
const TableShape kVariants{"T009", {{"PERIV", 2}}, {{"XKALE", 1}, {"XJABH", 1}}};
const TableShape kPeriodEnds{"T009B",
                             {{"PERIV", 2}, {"BDATJ", 4}, {"BUMON", 2}, {"BUTAG", 2}},
                             {{"POPER", 3}, {"RELJR", 2}}};
const TableShape kIntervals{
    "NRIV",
    {{"OBJECT", 10}, {"SUBOBJECT", 6}, {"NRRANGENR", 2}, {"TOYEAR", 4}},
    {{"FROMNUMBER", 20}, {"TONUMBER", 20}, {"NRLEVEL", 20}, {"EXTERNIND", 1}}};

int number_of(std::string_view text) {
  text = trimmed(text);
  int out = 0;
  std::from_chars(text.data(), text.data() + text.size(), out);
  return out;
}

// "+1", "-1", "0" or blank.
int shift_of(std::string_view text) {
  text = trimmed(text);
  if (text.starts_with('+')) text.remove_prefix(1);
  return number_of(text);
}

// Numbers of up to 20 digits are compared as texts.
std::string without_zeros(const std::string& digits) {
  const auto first = std::min(digits.find_first_not_of("0 "), digits.size());
  return digits.substr(first);
}

bool reaches(const std::string& level, const std::string& last) {
  const std::string a = without_zeros(level);
  const std::string b = without_zeros(last);
  return a.size() == b.size() ? a >= b : a.size() > b.size();
}

class RangeReader {
 public:
  RangeReader(abap::Session& session, const ports::NumberRangeQuestion& question,
              const ReaderLimits& limits)
      : session_(session), question_(question), limits_(limits) {}

  Result<ports::NumberRangeAnswer> run() {
    MLC_TRY_STATUS(load());
    ports::NumberRangeAnswer out;
    out.interval = interval_;
    for (const Date day : question_.days) {
      ports::DayRange found{day, {}, ports::RangeState::kUnknown};
      const auto period = variant_ ? ledger::fiscal_period_of(*variant_, day) : std::nullopt;
      if (period) found.fiscal_year = period->year;
      if (period && rows_) found.state = state_of(period->year);
      out.days.push_back(found);
    }
    return out;
  }

 private:
  // Nothing when there is none, or the table may not be read.
  Result<std::optional<TableRow>> row(const TableShape& shape, std::string_view key,
                                      const std::string& value) {
    MLC_TRY(auto found, find_if_allowed(session_, shape, {equal_to(key, value)}, limits_));
    return std::move(found.row);
  }

  Status load() {
    MLC_TRY(const auto company, row(kCompanyCodes, "BUKRS", question_.company_code));
    MLC_TRY(const auto type, row(kDocumentTypes, "BLART", question_.document_type));
    if (!company || !type) return {};
    interval_ = cell(*type, "NUMKR");
    MLC_TRY_STATUS(load_variant(cell(*company, "PERIV")));
    MLC_TRY(rows_, read_if_allowed(session_, kIntervals,
                                   {equal_to("OBJECT", "RF_BELEG"),
                                    equal_to("SUBOBJECT", question_.company_code),
                                    equal_to("NRRANGENR", interval_)},
                                   limits_));
    return {};
  }

  Status load_variant(const std::string& name) {
    MLC_TRY(const auto found, row(kVariants, "PERIV", name));
    if (!found) return {};
    ledger::FiscalVariant variant;
    variant.calendar = !cell(*found, "XKALE").empty();
    if (!variant.calendar) {
      MLC_TRY(const auto ends,
              read_if_allowed(session_, kPeriodEnds, {equal_to("PERIV", name)}, limits_));
      if (!ends) return {};
      for (const TableRow& end : *ends) {
        variant.ends.push_back({number_of(cell(end, "BDATJ")),
                                static_cast<unsigned>(number_of(cell(end, "BUMON"))),
                                static_cast<unsigned>(number_of(cell(end, "BUTAG"))),
                                number_of(cell(end, "POPER")), shift_of(cell(end, "RELJR"))});
      }
    }
    variant_ = std::move(variant);
    return {};
  }

  ports::RangeState state_of(int year) const {
    const TableRow* best = nullptr;
    for (const TableRow& candidate : *rows_) {
      const int until = number_of(cell(candidate, "TOYEAR"));
      // Ranges that do not depend on the year have no year at all.
      if (until != 0 && until < year) continue;
      if (best == nullptr || until < number_of(cell(*best, "TOYEAR"))) best = &candidate;
    }
    if (best == nullptr) return ports::RangeState::kMissing;
    const bool external = !cell(*best, "EXTERNIND").empty();
    const bool used_up = !external && reaches(cell(*best, "NRLEVEL"), cell(*best, "TONUMBER"));
    return used_up ? ports::RangeState::kUsedUp : ports::RangeState::kFound;
  }

  abap::Session& session_;
  const ports::NumberRangeQuestion& question_;
  const ReaderLimits& limits_;
  std::string interval_{};
  std::optional<ledger::FiscalVariant> variant_{};
  std::optional<std::vector<TableRow>> rows_{};
};

}  // namespace

Result<ports::NumberRangeAnswer> read_number_ranges(abap::Session& session,
                                                    const ports::NumberRangeQuestion& question,
                                                    const ReaderLimits& limits) {
  return RangeReader(session, question, limits).run();
}

}  // namespace mlc::sap
