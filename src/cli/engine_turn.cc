#include "cli/engine_turn.h"

#include "operations/verbs.h"

namespace mlc::cli {
namespace {

// Half a minute: a command that asks SAP and posts takes seconds.
constexpr int kLooks = 150;
constexpr std::chrono::milliseconds kLookEvery{200};

Result<bool> all_rest(const operations::Hub& hub, const std::vector<WorkId>& works) {
  for (const WorkId& work : works) {
    MLC_TRY(const bool rest, operations::rests(hub, work));
    if (!rest) return false;
  }
  return true;
}

// True when the engine is here; false when `enough` said so, or after the last look.
template <class Enough>
Result<bool> wait(const Session& session, daemon::HubProcess& process, Enough enough) {
  MLC_TRY(bool here, process.take_engine());
  if (here) return true;
  ProgressLine progress(session.around);
  progress.show("another ml-connector works on " + session.line.state.string() + "; waiting");
  const auto sleeper = runtime::thread_sleeper();
  for (int look = 0; look < kLooks; ++look) {
    MLC_TRY(const bool over, enough());
    if (over) return false;
    sleeper->sleep(kLookEvery);
    MLC_TRY(here, process.take_engine());
    if (here) return true;
  }
  return false;
}

}  // namespace

Result<bool> carry_out(const Session& session, daemon::HubProcess& process,
                       const std::vector<WorkId>& works) {
  MLC_TRY(const bool here, wait(session, process, [&] { return all_rest(process.hub(), works); }));
  if (here) {
    ProgressLine progress(session.around);
    MLC_TRY_STATUS(process.run_until_idle(
        [&](std::uint64_t steps) { progress.show(counted(steps, "step")); }));
  }
  return all_rest(process.hub(), works);
}

Result<bool> wait_for_engine(const Session& session, daemon::HubProcess& process) {
  return wait(session, process, [] { return Result<bool>(false); });
}

}  // namespace mlc::cli
