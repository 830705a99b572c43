#include "daemon/bucket_store.h"

namespace mlc::daemon {

Result<std::optional<std::string>> BucketStore::load(const std::string& key) {
  MLC_TRY(const auto transaction, store_.begin());
  return transaction->bucket(key);
}

Status BucketStore::change(const std::string& key, const Change& change) {
  MLC_TRY(const auto transaction, store_.begin());
  MLC_TRY(const auto value, transaction->bucket(key));
  MLC_TRY(const auto changed, change(value));
  if (!changed) return {};
  MLC_TRY_STATUS(transaction->put_bucket({key, *changed}));
  return transaction->commit();
}

}  // namespace mlc::daemon
