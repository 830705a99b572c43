// The interfaces of the function modules we call, as ECC 6.0 publishes them.
#pragma once

#include <string_view>
#include <vector>

#include "abap/metadata.h"

namespace mlc::sap {

// Used to check arguments before they are sent, and as the minimum that a system's own description
// must contain. They name the fields we know, not the byte layout of a structure. Static storage;
// thread-safe.
[[nodiscard]] const std::vector<abap::FunctionDescription>& all_functions();
[[nodiscard]] const std::vector<abap::StructureDescription>& all_structures();

// nullptr when there is none of that name.
[[nodiscard]] const abap::FunctionDescription* find_function(std::string_view name);
[[nodiscard]] const abap::StructureDescription* find_structure(std::string_view name);

}  // namespace mlc::sap
