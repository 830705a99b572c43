// Every event that a running hub writes with `[observe] log = "json"` (docs/formats/observe.md).
#pragma once

#include <array>

#include "runtime/event_log.h"

namespace mlc::daemon {

using runtime::EventKind;
using runtime::Severity;

inline constexpr EventKind kHubStarted{"hub.started", Severity::kInfo, "version state connections"};
inline constexpr EventKind kHubStopped{"hub.stopped", Severity::kInfo, ""};
inline constexpr EventKind kHubTrouble{"hub.trouble", Severity::kError, "error text cure written"};
inline constexpr EventKind kListening{"observe.listening", Severity::kInfo, "address"};
inline constexpr EventKind kNotice{"amazon.notice", Severity::kWarning, "error text cure written"};
inline constexpr EventKind kWorkMoved{"work.moved", Severity::kInfo, "kind subject actor from to"};
inline constexpr EventKind kWorkWaits{"work.waits", Severity::kWarning,
                                      "kind subject actor from to error text cure written"};
inline constexpr EventKind kWorkRefused{"work.refused", Severity::kWarning,
                                        "kind subject actor from to error text cure written"};

inline constexpr std::array kEvents{&kHubStarted, &kHubStopped, &kHubTrouble, &kListening,
                                    &kNotice,     &kWorkMoved,  &kWorkWaits,  &kWorkRefused};

}  // namespace mlc::daemon
