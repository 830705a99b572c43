#include "ledger/settlement.h"

namespace mlc::ledger {

Sign sign_of(const Money& amount) {
  if (amount.is_zero()) return Sign::kZero;
  return amount.is_negative() ? Sign::kNegative : Sign::kPositive;
}

}  // namespace mlc::ledger
