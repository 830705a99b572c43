#include "daemon/bucket_store.h"

#include <algorithm>

namespace mlc::daemon {
namespace {

Result<std::optional<std::string>> find(ports::StoreTransaction& transaction,
                                        const std::string& key) {
  MLC_TRY(const auto buckets, transaction.buckets());
  const auto at = std::ranges::find(buckets, key, &ports::BucketRecord::key);
  if (at == buckets.end()) return std::optional<std::string>{};
  return std::optional<std::string>(at->value);
}

}  // namespace

Result<std::optional<std::string>> BucketStore::load(const std::string& key) {
  MLC_TRY(const auto transaction, store_.begin());
  return find(*transaction, key);
}

Status BucketStore::change(const std::string& key, const Change& change) {
  MLC_TRY(const auto transaction, store_.begin());
  MLC_TRY(const auto value, find(*transaction, key));
  MLC_TRY(const auto changed, change(value));
  if (!changed) return {};
  MLC_TRY_STATUS(transaction->put_bucket({key, *changed}));
  return transaction->commit();
}

}  // namespace mlc::daemon
