// What can stand in a settlement, as a bookkeeper reads it: written from public facts about
// Amazon's reports, not from our rules.
#pragma once

#include <string>
#include <vector>

namespace mlc::configuration::testing {

// Rows of the same three texts.
struct TaxonomyRow {
  std::string group;  // "A" orders, "B" refunds, ... as below
  std::string transaction_type;
  std::string amount_type;
  std::string description;
  std::string category;  // "REV", "F-REF", ...
  std::string role;      // a name of [accounts]; "tax_on_sales" stands for what each country does
  std::string nature;
  bool free_description = false;  // any text may stand there
  bool free_amount_type = false;  // it goes on with text of Amazon's, a product for instance
};

// Every combination of taxonomy.txt, one a row; the working directory is the root of the tree.
[[nodiscard]] std::vector<TaxonomyRow> taxonomy();

}  // namespace mlc::configuration::testing
