#include "ledger/material_groups.h"

#include "base/digest.h"
#include "ledger/errors.h"
#include "ledger/text.h"

namespace mlc::ledger {
namespace {

constexpr std::size_t kGroupLength = 9;  // MATKL

}  // namespace

Result<MaterialGroups> MaterialGroups::parse(std::string_view text, const std::string& file) {
  MaterialGroups out;
  out.digest_ = to_hex(sha256(text));
  std::size_t number = 0;
  while (!text.empty()) {
    const auto feed = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, feed);
    text.remove_prefix(std::min(feed + 1, text.size()));
    ++number;
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (line.empty() || line.starts_with('#')) continue;
    const auto refuse = [&](std::string found, std::string expected) {
      return failure(kBadMaterialGroups, {{"file", file},
                                          {"line", std::to_string(number)},
                                          {"found", std::move(found)},
                                          {"expected", std::move(expected)}});
    };
    const auto tab = line.find('\t');
    if (tab == std::string_view::npos) return refuse("no TAB", "a SKU, a TAB and its group");
    std::string sku = collapsed(line.substr(0, tab));
    std::string group = collapsed(line.substr(tab + 1));
    if (sku.empty() || group.empty() || length_of(group) > kGroupLength) {
      return refuse("'" + std::string(line) + "'", "a SKU and a group of 1 to 9 characters");
    }
    const auto [place, is_new] = out.groups_.emplace(std::move(sku), std::move(group));
    if (!is_new) return refuse("'" + place->first + "' again", "each SKU once");
  }
  return out;
}

const std::string& MaterialGroups::group_of(std::string_view sku) const {
  static const std::string none;
  const auto found = groups_.find(collapsed(sku));
  return found == groups_.end() ? none : found->second;
}

}  // namespace mlc::ledger
