#include "ledger/settlement.h"

namespace mlc::ledger {

Sign sign_of(const Money& amount) { return sign_of_minor(amount.minor()); }

}  // namespace mlc::ledger
