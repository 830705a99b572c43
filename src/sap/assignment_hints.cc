#include "sap/assignment_hints.h"

#include <map>
#include <optional>
#include <string>

#include "sap/allowed_rows.h"

namespace mlc::sap {
namespace {

const TableShape kAreas{"TKA02", {{"BUKRS", 4}, {"GSBER", 4}}, {{"KOKRS", 4}}};
const TableShape kElements{
    "CSKB", {{"KOKRS", 4}, {"KSTAR", 10}, {"DATBI", 8}}, {{"DATAB", 8}, {"KATYP", 2}}};

constexpr std::string_view kRevenueHint =
    ": a cost centre is only statistical there. Give its rule `profitability` (CO-PA) or "
    "`internal_order`";
constexpr std::string_view kCostHint = ". Give its rule `cost_center` or `internal_order`";
constexpr std::string_view kSplittingHint =
    " (document splitting wants it on every line: `profit_center` of the line's rule, "
    "`receivable_profit_center` of the connection, `suspense_profit_center` of the rule set)";

bool is_message(const ports::BapiMessage& message, std::string_view id, std::string_view number) {
  return message.id == id && message.number == number;
}

std::string_view without_zeros(std::string_view account) {
  const auto first = account.find_first_not_of('0');
  return first == std::string_view::npos ? account : account.substr(first);
}

// The line's account that the message names, with SAP's zeros or without them.
std::optional<std::string> account_in(const ports::BapiMessage& message,
                                      const ledger::LedgerDocument& document) {
  for (const auto& line : document.lines) {
    if (line.kind != ledger::LineKind::kGl) continue;
    if (message.text.find(without_zeros(line.account)) != std::string::npos) return line.account;
  }
  return std::nullopt;
}

class Elements {
 public:
  Elements(abap::Session& session, const ledger::LedgerDocument& document,
           const ReaderLimits& limits)
      : session_(session), document_(document), limits_(limits) {}

  // KATYP on the posting date; empty when CO does not know the account, or may not be asked.
  Result<std::string> category(const std::string& account) {
    const auto known = categories_.find(account);
    if (known != categories_.end()) return known->second;
    MLC_TRY(auto found, look_up(account));
    categories_.emplace(account, found);
    return found;
  }

 private:
  Result<std::string> look_up(const std::string& account) {
    MLC_TRY(
        const auto areas,
        read_if_allowed(session_, kAreas, {equal_to("BUKRS", document_.company_code)}, limits_));
    if (!areas || areas->empty()) return std::string();
    MLC_TRY(const auto elements, read_if_allowed(session_, kElements,
                                                 {equal_to("KOKRS", cell(areas->front(), "KOKRS")),
                                                  equal_to("KSTAR", account)},
                                                 limits_));
    if (!elements) return std::string();
    const std::string day = format_dats(document_.posting_date);
    for (const TableRow& row : *elements) {
      if (cell(row, "DATAB") <= day && day <= cell(row, "DATBI")) return cell(row, "KATYP");
    }
    return std::string();
  }

  abap::Session& session_;
  const ledger::LedgerDocument& document_;
  const ReaderLimits& limits_;
  std::map<std::string, std::string> categories_{};
};

std::string object_hint(const std::string& account, const std::string& category) {
  const bool revenue = category == "11" || category == "12";
  return " (account " + account + " is a " + (revenue ? "revenue" : "cost") +
         " element of category " + category + std::string(revenue ? kRevenueHint : kCostHint) + ")";
}

}  // namespace

Status add_hints(abap::Session& session, const ledger::LedgerDocument& document,
                 const ReaderLimits& limits, std::vector<ports::BapiMessage>& messages) {
  Elements elements(session, document, limits);
  for (auto& message : messages) {
    if (is_message(message, "GLT2", "201")) message.text += kSplittingHint;
    if (!is_message(message, "KI", "235")) continue;
    const auto account = account_in(message, document);
    if (!account) continue;
    MLC_TRY(const auto category, elements.category(*account));
    if (!category.empty()) message.text += object_hint(*account, category);
  }
  return {};
}

}  // namespace mlc::sap
