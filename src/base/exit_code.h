// Exit codes of every program of the project. The list is documented in docs/formats/exit-codes.md.
#pragma once

namespace mlc {

// Numbers reach scripts and schedulers: they are fixed.
enum class ExitCode : int {
  kOk = 0,           // everything asked was done
  kAttention = 1,    // done as far as possible; something waits for a person (`exceptions`)
  kUsage = 2,        // the command line is wrong
  kBadInput = 3,     // a file, configuration or rule set cannot be used as it is
  kRefused = 4,      // a rule of the product or of SAP forbids it; nothing was written
  kInDoubt = 5,      // SAP may or may not hold a document; only reading resolves it
  kUnavailable = 6,  // Amazon, SAP, the disk or the database cannot be reached now; try later
  kNotFound = 7,     // the thing named does not exist here
  kTampered = 8,     // audit trail or evidence does not agree with its proofs
  kInternal = 70,    // a fault of this program
};

}  // namespace mlc
