// What a customer built in ABAP: the posting fence of docs/formats/sap-fence.md. Written from that
// page alone.
#pragma once

#include <string>
#include <string_view>

#include "abap/metadata.h"
#include "simulators/sap/session.h"

namespace mlc::simulators::sap {

// The contract's description when the site installed a module of this name; nullptr otherwise.
[[nodiscard]] const abap::FunctionDescription* find_site_function(Books& books,
                                                                  std::string_view name);

// Errors: abap.exception with FU_NOT_FOUND (taken away meanwhile) or an exception of the contract.
[[nodiscard]] Result<abap::Structure> run_site_function(const Call& call,
                                                        const std::string& function,
                                                        const abap::Structure& arguments);

}  // namespace mlc::simulators::sap
