#include "ledger/found_lines.h"

#include <algorithm>
#include <array>
#include <set>
#include <tuple>

#include "ledger/documents.h"

namespace mlc::ledger {
namespace {

LineKind kind_of(char account_type) {
  if (account_type == 'K') return LineKind::kVendor;
  return account_type == 'D' ? LineKind::kCustomer : LineKind::kGl;
}

DocumentLine to_line(const PostedLine& posted) {
  DocumentLine line = empty_line(posted.amount.currency());
  line.kind = kind_of(posted.account_type);
  line.account = posted.account;
  line.amount = posted.amount;
  line.cost_center = posted.cost_center;
  line.profit_center = posted.profit_center;
  line.tax_code = posted.tax_code;
  line.assignment = posted.assignment;
  line.text = posted.text;
  return line;
}

LedgerDocument to_document(const PostedDocument& posted, const DocumentKey& key) {
  LedgerDocument out{.key = key,
                     .company_code = posted.number.company_code,
                     .document_type = posted.document_type,
                     .posting_date = posted.posting_date,
                     .document_date = posted.document_date,
                     .currency = posted.currency,
                     .header_text = posted.header_text,
                     .lines = {}};
  std::vector<PostedLine> lines = posted.lines;
  std::ranges::stable_sort(lines, {}, &PostedLine::item);
  for (const auto& line : lines) {
    if (line.amount.is_zero()) continue;  // a generated line that moves nothing
    out.lines.push_back(to_line(line));
    out.lines.back().item = static_cast<std::uint32_t>(out.lines.size());
  }
  return out;
}

bool same_account(const DocumentLine& a, const DocumentLine& b) {
  return std::tie(a.kind, a.account, a.tax_code) == std::tie(b.kind, b.account, b.tax_code);
}

bool same_amount(const DocumentLine& a, const DocumentLine& b) {
  return same_account(a, b) && a.amount == b.amount;
}

bool same_texts(const DocumentLine& a, const DocumentLine& b) {
  return same_amount(a, b) && std::tie(a.cost_center, a.profit_center, a.assignment, a.text) ==
                                  std::tie(b.cost_center, b.profit_center, b.assignment, b.text);
}

struct Place {
  LedgerDocument* document;
  DocumentLine* line;
};

// Gives every derived line a line that was found. The best pairs first, so that a line with the
// same texts is not taken away by one that only has the same account.
class Placer {
 public:
  Placer(const Manifest& derived, Manifest& held) {
    for (const auto& document : derived.documents) {
      for (const auto& line : document.lines) wanted_.push_back({document.key.text(), &line, {}});
    }
    for (auto& document : held.documents) {
      for (auto& line : document.lines) free_.push_back({&document, &line});
    }
    all_ = free_;
  }

  void place() {
    // Amazon's balance is whatever the other lines leave: it chooses last.
    for (const bool balancing : {false, true}) {
      for (const auto agree : {&same_texts, &same_amount, &same_account}) pair(balancing, agree);
    }
    for (Wanted& wanted : wanted_) {
      if (!wanted.place) wanted.place = first(all_, *wanted.line, &same_account);
    }
    // What nobody asked for on the account that balances is a balance of another cut.
    for (const Place& place : free_) {
      if (is_balancing_account(*place.line)) place.line->nature = Nature::kReceivable;
    }
  }

  void move(std::vector<ClassDestination>& destinations) const {
    for (ClassDestination& destination : destinations) {
      if (destination.document.empty()) continue;
      const auto* wanted = find(destination);
      const bool placed = wanted != nullptr && wanted->place.has_value();
      destination.document = placed ? wanted->place->document->key.text() : std::string();
      destination.item = placed ? wanted->place->line->item : 0;
    }
  }

 private:
  using Agree = bool (*)(const DocumentLine&, const DocumentLine&);
  struct Wanted {
    std::string document;
    const DocumentLine* line;
    std::optional<Place> place;
  };

  static bool is_balancing(const DocumentLine& line) { return line.nature == Nature::kReceivable; }

  static std::optional<Place> first(const std::vector<Place>& places, const DocumentLine& line,
                                    Agree agree) {
    const auto at =
        std::ranges::find_if(places, [&](const Place& place) { return agree(line, *place.line); });
    return at == places.end() ? std::nullopt : std::optional(*at);
  }

  void pair(bool balancing, Agree agree) {
    for (Wanted& wanted : wanted_) {
      if (wanted.place || is_balancing(*wanted.line) != balancing) continue;
      wanted.place = first(free_, *wanted.line, agree);
      if (!wanted.place) continue;
      take_over(*wanted.line, *wanted.place->line);
      std::erase_if(free_, [&](const Place& one) { return one.line == wanted.place->line; });
    }
  }

  static void take_over(const DocumentLine& from, DocumentLine& line) {
    line.nature = from.nature;
    line.internal_order = from.internal_order;
    line.segment = from.segment;
    line.functional_area = from.functional_area;
    line.profitability = from.profitability;
    line.payment_block = from.payment_block;
  }

  bool is_balancing_account(const DocumentLine& line) const {
    return std::ranges::any_of(wanted_, [&](const Wanted& wanted) {
      return is_balancing(*wanted.line) && same_account(*wanted.line, line);
    });
  }

  const Wanted* find(const ClassDestination& destination) const {
    const auto at = std::ranges::find_if(wanted_, [&](const Wanted& wanted) {
      return wanted.document == destination.document && wanted.line->item == destination.item;
    });
    return at == wanted_.end() ? nullptr : &*at;
  }

  std::vector<Wanted> wanted_{};
  std::vector<Place> free_{};
  std::vector<Place> all_{};
};

}  // namespace

Manifest manifest_as_found(const Manifest& derived, const FoundManifest& found,
                           std::vector<ClassDestination>& destinations) {
  Manifest out = derived;
  out.documents.clear();
  for (std::size_t i = 0; i < found.documents.size(); ++i) {
    out.documents.push_back(to_document(found.documents[i], found.keys[i]));
  }
  Placer placer(derived, out);
  placer.place();
  placer.move(destinations);
  return out;
}

Manifest under_letter(Manifest manifest, char revision) {
  manifest.revision = revision;
  for (auto& document : manifest.documents) document.key.revision = revision;
  manifest.content_hash = content_hash(manifest);
  return manifest;
}

}  // namespace mlc::ledger
