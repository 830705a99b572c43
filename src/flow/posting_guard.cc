#include "flow/posting_guard.h"

#include "flow/errors.h"

namespace mlc::flow {

void PostingGuard::enter(GuardedUnit unit) {
  const std::scoped_lock lock(mutex_);
  unit_ = std::move(unit);
}

void PostingGuard::leave() {
  const std::scoped_lock lock(mutex_);
  unit_.reset();
}

std::optional<GuardedUnit> PostingGuard::current() const {
  const std::scoped_lock lock(mutex_);
  return unit_;
}

std::optional<Instant> PostingGuard::cut_at() const {
  const auto unit = current();
  if (!unit) return std::nullopt;
  return unit->since + (unit->lease_until - unit->since) / 2;
}

Status PostingGuard::record(const ports::JournalEntry& entry) {
  const auto unit = current();
  if (!unit) return failure(kLeaseLost);
  MLC_TRY(const auto transaction, store_.begin());
  MLC_TRY(const auto work, transaction->work(unit->tenant, unit->work));
  if (work.fence != unit->work_fence) return failure(kLeaseLost);
  MLC_TRY_STATUS(transaction->add_journal(unit->tenant, entry));
  return transaction->commit();
}

Status PostingGuard::may_write(const ports::Fence& fence, Instant deadline) {
  const auto unit = current();
  if (!unit) return failure(kLeaseLost);
  const Instant now = clock_.now();
  if (now >= deadline) return failure(kDeadlinePassed, {{"deadline", format_instant(deadline)}});
  MLC_TRY(const auto transaction, store_.begin());
  MLC_TRY(const auto work, transaction->work(unit->tenant, unit->work));
  if (work.fence != unit->work_fence) return failure(kLeaseLost);
  MLC_TRY(const auto holder, transaction->holder(unit->identity, unit->company_code));
  if (!holder || holder->owner != unit->worker || holder->fence != fence ||
      now >= holder->lease_until) {
    return failure(kLeaseLost);
  }
  return {};
}

}  // namespace mlc::flow
