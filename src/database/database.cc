#include "database/database.h"

#include <atomic>
#include <mutex>
#include <thread>

#include "base/expect.h"
#include "database/driver.h"
#include "database/errors.h"

namespace mlc::database {

bool is_duplicate(const Error& error) {
  if (!error.is(kConstraint)) return false;
  const auto constraint = error.fact("constraint");
  return constraint == "unique" || constraint == "primary_key";
}

struct Database::State {
  std::unique_ptr<Driver> driver;
  std::mutex mutex;
  std::atomic<std::thread::id> holder;  // the thread whose transaction is open
};

struct Transaction::State {
  State(Driver& d, std::unique_lock<std::mutex> l, std::atomic<std::thread::id>& h)
      : driver(d), lock(std::move(l)), holder(h) {}
  State(const State&) = delete;
  State& operator=(const State&) = delete;
  ~State() {
    if (!committed) driver.rollback();
    holder = std::thread::id{};
  }
  Driver& driver;
  std::unique_lock<std::mutex> lock;
  std::atomic<std::thread::id>& holder;
  bool committed = false;
};

Transaction::Transaction(std::unique_ptr<State> state) : state_(std::move(state)) {}
Transaction::Transaction(Transaction&& other) noexcept = default;
Transaction::~Transaction() = default;

Result<std::int64_t> Transaction::execute(const Sql& sql, const Values& values) {
  MLC_EXPECT(state_ != nullptr);
  return state_->driver.run(sql, values, nullptr);
}

Result<std::vector<Row>> Transaction::query(const Sql& sql, const Values& values) {
  MLC_EXPECT(state_ != nullptr);
  std::vector<Row> rows;
  MLC_TRY_STATUS(state_->driver.run(sql, values, [&](const Row& row) -> Status {
    rows.push_back(row);
    return {};
  }));
  return rows;
}

Result<std::optional<Row>> Transaction::query_one(const Sql& sql, const Values& values) {
  MLC_TRY(auto rows, query(sql, values));
  if (rows.empty()) return std::optional<Row>{};
  return std::optional<Row>(std::move(rows.front()));
}

Status Transaction::each(const Sql& sql, const Values& values,
                         const std::function<Status(const Row&)>& use) {
  MLC_EXPECT(state_ != nullptr);
  return state_->driver.walk(sql, values, use);
}

Dialect Transaction::dialect() const {
  MLC_EXPECT(state_ != nullptr);
  return state_->driver.dialect();
}

Status Transaction::script(const Sql& sql) {
  MLC_EXPECT(state_ != nullptr);
  return state_->driver.script(sql);
}

Status Transaction::commit() {
  MLC_EXPECT(state_ != nullptr);
  MLC_TRY_STATUS(state_->driver.commit());
  state_->committed = true;
  state_.reset();
  return {};
}

Database::Database(std::unique_ptr<State> state) : state_(std::move(state)) {}
Database::~Database() = default;

Result<std::unique_ptr<Database>> Database::open(const Settings& settings) {
  auto state = std::make_unique<State>();
  MLC_TRY(state->driver, settings.server ? open_postgres(settings) : open_sqlite(settings));
  return std::unique_ptr<Database>(new Database(std::move(state)));
}

Result<Transaction> Database::start(bool writing) {
  MLC_EXPECT(state_->holder != std::this_thread::get_id());
  std::unique_lock<std::mutex> lock(state_->mutex);
  MLC_TRY_STATUS(state_->driver->begin(writing));
  state_->holder = std::this_thread::get_id();
  return Transaction(
      std::make_unique<Transaction::State>(*state_->driver, std::move(lock), state_->holder));
}

Result<Transaction> Database::begin() { return start(true); }
Result<Transaction> Database::read() { return start(false); }

Status Database::backup_to(const std::filesystem::path& target) {
  MLC_EXPECT(state_->holder != std::this_thread::get_id());
  const std::lock_guard<std::mutex> lock(state_->mutex);
  return state_->driver->backup_to(target);
}

Status Database::check_integrity() {
  MLC_EXPECT(state_->holder != std::this_thread::get_id());
  const std::lock_guard<std::mutex> lock(state_->mutex);
  return state_->driver->check_integrity();
}

std::string Database::name() const { return state_->driver->name(); }
Dialect Database::dialect() const { return state_->driver->dialect(); }

}  // namespace mlc::database
