#include "tests/simulation/witness.h"

#include <algorithm>

namespace mlc::simulation {
namespace {

struct Part {
  std::set<std::string> numbers;
  std::set<std::string> live;
  std::map<std::string, int> under;  // documents by reference
  [[nodiscard]] bool is_twice() const {
    return live.size() > 1 ||
           std::ranges::any_of(under, [](const auto& one) { return one.second > 1; });
  }
};

std::string part_of(const std::string& reference) {
  return reference.substr(0, reference.size() - 1);
}

std::map<std::string, Part> parts_in(const BooksReader& books, const Settled& settled) {
  std::map<std::string, Part> out;
  for (const Head& head : books.heads()) {
    if (!head.is_original() || !settled.contains(settlement_of(head.reference))) continue;
    Part& part = out[part_of(head.reference)];
    part.numbers.insert(head.key.text());
    if (head.is_live()) part.live.insert(head.key.text());
    ++part.under[head.reference];
  }
  return out;
}

std::string list(const std::set<std::string>& numbers) {
  std::string out;
  for (const auto& number : numbers) out += (out.empty() ? "" : ", ") + number;
  return out;
}

}  // namespace

void Witness::look() {
  const std::int64_t version = books_.version();
  if (version == version_) return;
  version_ = version;
  const auto parts = parts_in(books_, settled_);
  // A restored SAP may have forgotten them: then they were never posted twice in these books.
  std::erase_if(doubles_, [&](const auto& one) {
    const auto at = parts.find(one.first);
    return at == parts.end() || at->second.numbers.size() < 2;
  });
  for (const auto& [name, part] : parts) {
    const bool known = doubles_.contains(name);
    if (!known && !part.is_twice()) continue;
    Double& found = doubles_[name];
    if (!known || found.live != part.live) {
      note_("witness: " + name + " " + list(part.numbers) + ", of these live " + list(part.live));
    }
    found.numbers = part.numbers;
    found.live = part.live;
  }
}

void Witness::has_read(const std::string& worker, const std::string& settlement) {
  look();
  auto& known = known_[worker];
  std::erase_if(known, [&](const auto& part) { return part.starts_with(settlement + "-"); });
  for (const auto& [part, found] : doubles_) {
    if (found.live.size() > 1 && part.starts_with(settlement + "-")) known.insert(part);
  }
}

bool Witness::names(std::string_view words, const Double& found) const {
  const auto named = std::ranges::count_if(found.numbers, [words](const auto& number) {
    return words.find(number) != std::string_view::npos;
  });
  return named > 1;
}

void Witness::was_told(std::string_view words) {
  look();
  for (auto& [part, found] : doubles_) {
    if (found.told || !names(words, found)) continue;
    found.told = true;
    note_("witness: the hub told of " + part);
  }
}

void Witness::has_decided(const std::string& worker) {
  const auto known = known_.extract(worker);
  if (known.empty()) return;
  for (const auto& part : known.mapped()) {
    const auto at = doubles_.find(part);
    if (at == doubles_.end() || at->second.told || !at->second.silence.empty()) continue;
    at->second.silence = worker;
    note_("witness: " + worker + " read " + part + " twice and says nothing");
  }
}

Twice Witness::judge() {
  look();
  Twice out;
  for (const auto& [part, found] : doubles_) {
    ++out.posted;
    const std::string what = part + " was posted twice (" + list(found.numbers) + "), ";
    if (found.told) {
      ++out.told;
    } else if (!found.silence.empty()) {
      out.fault = what + "worker " + found.silence + " read both and nobody was told";
    } else if (found.live.size() > 1) {
      out.fault = what + "still is, and nobody was told";
    } else {
      ++out.undone;  // nobody but a hand reverses in a run
    }
  }
  return out;
}

}  // namespace mlc::simulation
