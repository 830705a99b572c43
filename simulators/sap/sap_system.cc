#include "simulators/sap/sap_system.h"

#include <algorithm>
#include <mutex>
#include <utility>
#include <vector>

#include "abap/errors.h"
#include "abap/metadata.h"
#include "simulators/sap/fault_hands.h"
#include "simulators/sap/function_library.h"
#include "simulators/sap/session.h"
#include "simulators/sap/site_functions.h"
#include "simulators/sap/update_task.h"

namespace mlc::simulators::sap {
namespace {

const FaultOrder* find_kind(const std::vector<FaultOrder>& orders, std::string_view kind) {
  const auto found = std::find_if(orders.begin(), orders.end(),
                                  [&](const FaultOrder& one) { return one.kind == kind; });
  return found != orders.end() ? &*found : nullptr;
}

tl::unexpected<Error> broken(const ErrorKind& kind, const std::string& function, Written written,
                             std::string message = "") {
  std::vector<Fact> facts{{"function", function}};
  if (!message.empty()) facts.push_back({"message", std::move(message)});
  return failure(Error(kind, std::move(facts)).with_written(written));
}

// A call of a session whose client is gone, and its end.
struct LateCall {
  Instant due;
  std::uint64_t session = 0;
  std::string function;  // empty: only the end
  abap::Structure arguments;
};

}  // namespace

bool ends_session(const Error& error) {
  return error.is(abap::kMessageAbort) || error.is(abap::kRuntimeFailure) ||
         error.is(abap::kCommunicationFailure) || error.is(abap::kTimeout) ||
         error.is(abap::kSessionClosed);
}

// Everything below runs under the mutex.
struct SapSystem::State {
  SystemSettings settings;
  std::unique_ptr<Books> books;
  FaultPlan* faults = nullptr;
  mutable std::mutex mutex;
  std::map<std::uint64_t, Session> sessions;
  LockTable locks;
  std::vector<LateCall> late;  // in order of arrival
  std::uint64_t last_id = 0;

  std::vector<FaultOrder> visit(std::string_view where) {
    return faults != nullptr ? faults->visit(where) : std::vector<FaultOrder>{};
  }

  void end(std::uint64_t id) {
    sessions.erase(id);
    locks.end_session(id);
  }

  void drop_idle(Instant now) {
    if (!settings.idle_limit) return;
    for (auto& [id, session] : sessions) {
      if (session.abandoned || session.dropped || session.last_call + *settings.idle_limit > now) {
        continue;
      }
      session.dropped = true;
      session.buffer.clear();
      locks.end_session(id);
    }
  }

  void end_all() {
    while (!sessions.empty()) end(sessions.begin()->first);
    late.clear();
  }

  [[nodiscard]] std::size_t live_sessions() const {
    return static_cast<std::size_t>(std::count_if(
        sessions.begin(), sessions.end(),
        [](const auto& one) { return !one.second.abandoned && !one.second.dropped; }));
  }

  Result<abap::Structure> execute(Session& session, const std::string& function,
                                  const abap::Structure& arguments, Instant now,
                                  const std::vector<FaultOrder>& orders) {
    const Call call{*books,           session,       locks, settings.system_id,
                    settings.release, settings.host, now,   orders};
    return run_function(call, function, arguments);
  }

  void run_late_call(std::size_t index) {
    const LateCall call = late[index];
    late.erase(late.begin() + static_cast<std::ptrdiff_t>(index));
    const auto session = sessions.find(call.session);
    if (session == sessions.end()) return;
    if (!call.function.empty()) {
      (void)execute(session->second, call.function, call.arguments, call.due, {});
    }
    end(call.session);
  }

  // In order of their due times; a late call before an update of the same moment.
  void tick(Instant now) {
    drop_idle(now);
    for (;;) {
      std::size_t first = late.size();
      for (std::size_t i = 0; i < late.size(); ++i) {
        if (late[i].due <= now && (first == late.size() || late[i].due < late[first].due))
          first = i;
      }
      const auto update = next_update(*books);
      const bool update_due = update && *update <= now;
      if (first != late.size() && (!update_due || late[first].due <= *update)) {
        run_late_call(first);
      } else if (update_due) {
        run_updates(*books, *update);
      } else {
        return;
      }
    }
  }

  void move_hands(const std::vector<FaultOrder>& orders, Instant now) {
    Hands hands(*books, settings.client, now);
    for (const auto& order : orders) {
      if (move_hand(hands, order, now) && order.kind == "restore") end_all();
    }
  }

