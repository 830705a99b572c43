// A store whose process may die before and after every commit.
#pragma once

#include <memory>

#include "ports/store.h"
#include "tests/simulation/mishaps.h"

namespace mlc::simulation {

// One per worker, over the shared store.
class MishapStore final : public ports::Store {
 public:
  MishapStore(ports::Store& inner, Mishaps& mishaps) : inner_(inner), mishaps_(mishaps) {}
  [[nodiscard]] Result<std::unique_ptr<ports::StoreTransaction>> begin() override;
  [[nodiscard]] std::uint64_t epoch() const override { return inner_.epoch(); }

 private:
  ports::Store& inner_;
  Mishaps& mishaps_;
};

}  // namespace mlc::simulation
