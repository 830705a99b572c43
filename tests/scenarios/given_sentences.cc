#include <array>

#include "ledger/words.h"
#include "tests/scenarios/steps.h"

namespace mlc::scenarios {
namespace {

void today(Play& play, const Words& said, const Step&) {
  const auto date = parse_date(said[0]);
  if (!date) fail("'" + said[0] + "' is no date");
  play.settings.now = std::chrono::sys_days(*date) + std::chrono::hours(6);
}

void automatic(Play& play, const Words&, const Step&) {
  play.settings.post_mode = flow::PostMode::kAuto;
}

void after_approval(Play& play, const Words&, const Step&) {
  play.settings.post_mode = flow::PostMode::kApprove;
}

void company_code(Play& play, const Words& said, const Step&) {
  play.settings.company_code = said[0];
}

void item_limit(Play& play, const Words& said, const Step&) {
  play.settings.item_limit = std::stoi(said[0]);
}

void decimals(Play& play, const Words& said, const Step&) {
  play.settings.sap_decimals = std::stoi(said[0]);
}

void controlling_message(Play& play, const Words& said, const Step&) {
  play.settings.site_messages.push_back({said[0], said[1], sap::Cause::kControllingLocked});
}

ledger::Pattern pattern(const std::string& text) {
  if (text.empty()) return {};
  if (text.back() != '*') return {ledger::Pattern::Kind::kExact, text};
  return {ledger::Pattern::Kind::kPrefix, text.substr(0, text.size() - 1)};
}

void rules(Play& play, const Words&, const Step& step) {
  play.settings.rules = rules_of(step.table);
}

void suspense(Play& play, const Words& said, const Step&) {
  play.settings.suspense_account = said[0];
}

void receivable_profit_center(Play& play, const Words& said, const Step&) {
  play.settings.receivable_profit_center = said[0];
}

void cut_over(Play& play, const Words& said, const Step&) { play.settings.cutover = said[0]; }

void opening(Play& play, const Words& said, const Step&) {
  play.settings.opening = opening_of(said);
}

void model_b(Play& play, const Words&, const Step&) {
  play.settings.posting_model = ledger::PostingModel::kClearing;
}

void second_company(Play& play, const Words&, const Step&) { play.settings.second_company = true; }

void groups(Play& play, const Words&, const Step& step) {
  for (const auto& row : step.table.rows) {
    play.settings.material_groups +=
        step.table.cell(row, "sku") + "\t" + step.table.cell(row, "group") + "\n";
  }
}

void looks_ahead(Play& play, const Words&, const Step&) { play.settings.looks_ahead = true; }

void may_double(Play& play, const Words&, const Step&) { play.settings.may_double = true; }

constexpr std::array kSentences{
    Sentence{"Given", "a duplicate may come to be and is gone in the end", &may_double},
    Sentence{"Given", "today is {}", &today},
    Sentence{"Given", "settlements are posted automatically", &automatic},
    Sentence{"Given", "settlements wait for approval", &after_approval},
    Sentence{"Given", "settlements are posted into company code {}", &company_code},
    Sentence{"Given", "a document takes at most {} items", &item_limit},
    Sentence{"Given", "SAP keeps the currency with {} decimals", &decimals},
    Sentence{"Given", "this site knows SAP's message {} {} as a lock of Controlling",
             &controlling_message},
    Sentence{"Given", "the receivable carries profit centre {}", &receivable_profit_center},
    Sentence{"Given", "the cut-over is {}", &cut_over},
    Sentence{"Given", "the opening is receivable {} and reserve {} {}", &opening},
    Sentence{"Given", "SD bills the orders", &model_b},
    Sentence{"Given", "another seller, connection de, is posted into company code 2000",
             &second_company},
    Sentence{"Given", "the material groups are", &groups},
    Sentence{"Given", "the hub looks a month ahead every day", &looks_ahead},
    Sentence{"Given", "the rules are", &rules},
    Sentence{"Given", "the rules name account {} for rows without a rule", &suspense},
};

}  // namespace

ledger::Opening opening_of(const Words& words) {
  const auto currency = ledger::Currency::from_code(words[2]);
  if (!currency) fail("'" + words[2] + "' is no currency");
  const auto receivable = ledger::Money::parse(words[0], *currency);
  const auto reserve = ledger::Money::parse(words[1], *currency);
  if (!receivable || !reserve) fail("these are no amounts");
  return {*receivable, *reserve};
}

std::vector<ledger::Rule> rules_of(const Table& table) {
  std::vector<ledger::Rule> out;
  for (const auto& row : table.rows) {
    ledger::Rule rule{};
    rule.id = table.cell(row, "rule");
    rule.why = table.cell(row, "why");
    rule.match.transaction_type = pattern(table.cell(row, "transaction type"));
    rule.match.amount_type = pattern(table.cell(row, "amount type"));
    rule.match.amount_description = pattern(table.cell(row, "description"));
    if (table.cell(row, "kind") == "vendor") rule.result.kind = ledger::LineKind::kVendor;
    rule.match.seller = pattern(table.cell(row, "seller"));
    rule.match.material_group = pattern(table.cell(row, "material group"));
    rule.result.account = table.cell(row, "account");
    rule.result.cost_center = table.cell(row, "cost centre");
    rule.result.payment_block = table.cell(row, "payment block");
    if (const auto nature = ledger::nature(table.cell(row, "nature"))) rule.result.nature = *nature;
    if (const std::string text = table.cell(row, "assignment"); !text.empty()) {
      rule.result.assignment = text;
    }
    rule.result.profit_center = table.cell(row, "profit centre");
    rule.result.profitability = table.cell(row, "profitability");
    rule.result.text = table.cell(row, "text");
    out.push_back(rule);
  }
  return out;
}

std::span<const Sentence> given_sentences() { return kSentences; }

}  // namespace mlc::scenarios
