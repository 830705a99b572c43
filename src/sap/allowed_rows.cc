#include "sap/allowed_rows.h"

#include "sap/errors.h"

namespace mlc::sap {

Words equal_to(std::string_view field, std::string_view value) {
  return {std::string(field), "=", quoted(value)};
}

const std::string& cell(const TableRow& row, std::string_view field) {
  static const std::string none;
  const auto at = row.find(field);
  return at == row.end() ? none : at->second;
}

std::string_view trimmed(std::string_view text) {
  const auto from = text.find_first_not_of(' ');
  if (from == std::string_view::npos) return {};
  return text.substr(from, text.find_last_not_of(' ') - from + 1);
}

Result<std::optional<std::vector<TableRow>>> read_if_allowed(abap::Session& session,
                                                             const TableShape& shape,
                                                             const std::vector<Words>& conditions,
                                                             const ReaderLimits& limits) {
  using Rows = std::optional<std::vector<TableRow>>;
  auto rows = read_table(session, shape, conditions, limits);
  if (rows) return Rows(std::move(*rows));
  const bool refused = rows.error().is(kReadRightMissing) || rows.error().is(kTableRefused);
  if (refused) return Rows();
  return failure(rows.error());
}

Result<FoundRow> find_if_allowed(abap::Session& session, const TableShape& shape,
                                 const std::vector<Words>& conditions, const ReaderLimits& limits) {
  MLC_TRY(auto rows, read_if_allowed(session, shape, conditions, limits));
  FoundRow out{rows.has_value(), {}};
  if (rows && !rows->empty()) out.row = std::move(rows->front());
  return out;
}

}  // namespace mlc::sap
