// Which material group (MATKL) a SKU belongs to. No settlement file says so: the mapping is a file
// of the site's (docs/formats/material-groups.md). Immutable; thread-safe.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>

#include "base/result.h"

namespace mlc::ledger {

class MaterialGroups {
 public:
  MaterialGroups() = default;
  // One SKU and its group a line, parted by a TAB. `file` names the text in messages.
  // Errors: ledger.bad_material_groups (line, found, expected).
  [[nodiscard]] static Result<MaterialGroups> parse(std::string_view text, const std::string& file);

  // Empty for a SKU that the mapping does not know.
  [[nodiscard]] const std::string& group_of(std::string_view sku) const;
  // The lower-case hex SHA-256 of the file; empty without one.
  [[nodiscard]] const std::string& digest() const { return digest_; }
  [[nodiscard]] std::size_t size() const { return groups_.size(); }

 private:
  std::unordered_map<std::string, std::string> groups_{};
  std::string digest_{};
};

}  // namespace mlc::ledger
