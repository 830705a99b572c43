#include "ledger/posting_model.h"

#include "ledger/errors.h"
#include "ledger/rule_text.h"
#include "ledger/words.h"

namespace mlc::ledger {
namespace {

bool is_billed_by_sd(const Rule& rule) {
  const Nature nature = rule.result.nature;
  return rule.result.treatment == Treatment::kPost &&
         (nature == Nature::kSale || nature == Nature::kRefund || nature == Nature::kTax);
}

Error not_of_model(const Rule& rule, PostingModel model, std::string found, std::string expected) {
  return Error(kRuleNotOfModel, {{"id", rule.id},
                                 {"place", rule.place},
                                 {"model", std::string(to_word(model))},
                                 {"found", std::move(found)},
                                 {"expected", std::move(expected)}});
}

}  // namespace

std::string_view to_word(PostingModel model) {
  return model == PostingModel::kClearing ? "B" : "A";
}

std::optional<PostingModel> posting_model(std::string_view word) {
  if (word == "A") return PostingModel::kSalesJournal;
  if (word == "B") return PostingModel::kClearing;
  return std::nullopt;
}

std::vector<Error> problems_of(const RuleBook& rules, PostingModel model) {
  std::vector<Error> out;
  for (const auto& version : rules.versions()) {
    for (const auto& rule : version.rules) {
      const bool by_order = looks_at_order(rule);
      if (model == PostingModel::kSalesJournal && by_order) {
        out.push_back(not_of_model(rule, model, "{order_id} in its assignment",
                                   "no {order_id}: lines are posted per settlement"));
      }
      if (model == PostingModel::kClearing && !by_order && is_billed_by_sd(rule)) {
        out.push_back(not_of_model(
            rule, model,
            "nature " + std::string(to_word(rule.result.nature)) + " without {order_id}",
            "the receivable of the order, with {order_id} in `assignment`: SD billed it already"));
      }
    }
  }
  return out;
}

}  // namespace mlc::ledger
