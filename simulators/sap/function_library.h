// Descriptions of the function modules the simulated system offers, ECC 6 widths.
#pragma once

#include <string_view>
#include <vector>

#include "abap/metadata.h"

namespace mlc::simulators::sap {

// nullptr when the system has no such remote-enabled module. Static storage.
[[nodiscard]] const abap::FunctionDescription* find_function(std::string_view name);
[[nodiscard]] const std::vector<abap::FunctionDescription>& all_functions();
// Modules that a customer may have built, by the name of their contract; nullptr when there is no
// such contract.
[[nodiscard]] const abap::FunctionDescription* find_contract(std::string_view name);

// Pads NUMC with zeros and drops trailing blanks, as the values arrive in ABAP.
[[nodiscard]] abap::Structure as_received(const abap::FunctionDescription& function,
                                          const abap::Structure& arguments);

}  // namespace mlc::simulators::sap
