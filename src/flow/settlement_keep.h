// What an answer of SAP leaves in the records: documents with their numbers, letters, the control.
#pragma once

#include <vector>

#include "flow/settlement_posting.h"

namespace mlc::flow {

// The documents as the judgement shows them; those it says nothing of are left out.
[[nodiscard]] std::vector<ports::DocumentRecord> updated_documents(
    const StepInput& input, const PostingSubject& subject, const ledger::Judgement& judgement);

// The trail holds what the records of documents come to, so that one cannot be changed beside it.
void tell_documents(const std::vector<ports::DocumentRecord>& now, const PostingSubject& subject,
                    Decision& decision);

// Keeps settlement, documents and, after a post, the positive control.
[[nodiscard]] Writes keep(const StepInput& input, const PostingSubject& subject,
                          const SapAnswer& answer);

}  // namespace mlc::flow
