#include "store/store_journal.h"

#include "store/errors.h"
#include "store/record_text.h"

namespace mlc::store {

Status StoreJournal::record(const ports::JournalEntry& entry) {
  MLC_TRY(const auto transaction, store_.begin());
  MLC_TRY(const auto work, transaction->work(tenant_, work_));
  if (work.fence != fence_) {
    return failure(kLeaseLost, {{"work", work_.str()},
                                {"revision", "unknown"},
                                {"fence", fence_text(fence_)},
                                {"found_revision", std::to_string(work.revision)},
                                {"found_fence", fence_text(work.fence)}});
  }
  MLC_TRY_STATUS(transaction->add_journal(tenant_, entry));
  return transaction->commit();
}

}  // namespace mlc::store
