// A store whose process may die before and after every commit. The witness learns what is durable.
#pragma once

#include <memory>

#include "ports/store.h"
#include "tests/simulation/mishaps.h"
#include "tests/simulation/witness.h"

namespace mlc::simulation {

// One per worker, over the shared store.
class MishapStore final : public ports::Store {
 public:
  MishapStore(ports::Store& inner, Mishaps& mishaps, Witness& witness)
      : inner_(inner), mishaps_(mishaps), witness_(witness) {}
  [[nodiscard]] Result<std::unique_ptr<ports::StoreTransaction>> begin() override;
  [[nodiscard]] std::uint64_t epoch() const override { return inner_.epoch(); }

 private:
  ports::Store& inner_;
  Mishaps& mishaps_;
  Witness& witness_;
};

}  // namespace mlc::simulation