  // A fault that strikes instead of the execution.
  std::optional<Answer> instead(const std::vector<FaultOrder>& orders, std::uint64_t id,
                                const std::string& function, const abap::Structure& arguments,
                                Instant now) {
    if (const auto* order = find_kind(orders, "execute_late")) {
      sessions.at(id).abandoned = true;
      const auto due = now + std::chrono::seconds(order->number("seconds", 600));
      late.push_back({due, id, function, arguments});
      return broken(abap::kCommunicationFailure, function, Written::kPerhaps);
    }
    if (const auto* order = find_kind(orders, "linger")) {
      sessions.at(id).abandoned = true;
      late.push_back({now + std::chrono::seconds(order->number("seconds", 600)), id, "", {}});
      return broken(abap::kCommunicationFailure, function, Written::kPerhaps);
    }
    if (find_kind(orders, "drop_before") != nullptr) {
      end(id);
      return broken(abap::kCommunicationFailure, function, Written::kPerhaps);
    }
    if (const auto* order = find_kind(orders, "runtime_failure")) {
      end(id);
      return broken(abap::kRuntimeFailure, function, Written::kNo,
                    order->parameter("text", "TIME_OUT"));
    }
    if (const auto* order = find_kind(orders, "message_abort")) {
      end(id);
      return failure(Error(abap::kMessageAbort, {{"function", function},
                                                 {"id", order->parameter("id", "00")},
                                                 {"number", order->parameter("number", "001")},
                                                 {"message", order->parameter("text")}})
                         .with_written(Written::kNo));
    }
    if (const auto* order = find_kind(orders, "exception")) {
      return failure(abap::kException,
                     {{"function", function}, {"key", order->parameter("key", "NOT_AUTHORIZED")}});
    }
    return std::nullopt;
  }

  // What a client library and the function module's interface refuse.
  Status accept(const abap::FunctionDescription* description, const std::string& function,
                std::uint64_t id, const abap::Structure& arguments) {
    if (description == nullptr) {
      return failure(abap::kException, {{"function", function}, {"key", "FU_NOT_FOUND"}});
    }
    MLC_TRY_STATUS(abap::check_arguments(*description, arguments));
    for (const auto& parameter : description->parameters) {
      const bool import = parameter.direction == abap::Direction::kImport;
      if (parameter.optional || !import || arguments.contains(parameter.field.name)) continue;
      end(id);
      return broken(abap::kRuntimeFailure, function, Written::kNo,
                    "CALL_FUNCTION_PARM_MISSING " + parameter.field.name);
    }
    return {};
  }

  Answer call(std::uint64_t id, const std::string& function, const abap::Structure& arguments,
              Instant now) {
    tick(now);
    const auto open = [&] { return sessions.contains(id) && !sessions.at(id).abandoned; };
    if (!open()) return broken(abap::kSessionClosed, function, Written::kNo);
    if (sessions.at(id).dropped) {
      end(id);
      return broken(abap::kCommunicationFailure, function, Written::kPerhaps);
    }
    sessions.at(id).last_call = now;
    const auto* description = find_function(function);
    if (description == nullptr) description = find_site_function(*books, function);
    MLC_TRY_STATUS(accept(description, function, id, arguments));
    auto orders = visit(function);
    if (function == "BAPI_TRANSACTION_COMMIT") {
      const auto more = visit("commit");
      orders.insert(orders.end(), more.begin(), more.end());
    }
    move_hands(orders, now);
    if (!open()) return broken(abap::kCommunicationFailure, function, Written::kPerhaps);
    const auto received = as_received(*description, arguments);
    if (auto answer = instead(orders, id, function, received, now)) return std::move(*answer);
    auto answer = execute(sessions.at(id), function, received, now, orders);
    const bool dropped = find_kind(orders, "drop_after") != nullptr;
    if (dropped || find_kind(orders, "timeout") != nullptr) {
      end(id);
      return broken(dropped ? abap::kCommunicationFailure : abap::kTimeout, function,
                    Written::kPerhaps);
    }
    return answer;
  }

