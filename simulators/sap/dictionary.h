// The tables of the simulated system: what SAP's data dictionary would say of them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace mlc::simulators::sap {

// One field. Widths are ECC 6's where they are known; docs/formats/sap-simulator-books.md marks the
// others.
struct TableField {
  std::string name;
  char type = 'C';   // C text, N digits, D date, T time, P packed number, I integer
  int length = 0;    // LENG
  int decimals = 0;  // P
  bool key = false;
  [[nodiscard]] bool is_number() const { return type == 'P' || type == 'I'; }
  // The value of a field nobody filled, as the file keeps it.
  [[nodiscard]] std::string initial() const;
};

struct TableDescription {
  std::string name;  // upper case
  std::vector<TableField> fields;
  std::string view;  // the SELECT of an index table, which the books hold as a view; else empty
  // Rows belong to a client (MANDT or CLIENT leads the key) and are filtered by it.
  [[nodiscard]] std::string client_field() const;
  [[nodiscard]] const TableField* find(std::string_view field) const;
};

// All tables that RFC_READ_TABLE knows. Static storage.
[[nodiscard]] const std::vector<TableDescription>& all_tables();
// nullptr when there is no such table.
[[nodiscard]] const TableDescription* find_table(std::string_view name);
// Names that exist in the dictionary but hold no data (structures).
[[nodiscard]] bool is_structure_only(std::string_view name);

}  // namespace mlc::simulators::sap
