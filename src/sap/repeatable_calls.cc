#include "sap/repeatable_calls.h"

#include <string>

#include "abap/metadata.h"
#include "base/expect.h"
#include "sap/function_descriptions.h"

namespace mlc::sap {

Result<abap::Structure> call(abap::Session& session, const KnownFunction& function,
                             const abap::Structure& arguments, std::string_view site_name) {
  const auto* description = find_function(function.name());
  MLC_EXPECT(description != nullptr);
  MLC_TRY_STATUS(abap::check_arguments(*description, arguments));
  return session.call(site_name.empty() ? function.name() : site_name, arguments);
}

}  // namespace mlc::sap