  Status may_log_on(const std::string& user, const Secret& password, const std::string& client) {
    const auto refuse = [](std::string message) {
      return failure(abap::kLogonFailed, {{"message", std::move(message)}});
    };
    for (const auto& order : visit("logon")) {
      if (order.kind == "no_session_free") return failure(abap::kNoSessionFree);
      if (order.kind == "logon_failed") return refuse(order.parameter("text", "User is locked"));
      if (order.kind == "communication_failure" || order.kind == "drop_before") {
        return broken(abap::kCommunicationFailure, "logon", Written::kNo);
      }
    }
    if (!books->exists("T000", {{"MANDT", client}})) return refuse("Client is not available");
    const auto entry = books->find("zsim_user", {{"MANDT", client}, {"BNAME", user}});
    if (!entry || at(*entry, "PASSWORD") != password.reveal()) {
      return refuse("Name or password is incorrect");
    }
    if (at(*entry, "LOCKED") == "X") return refuse("User is locked. Notify person responsible");
    if (live_sessions() >= settings.max_sessions) return failure(abap::kNoSessionFree);
    return {};
  }
};

SapSystem::SapSystem(std::unique_ptr<State> state) : state_(std::move(state)) {}
SapSystem::~SapSystem() = default;

Result<std::unique_ptr<SapSystem>> SapSystem::open(SystemSettings settings,
                                                   const Landscape& landscape, FaultPlan* faults) {
  MLC_TRY(auto books, Books::open(settings.books, settings.durable));
  try {
    load_landscape(*books, landscape);
  } catch (const BooksFailure& caught) {
    return failure(kBooksUnusable,
                   {{"directory", settings.books.string()}, {"reason", caught.what()}});
  }
  auto state = std::make_unique<State>();
  state->settings = std::move(settings);
  state->books = std::move(books);
  state->faults = faults;
  return std::unique_ptr<SapSystem>(new SapSystem(std::move(state)));
}

Result<SessionId> SapSystem::open_session(const std::string& user, const Secret& password,
                                          const std::string& client, Instant now) {
  const std::lock_guard lock(state_->mutex);
  try {
    state_->tick(now);
    MLC_TRY_STATUS(state_->may_log_on(user, password, client));
    const auto id = ++state_->last_id;
    state_->sessions[id] = Session{id, user, client, {}, false, now};
    return SessionId{id};
  } catch (const BooksFailure& caught) {
    return failure(abap::kLogonFailed, {{"message", caught.what()}});
  }
}

Answer SapSystem::call(SessionId session, std::string_view function,
                       const abap::Structure& arguments, Instant now) {
  const std::lock_guard lock(state_->mutex);
  const auto id = static_cast<std::uint64_t>(session);
  try {
    return state_->call(id, std::string(function), arguments, now);
  } catch (const BooksFailure& caught) {
    state_->end(id);
    return broken(abap::kRuntimeFailure, std::string(function), Written::kNo,
                  std::string("DBIF_RSQL_SQL_ERROR ") + caught.what());
  }
}

void SapSystem::close_session(SessionId session) {
  const std::lock_guard lock(state_->mutex);
  const auto found = state_->sessions.find(static_cast<std::uint64_t>(session));
  // An abandoned session no longer hears its client.
  if (found == state_->sessions.end() || found->second.abandoned) return;
  state_->end(found->first);
}

void SapSystem::tick(Instant now) {
  const std::lock_guard lock(state_->mutex);
  state_->tick(now);
}

std::optional<Instant> SapSystem::next_due() const {
  const std::lock_guard lock(state_->mutex);
  auto due = next_update(*state_->books);
  for (const auto& call : state_->late) {
    if (!due || call.due < *due) due = call.due;
  }
  return due;
}

void SapSystem::by_hand(Instant now, const std::function<void(Hands&)>& work) {
  const std::lock_guard lock(state_->mutex);
  const auto restores = [this] {
    return state_->books->query("SELECT ID FROM zsim_event WHERE WHAT = 'restore'").size();
  };
  const auto before = restores();
  Hands hands(*state_->books, state_->settings.client, now);
  work(hands);
  if (restores() != before) state_->end_all();
}

abap::SystemAttributes SapSystem::attributes(SessionId session) const {
  const std::lock_guard lock(state_->mutex);
  const auto& settings = state_->settings;
  const auto found = state_->sessions.find(static_cast<std::uint64_t>(session));
  if (found == state_->sessions.end()) return {};
  return {settings.system_id, found->second.client, found->second.user, settings.host,
          settings.release};
}

std::size_t SapSystem::open_sessions() const {
  const std::lock_guard lock(state_->mutex);
  return state_->sessions.size();
}

}  // namespace mlc::simulators::sap
