// Parts of records that are kept as JSON or words in one column.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "ledger/money.h"
#include "ports/store.h"

namespace mlc::store {

// JSON as in docs/formats/store.md. Bytes that are no UTF-8 are replaced by U+FFFD.
[[nodiscard]] std::string write_stored_error(const ports::StoredError& error);
[[nodiscard]] std::string write_request(const ports::Request& request);
[[nodiscard]] std::string write_texts(const std::vector<std::string>& texts);

// The inverses. `place` names table and column in the error: store.damaged_record.
[[nodiscard]] Result<ports::StoredError> read_stored_error(const std::string& text,
                                                           std::string_view place);
[[nodiscard]] Result<ports::Request> read_request(const std::string& text, std::string_view place);
[[nodiscard]] Result<std::vector<std::string>> read_texts(const std::string& text,
                                                          std::string_view place);

// An amount from its decimal text and currency code. Errors: store.damaged_record.
[[nodiscard]] Result<ledger::Money> read_money(const std::string& amount,
                                               const std::string& currency, std::string_view place);
[[nodiscard]] std::string_view sign_word(ledger::Sign sign);  // "negative", "zero", "positive"
[[nodiscard]] Result<ledger::Sign> read_sign(std::string_view word, std::string_view place);
[[nodiscard]] Result<ledger::Adoption> read_adoption(std::string_view word, std::string_view place);
[[nodiscard]] std::string_view control_word(ports::ControlFinding finding);
[[nodiscard]] Result<ports::ControlFinding> read_control(std::string_view word,
                                                         std::string_view place);
[[nodiscard]] Result<ports::JournalStep> read_step(std::string_view word, std::string_view place);
// A revision letter or another single character.
[[nodiscard]] Result<char> read_letter(std::string_view text, std::string_view place);

[[nodiscard]] std::string fence_text(const ports::Fence& fence);  // "<epoch>.<counter>"

// The error store.damaged_record.
[[nodiscard]] tl::unexpected<Error> damaged(std::string_view place, std::string_view found,
                                            std::string_view expected);

}  // namespace mlc::store
