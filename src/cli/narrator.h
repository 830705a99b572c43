// Tells what happens to settlements, a line for each change, in the words of finance.
#pragma once

#include <map>
#include <ostream>
#include <string>

#include "operations/settlement_list.h"

namespace mlc::cli {

// Not thread-safe.
class Narrator {
 public:
  // Both must outlive the narrator. What is known now is not told.
  Narrator(const operations::Hub& hub, std::ostream& out) : hub_(hub), out_(out) {}

  // Tells what has changed since the last look: of what was found its number only, and a download
  // when the file was read. Errors: the store's.
  [[nodiscard]] Status look();
  // Takes the present as known.
  [[nodiscard]] Status begin();

 private:
  const operations::Hub& hub_;
  std::ostream& out_;
  std::map<std::string, std::string> states_;  // by work id
};

// One change as a sentence, without a line end. Pure.
[[nodiscard]] std::string sentence(const operations::SettlementRow& row);

}  // namespace mlc::cli
