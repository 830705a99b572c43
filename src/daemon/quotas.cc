#include "daemon/quotas.h"

#include "amazon/repeatable_calls.h"
#include "daemon/bucket_store.h"

namespace mlc::daemon {

Result<std::vector<Quota>> quotas_of(const configuration::ConnectionSettings& settings,
                                     ports::Store& store, const runtime::Clock& clock) {
  std::vector<Quota> out;
  if (!settings.amazon) return out;
  BucketStore buckets(store);
  amazon::RateLimiter limiter(clock, buckets, runtime::seeded_random(1));
  for (const amazon::CallRow& row : amazon::kCalls) {
    const amazon::RateKey key{settings.amazon->client_id,
                              settings.selling_account + "." + settings.region, row.operation};
    MLC_TRY(auto bucket, limiter.look(key));
    out.push_back({std::string(row.name), bucket});
  }
  return out;
}

}  // namespace mlc::daemon
