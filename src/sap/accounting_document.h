// Ledger documents as arguments of SAP's accounting interface.
#pragma once

#include <string>

#include "abap/value.h"
#include "base/result.h"
#include "base/time.h"
#include "ledger/manifest.h"
#include "ledger/numbered_documents.h"

namespace mlc::sap {

// Arguments of BAPI_ACC_DOCUMENT_CHECK and _POST. Amounts are external (12345 JPY is "12345") and
// in the document currency only (CURR_TYPE 00); SAP derives period, numbers and local amounts.
// BUS_ACT is RFBU; `user` becomes USERNAME. Control characters of texts become blanks, because they
// break SAP's own screens. Errors: sap.field_not_on_line.
[[nodiscard]] Result<abap::Structure> posting_arguments(const ledger::LedgerDocument& document,
                                                        const std::string& user);

// Arguments of BAPI_ACC_DOCUMENT_REV_POST for a document that SAP numbered itself (AWTYP BKPFF).
[[nodiscard]] abap::Structure reversal_arguments(const ledger::DocumentNumber& original,
                                                 const std::string& logical_system,
                                                 const std::string& reason, Date posting_date);

using ledger::object_key;
using ledger::parse_object_key;

}  // namespace mlc::sap
