// Exits and substitutions of the customer, as a fault plan orders them.
#pragma once

#include <vector>

#include "simulators/fault_plan.h"
#include "simulators/sap/posting.h"

namespace mlc::simulators::sap {

// They run inside BAPI_ACC_DOCUMENT_POST, after the checks: SAP looks at nothing again.
//   park_instead
//   substitute {field, value, from}     only lines whose value is `from`, when given
//   change_local {account, by, against} moves minor units of local currency onto the first line of
//                                       an account, from the first line of another one when named
//   translate_at {rate}                 the whole document at another rate (five decimals)
//   add_tax_line {code, base, tax}      a line of the tax table, in minor units, without an item
void run_exits(Document& document, const std::vector<FaultOrder>& orders);

}  // namespace mlc::simulators::sap
