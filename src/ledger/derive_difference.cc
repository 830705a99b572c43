#include "ledger/derive_difference.h"

#include <map>

#include "base/expect.h"
#include "ledger/documents.h"
#include "ledger/line_order.h"

namespace mlc::ledger {
namespace {

struct Place {
  std::string document;
  std::uint32_t item = 0;
};

// What one set of attributes comes to: what it should be, less what is posted.
struct Amounts {
  Money difference;
  Place planned;  // in the manifest of the whole file
  Place posted;   // the first posted line, if there is one
};

class Differ {
 public:
  Differ(const DerivationInput& input, Derivation whole) : input_(input), out_(std::move(whole)) {}

  Result<Derivation> run(const std::vector<Manifest>& posted) {
    MLC_TRY_STATUS(add_planned());
    for (const Manifest& manifest : posted) MLC_TRY_STATUS(subtract(manifest));
    MLC_TRY(auto manifest, make_manifest(input_, out_.manifest.rules_version, lines()));
    move_destinations(manifest);
    out_.manifest = std::move(manifest);
    return std::move(out_);
  }

 private:
  using Lines = std::map<DocumentLine, Amounts, ByAttributes>;

  Amounts& of(const DocumentLine& line) {
    return lines_.try_emplace(line, Amounts{Money::zero(line.amount.currency()), {}, {}})
        .first->second;
  }

  Status add_planned() {
    for (const auto& document : out_.manifest.documents) {
      for (const auto& line : document.lines) {
        if (line.nature == Nature::kReceivable) continue;
        Amounts& amounts = of(line);
        MLC_TRY(amounts.difference, amounts.difference.plus(line.amount));
        amounts.planned = {document.key.text(), line.item};
      }
    }
    return {};
  }

  Status subtract(const Manifest& manifest) {
    for (const auto& document : manifest.documents) {
      for (const auto& line : document.lines) {
        if (line.nature == Nature::kReceivable) continue;
        Amounts& amounts = of(line);
        MLC_TRY(amounts.difference, amounts.difference.minus(line.amount));
        if (amounts.posted.item == 0) amounts.posted = {document.key.text(), line.item};
      }
    }
    return {};
  }

  std::vector<DocumentLine> lines() const {
    std::vector<DocumentLine> out;
    for (const auto& [attributes, amounts] : lines_) {
      if (amounts.difference.is_zero()) continue;
      out.push_back(attributes);
      out.back().amount = amounts.difference;
    }
    return out;
  }

  // From the line that the whole file would have to the one that there is.
  void move_destinations(const Manifest& manifest) {
    std::map<std::pair<std::string, std::uint32_t>, Place> moved;
    for (const auto& [attributes, amounts] : lines_) {
      moved[{amounts.planned.document, amounts.planned.item}] = amounts.posted;
    }
    for (const auto& document : manifest.documents) {
      for (const auto& line : document.lines) {
        if (line.nature == Nature::kReceivable) continue;
        const auto& planned = lines_.at(line).planned;
        moved[{planned.document, planned.item}] = {document.key.text(), line.item};
      }
    }
    for (auto& destination : out_.destinations) {
      if (destination.item == 0) continue;
      const auto found = moved.find({destination.document, destination.item});
      MLC_EXPECT(found != moved.end());
      destination.document = found->second.document;
      destination.item = found->second.item;
    }
  }

  const DerivationInput& input_;
  Derivation out_;
  Lines lines_{};
};

}  // namespace

Result<Derivation> derive_difference(const DerivationInput& input, const RuleBook& rules,
                                     const std::vector<Manifest>& posted) {
  MLC_TRY(auto whole, derive(input, rules));
  return Differ(input, std::move(whole)).run(posted);
}

}  // namespace mlc::ledger
