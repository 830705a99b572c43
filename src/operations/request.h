// How an operation asks for work. Private to this module.
#pragma once

#include <string>
#include <vector>

#include "operations/hub.h"

namespace mlc::operations {

// The request and the trail of who asked it, in one transaction. Errors: the store's.
[[nodiscard]] Status write_request(const Hub& hub, ports::StoreTransaction& transaction,
                                   const ports::WorkRecord& work, const std::string& verb,
                                   const std::string& argument);

// Connections of the hub's tenant; all when `name` is empty. `verb` is for messages. Errors:
// operations.read_only, .no_such_connection (with near names), .no_connection.
[[nodiscard]] Result<std::vector<const flow::Connection*>> connections_named(
    const Hub& hub, const std::string& name, const std::string& verb);

}  // namespace mlc::operations
