// A class of rows with the place its money went to, as it was stored when it was planned.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "ledger/rules.h"
#include "operations/names.h"

namespace mlc::operations {

// Where the money of a class is.
enum class Destination {
  kDocument,   // on a line of a document (planned or posted: the document says)
  kOrder,      // on the lines whose assignment (ZUONR) is the order of each row
  kSuspense,   // the same, but no rule knows it: the line is one of the suspense account
  kNetted,     // the rows of its account add up to zero
  kExcluded,   // left out by a rule whose rows add up to zero
  kNeedsRule,  // no rule knows it: its settlement is held
  kHeld,       // not planned: before the cut-over, reissued, refused
};
[[nodiscard]] std::string_view to_word(Destination destination);

// How the rule that was used stands in today's rule files.
enum class RuleToday {
  kUnknown,  // no rule was used, or no configuration says what the rules are today
  kSame,
  kChanged,  // the version has a rule of that name, which says something else
  kGone,     // the version or the rule is no longer there
  kNotKept,  // the rules of that time were not kept: what is shown is today's
};
[[nodiscard]] std::string_view to_word(RuleToday today);

struct ClassView {
  ledger::ClassNumber number = 0;
  ledger::RowClass row_class;
  std::uint64_t rows = 0;
  std::string amount;  // decimal text
  std::string rule;    // id; empty without one
  std::string why;     // the rule's reason as it was when the rows were classified
  RuleToday rule_today = RuleToday::kUnknown;
  std::string rules_version;
  Destination destination = Destination::kHeld;
  std::string document;  // key; empty when netted or excluded
  std::uint32_t item = 0;
  // Of kOrder: the line's posting attributes, with {order_id} in its assignment; nothing when its
  // rules are not kept.
  std::optional<ledger::DocumentLine> order_line;
};

// Transactions are begun and ended inside; call it outside of any.
// Classes of a settlement whose file was read, in class order; of a revision's lineage when that
// is known, else of the latest. Rules are those that the store keeps of that time.
// Errors: operations.not_read, ledger.bad_rule_book (the kept rules were changed), the vault's.
[[nodiscard]] Result<std::vector<ClassView>> class_views(const Hub& hub, const Named& named,
                                                         char revision);
// The lineage object of a revision.
[[nodiscard]] Result<ObjectId> lineage_of(const Hub& hub, const Named& named, char revision);

// The digest of the rule book that a revision was classified with; empty before that.
[[nodiscard]] Result<std::string> rules_digest_of(const Hub& hub, const Named& named,
                                                  char revision);
// How the documents of a revision became the settlement's. Errors: those of lineage_of, the
// vault's.
[[nodiscard]] Result<ledger::Adoption> adoption_of(const Hub& hub, const Named& named,
                                                   char revision);

// The rule book that governs a settlement's connection today; nullptr when it is not configured.
[[nodiscard]] const ledger::RuleBook* rule_book(const Hub& hub,
                                                const ports::SettlementRecord& settlement);

}  // namespace mlc::operations
