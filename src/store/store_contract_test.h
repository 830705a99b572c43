// The contract of ports::Store as tests over any implementation. An implementation's test file
// instantiates the suite with its factory:
//   INSTANTIATE_TEST_SUITE_P(SqliteFile, StoreContract, testing::Values(factory), name_of);
// A factory that makes nothing skips the test.
#pragma once

#include <functional>
#include <gtest/gtest.h>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <type_traits>

#include "ports/store.h"

namespace mlc::store {

// An empty store and what keeps it alive. `again` opens the same store a second time, as another
// process does; nullptr where that is impossible.
class StoreFixture {
 public:
  virtual ~StoreFixture() = default;
  virtual ports::Store& store() = 0;
  virtual ports::Store* again() = 0;
};

struct StoreFactory {
  std::string name;
  std::function<std::unique_ptr<StoreFixture>()> make;
};
inline void PrintTo(const StoreFactory& factory, std::ostream* out) { *out << factory.name; }
inline std::string name_of(const testing::TestParamInfo<StoreFactory>& info) {
  return info.param.name;
}

// 2026-11-23T12:00:00Z plus seconds.
[[nodiscard]] inline Instant at(int seconds) {
  return Instant{Duration{1795435200000}} + std::chrono::seconds(seconds);
}

// Records with every field filled, for round trips.
[[nodiscard]] inline const TenantId& tenant() {
  static const TenantId id{"acme"};
  return id;
}
[[nodiscard]] ports::WorkRecord work_record(const std::string& id, Instant due);
[[nodiscard]] ports::SettlementRecord settlement_record(const std::string& work,
                                                        const std::string& settlement_id);
[[nodiscard]] ports::DocumentRecord document_record(const std::string& work,
                                                    const std::string& part);
[[nodiscard]] ports::SystemIdentity identity();
[[nodiscard]] ports::StoredError stored_error();
[[nodiscard]] ports::Request request(const std::string& verb, int second);

// The value of a Result, or a named test failure and an abort of the test through an exception.
template <class T>
[[nodiscard]] T must(Result<T> result) {
  if (!result) throw std::runtime_error(result.error().explain());
  return std::move(*result);
}
inline void must(const Status& status) {
  if (!status) throw std::runtime_error(status.error().explain());
}
template <class T>
[[nodiscard]] std::string error_of(const Result<T>& result) {
  return result ? std::string("no error") : std::string(result.error().id());
}

class StoreContract : public testing::TestWithParam<StoreFactory> {
 protected:
  void SetUp() override {
    fixture_ = GetParam().make();
    if (fixture_ == nullptr)
      GTEST_SKIP() << GetParam().name << " is not installed: not tested on it";
  }
  [[nodiscard]] ports::Store& store() { return fixture_->store(); }
  [[nodiscard]] StoreFixture& fixture() { return *fixture_; }

  // One transaction around one action.
  template <class Action>
  auto in_transaction(Action action) {
    auto transaction = must(store().begin());
    if constexpr (std::is_void_v<decltype(action(*transaction))>) {
      action(*transaction);
      must(transaction->commit());
    } else {
      auto result = action(*transaction);
      must(transaction->commit());
      return result;
    }
  }
  void add(const ports::WorkRecord& work);
  [[nodiscard]] std::optional<ports::WorkRecord> claim(Instant now,
                                                       const std::string& owner = "w1");

 private:
  std::unique_ptr<StoreFixture> fixture_;
};

}  // namespace mlc::store
