// What the audit trail tells of a document, and what `audit verify` compares its record with.
#pragma once

#include <string>

#include "ports/store.h"

namespace mlc::ports {

// "posted 1000/0100000000/2026", with " reversed by 1000/0100000004/2026" when that is known.
[[nodiscard]] inline std::string told_of(const DocumentRecord& document) {
  std::string out = document.outcome;
  if (document.number) out += " " + document.number->text();
  if (document.reversed_by) out += " reversed by " + document.reversed_by->text();
  return out;
}

}  // namespace mlc::ports
