// Answers as JSON (docs/formats/json.md): amounts are decimal texts, instants ISO 8601 in UTC,
// absent values null. Every text ends with a line end. Pure.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "operations/audit_verify.h"
#include "operations/backup.h"
#include "operations/exceptions.h"
#include "operations/explain.h"
#include "operations/import_file.h"
#include "operations/preview.h"
#include "operations/settlement_list.h"
#include "operations/settlement_view.h"
#include "operations/stream_list.h"
#include "operations/summary.h"
#include "operations/verbs.h"

namespace mlc::cli {

// {"error": {id, text, cure, written, facts}}
[[nodiscard]] std::string json_of(const Error& error);
[[nodiscard]] std::string json_of(const std::vector<operations::SettlementRow>& rows,
                                  const std::vector<operations::CurrencyTotal>& totals);
[[nodiscard]] std::string json_of(const operations::SettlementView& view);
[[nodiscard]] std::string json_of(const operations::Preview& preview);
[[nodiscard]] std::string json_of(const std::vector<operations::ExceptionRow>& rows);
[[nodiscard]] std::string json_of(const operations::Explanation& explanation);
[[nodiscard]] std::string json_of(const operations::Trace& trace);
[[nodiscard]] std::string json_of(const std::vector<operations::StreamView>& views);
[[nodiscard]] std::string json_of(const operations::AuditVerification& verification);
[[nodiscard]] std::string json_of(const operations::Summary& summary);
[[nodiscard]] std::string json_of(const store::BackupReport& report, const std::string& target);
[[nodiscard]] std::string json_of(const store::RestoreReport& report);

// What a verb did: the work's state before, and the settlement (or other work) as it rests now.
struct VerbAnswer {
  std::string verb;
  std::string name;
  std::string state_before;
  std::string state;
  std::string words;
  std::optional<ports::StoredError> error;    // of the state
  std::optional<ports::StoredError> refusal;  // the verb was refused, nothing changed
  std::optional<operations::SettlementRow> settlement;
  std::optional<ports::WorkRecord> reversal;  // of `reverse`, when it is not done
  bool carried_out = true;  // false: another program has the work and carries it out
};
[[nodiscard]] std::string json_of(const VerbAnswer& answer);

// One imported file and what became of it.
struct ImportAnswer {
  std::string file;
  operations::Imported imported;
  std::optional<operations::SettlementRow> settlement;
  std::optional<Error> error;  // then nothing else is filled
};
[[nodiscard]] std::string json_of(const std::vector<ImportAnswer>& answers);

// The same object with `warnings`, an array of errors; unchanged without any, and when the answer
// is an array.
[[nodiscard]] std::string with_warnings(const std::string& json, const std::vector<Error>& errors);

// {"key": "value", ...}
[[nodiscard]] std::string json_of(const std::vector<Fact>& facts);

}  // namespace mlc::cli
