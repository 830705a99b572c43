// A manifest, and the ports of the posting protocol in memory, for tests.
#pragma once

#include <algorithm>
#include <functional>
#include <string>
#include <vector>

#include "ledger/manifest.h"
#include "ports/unit.h"

namespace mlc::sap::testing {

inline ledger::Currency currency(std::string_view code) {
  return ledger::Currency::from_code(code).value();
}

inline ledger::DocumentLine line(std::uint32_t item, std::string account, std::string_view amount,
                                 std::string_view code = "USD") {
  return {.item = item,
          .kind = ledger::LineKind::kGl,
          .account = std::move(account),
          .amount = ledger::Money::parse(amount, currency(code)).value(),
          .nature = ledger::Nature::kOther,
          .cost_center = "",
          .profit_center = "",
          .internal_order = "",
          .segment = "",
          .functional_area = "",
          .tax_code = "",
          .payment_block = "",
          .assignment = "20612345671",
          .text = "Amazon"};
}

// Revenue 100.00, referral fee 10.00, receivable 90.00 in company code 1000.
inline ledger::LedgerDocument document(std::string part, char revision = 'A') {
  ledger::LedgerDocument out{.key = {"20612345671-", std::move(part), revision},
                             .company_code = "1000",
                             .document_type = "ZA",
                             .posting_date = Date{std::chrono::year(2026) / 10 / 31},
                             .document_date = Date{std::chrono::year(2026) / 10 / 31},
                             .currency = currency("USD"),
                             .header_text = "US 202610 01/02 1a2b3c4d",
                             .lines = {}};
  out.lines = {line(1, "0000140100", "90.00"), line(2, "0000400000", "-100.00"),
               line(3, "0000476100", "10.00")};
  out.lines[2].cost_center = "0000001000";
  return out;
}

inline ledger::Manifest with_hash(ledger::Manifest manifest) {
  manifest.content_hash = ledger::content_hash(manifest);
  return manifest;
}

inline ledger::Manifest manifest(int parts = 2, char revision = 'A') {
  ledger::Manifest out{.settlement = SettlementId("20612345671"),
                       .stem = "20612345671-",
                       .revision = revision,
                       .rules_version = "2026-1",
                       .content_hash = "",
                       .documents = {}};
  for (int part = 1; part <= parts; ++part) {
    out.documents.push_back(document("0" + std::to_string(part), revision));
  }
  return with_hash(std::move(out));
}

inline ports::PostUnit post_unit(ledger::Manifest manifest) {
  ports::PostUnit unit;
  unit.id = UnitId("unit-1");
  unit.expected = {"MLS", "100", "MLSCLNT100"};
  unit.manifest = std::move(manifest);
  unit.company_codes = {"1000", "2000"};
  return unit;
}

class MemoryJournal final : public ports::StepJournal {
 public:
  [[nodiscard]] Status record(const ports::JournalEntry& entry) override {
    if (before_record) before_record(entry.step);
    if (fail_at == entry.step && failure_kind != nullptr) return failure(*failure_kind);
    entries.push_back(entry);
    return {};
  }
  [[nodiscard]] std::string words() const {
    std::string out;
    for (const auto& entry : entries) {
      out += (out.empty() ? "" : " ") + std::string(ports::to_word(entry.step));
    }
    return out;
  }
  [[nodiscard]] bool has(ports::JournalStep step) const {
    return std::ranges::find(entries, step, &ports::JournalEntry::step) != entries.end();
  }
  std::vector<ports::JournalEntry> entries;
  const ErrorKind* failure_kind = nullptr;
  ports::JournalStep fail_at = ports::JournalStep::kStarted;
  std::function<void(ports::JournalStep)> before_record;
};

inline constexpr ErrorKind kLeaseLost{"test.lease_lost", "The lease is lost.", "",
                                      ExitCode::kRefused};

// Refuses from the nth question on, counted from 1; 0 never.
class CountingHolder final : public ports::HolderCheck {
 public:
  [[nodiscard]] Status may_write(const ports::Fence&, Instant) override {
    ++asked;
    if (refuse_from != 0 && asked >= refuse_from) return failure(kLeaseLost);
    return {};
  }
  int refuse_from = 0;
  int asked = 0;
};

}  // namespace mlc::sap::testing
