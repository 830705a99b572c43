// SAP's books as tables for a person, read with SQL and without the product's reader.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "simulators/sap/books_file.h"

namespace mlc::scenarios {

using Columns = std::map<std::string, std::string>;

// Every document but the opening one, in the order in which SAP got them. Columns: reference,
// status (posted, parked, deleted, reversed, reversal), type, posting date, document date, period,
// user, header text, currency.
[[nodiscard]] std::vector<Columns> documents_of(simulators::sap::Books& books);

// Lines of posted documents that are neither reversed nor a reversal. Columns: reference, account
// (the vendor's or customer's number on their lines), kind (G/L, vendor, customer), cost centre,
// profit centre, tax code, payment block, assignment, text, amount, local amount, stored amount
// (document currency as SAP's tables hold it). Debit positive.
[[nodiscard]] std::vector<Columns> posted_lines_of(simulators::sap::Books& books);

// Debit minus credit of an account over all posted documents, reversals included; one currency.
[[nodiscard]] std::string balance_of(simulators::sap::Books& books, const std::string& account);

// What may never be: a posted document that does not add up to zero in both currencies. Empty when
// all is well.
[[nodiscard]] std::string complaint_about(simulators::sap::Books& books);
// The same of two live documents for one part of a settlement.
[[nodiscard]] std::string double_in(simulators::sap::Books& books);

// What is left per assignment (ZUONR) on an account: those that do not come to zero.
[[nodiscard]] std::vector<Columns> open_items_of(simulators::sap::Books& books,
                                                 const std::string& account);

}  // namespace mlc::scenarios
