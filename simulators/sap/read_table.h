// RFC_READ_TABLE, the classic version.
#pragma once

#include <string>

#include "abap/value.h"
#include "base/result.h"
#include "simulators/sap/books_file.h"

namespace mlc::simulators::sap {

// `empty` makes the table look as if it had no rows. Errors: abap.exception with the function's own
// exceptions, abap.bad_value for a field width that the call cannot have.
[[nodiscard]] Result<abap::Structure> read_table(Books& books, const std::string& client,
                                                 const std::string& user,
                                                 const abap::Structure& arguments, bool empty);

// DDIF_FIELDINFO_GET. Errors: abap.exception NOT_FOUND.
[[nodiscard]] Result<abap::Structure> field_info(const abap::Structure& arguments);

}  // namespace mlc::simulators::sap
