// Answers for people: plain text, states as words, amounts as they are. Pure; one .cc per group of
// commands.
#pragma once

#include <string>
#include <vector>

#include "cli/json_text.h"
#include "cli/prompt.h"
#include "operations/words.h"

namespace mlc::cli {

// print_settlements.cc
[[nodiscard]] std::string text_of(const std::vector<operations::SettlementRow>& rows,
                                  const std::vector<operations::CurrencyTotal>& totals,
                                  const Prompt& prompt);
[[nodiscard]] std::string text_of(const operations::SettlementView& view, const Prompt& prompt);
// print_streams.cc
[[nodiscard]] std::string text_of(const std::vector<operations::StreamView>& views,
                                  const Prompt& prompt);
// print_preview.cc
[[nodiscard]] std::string text_of(const operations::Preview& preview, const Prompt& prompt);
// print_exceptions.cc
[[nodiscard]] std::string text_of(const std::vector<operations::ExceptionRow>& rows,
                                  const Prompt& prompt);
// print_lineage.cc
[[nodiscard]] std::string text_of(const operations::Explanation& explanation, const Prompt& prompt);
[[nodiscard]] std::string text_of(const operations::Trace& trace);
// print_answers.cc
[[nodiscard]] std::string text_of(const VerbAnswer& answer, const Prompt& prompt);
[[nodiscard]] std::string text_of(const std::vector<ImportAnswer>& answers);
[[nodiscard]] std::string text_of(const operations::AuditVerification& verification);
[[nodiscard]] std::string text_of(const operations::Summary& summary, const Prompt& prompt);
[[nodiscard]] std::string text_of(const store::BackupReport& report, const std::string& target);
[[nodiscard]] std::string text_of(const store::RestoreReport& report);

// Shared: "2026-10-01", "-" for none.
[[nodiscard]] std::string date_text(const std::optional<Instant>& instant);
// "the documents were found in SAP, and ..."; empty for none.
[[nodiscard]] std::string adoption_text(ledger::Adoption adoption);
// An error that was kept: id, text, what to do next.
[[nodiscard]] std::string error_text(const ports::StoredError& error, std::size_t indent);
using operations::counted;  // "1 row", "2 rows"

}  // namespace mlc::cli
