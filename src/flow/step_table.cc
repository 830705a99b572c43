#include "flow/step_table.h"

#include <algorithm>
#include <array>

namespace mlc::flow {

const StateRow* KindTable::find(std::string_view state) const {
  const auto at = std::ranges::find(rows, state, &StateRow::state);
  return at == rows.end() ? nullptr : &*at;
}

std::span<const KindTable* const> all_tables() {
  static const std::array<const KindTable*, 5> tables{&settlement_table(), &discovery_table(),
                                                      &reversal_table(), &outlook_table(),
                                                      &opening_table()};
  return tables;
}

const KindTable* find_table(std::string_view kind) {
  for (const KindTable* table : all_tables()) {
    if (table->kind == kind) return table;
  }
  return nullptr;
}

}  // namespace mlc::flow
