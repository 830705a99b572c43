#include "daemon/bucket_store.h"

#include <algorithm>

namespace mlc::daemon {

Result<std::optional<std::string>> BucketStore::load(const std::string& key) {
  MLC_TRY(const auto transaction, store_.begin());
  MLC_TRY(const auto buckets, transaction->buckets());
  const auto at = std::ranges::find(buckets, key, &ports::BucketRecord::key);
  if (at == buckets.end()) return std::optional<std::string>{};
  return std::optional<std::string>(at->value);
}

Status BucketStore::save(const std::string& key, const std::string& value) {
  MLC_TRY(const auto transaction, store_.begin());
  MLC_TRY_STATUS(transaction->put_bucket({key, value}));
  return transaction->commit();
}

}  // namespace mlc::daemon
