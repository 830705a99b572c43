#include "operations/sync.h"

#include <algorithm>

#include "flow/errors.h"
#include "flow/hold.h"
#include "operations/hub_status.h"
#include "operations/request.h"
#include "operations/words.h"

namespace mlc::operations {
namespace {

std::string words_for(const SyncResult& result, const ConnectionStatus& status) {
  if (result.answered && result.answer->reports > 0) {
    const std::string fresh =
        result.answer->fresh == 0
            ? "all known already; the newest was made at " + format_instant(*result.answer->newest)
            : std::to_string(result.answer->fresh) + " new";
    return "Amazon lists " + counted(result.answer->reports, "settlement report") + ", " + fresh;
  }
  if (result.answered) return status.why_nothing;
  if (result.error) return "not answered: " + result.error->text;
  return "not asked yet: another program has the work";
}

}  // namespace

Result<std::vector<SyncAsked>> ask_amazon(const Hub& hub, const std::string& connection) {
  MLC_TRY(const auto connections, connections_named(hub, connection, "sync"));
  MLC_TRY(const auto transaction, hub.store.begin());
  MLC_TRY(const auto works, transaction->list_work(hub.tenant, "discovery"));
  std::vector<SyncAsked> out;
  for (const auto* one : connections) {
    MLC_TRY(const auto pause, transaction->pause(hub.tenant, one->id));
    if (pause && !connection.empty()) return failure(flow::paused_error(*pause));
    const auto work = std::ranges::find(works, one->id.str(), &ports::WorkRecord::subject);
    if (work == works.end() && !connection.empty()) {
      return failure(flow::kNoReportSource, {{"connection", connection}});
    }
    if (pause || work == works.end()) continue;
    MLC_TRY_STATUS(write_request(hub, *transaction, *work, "retry", ""));
    out.push_back({one->id, work->id});
  }
  MLC_TRY_STATUS(transaction->commit());
  return out;
}

Result<std::vector<SyncResult>> sync_results(const Hub& hub, const std::vector<SyncAsked>& asked,
                                             Instant since) {
  MLC_TRY(const auto connections, connection_statuses(hub));
  std::vector<SyncResult> out;
  for (const SyncAsked& one : asked) {
    const auto now = std::ranges::find(connections, one.connection, &ConnectionStatus::id);
    if (now == connections.end()) continue;
    SyncResult result;
    result.connection = one.connection;
    result.answer = now->answer;
    result.answered = now->answer && now->answer->ended_at && *now->answer->ended_at >= since;
    result.error = now->poll_error;
    result.next_poll = now->next_poll;
    result.words = words_for(result, *now);
    out.push_back(std::move(result));
  }
  return out;
}

}  // namespace mlc::operations
