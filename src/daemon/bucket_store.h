// Amazon's rate buckets in the hub's store.
#pragma once

#include "amazon/rate_limiter.h"
#include "ports/store.h"

namespace mlc::daemon {

// Thread-safe; each call is a transaction of its own, so none may be open on this thread.
class BucketStore final : public amazon::RateBucketStore {
 public:
  explicit BucketStore(ports::Store& store) : store_(store) {}
  [[nodiscard]] Result<std::optional<std::string>> load(const std::string& key) override;
  [[nodiscard]] Status change(const std::string& key, const Change& change) override;

 private:
  ports::Store& store_;
};

}  // namespace mlc::daemon
