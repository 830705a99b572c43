#include "ledger/streams.h"

#include <algorithm>
#include <array>
#include <tuple>

#include "ledger/text.h"

namespace mlc::ledger {
namespace {

using Places = std::vector<std::size_t>;

constexpr std::string_view kHeldBack = "current reserve amount";
constexpr std::string_view kReleased = "previous reserve amount balance";
constexpr auto kShortestGap = std::chrono::hours(12);

// The settlements of one currency, and what is known of their order.
class Chain {
 public:
  Chain(const std::vector<StreamSettlement>& all, Places mine) : all_(all), mine_(std::move(mine)) {
    links_.resize(mine_.size());
    followed_.resize(mine_.size(), false);
  }

  // `mine_` is in the order of time; places below are places in it.
  std::vector<Stream> streams() {
    join_windows([this](std::size_t a, std::size_t b) { return reserve_agrees(a, b); });
    join_windows([](std::size_t, std::size_t) { return true; });
    mark_unclear([this](std::size_t a, std::size_t b) { return touches(a, b); });
    join_over_gaps();
    mark_unclear([this](std::size_t a, std::size_t b) { return stopped_before(a, b); });
    return in_order();
  }

 private:
  struct Found {
    Continuity continuity = Continuity::kFirst;
    std::optional<std::size_t> before;
    Places perhaps;
  };

  const StreamSettlement& at(std::size_t place) const { return all_[mine_[place]]; }
  bool open(std::size_t place) const {
    return links_[place].continuity == Continuity::kFirst && !links_[place].before;
  }
  bool touches(std::size_t a, std::size_t b) const {
    return at(a).end == at(b).start && at(a).start < at(b).start;
  }
  bool stopped_before(std::size_t a, std::size_t b) const {
    return at(a).end + kShortestGap <= at(b).start;
  }
  bool reserve_agrees(std::size_t a, std::size_t b) const {
    const auto left = at(a).held.plus(at(b).released);
    return left && left->is_zero();
  }

  // Those that nothing follows yet and for which the test holds.
  template <class Test>
  Places candidates(std::size_t place, Test test) const {
    Places out;
    for (std::size_t i = 0; i < mine_.size(); ++i) {
      if (i != place && !followed_[i] && test(i, place)) out.push_back(i);
    }
    return out;
  }
  template <class Test>
  Places claimants(std::size_t place, Test test) const {
    Places out;
    for (std::size_t i = 0; i < mine_.size(); ++i) {
      if (i != place && open(i) && test(place, i)) out.push_back(i);
    }
    return out;
  }

  void join(std::size_t before, std::size_t after, Continuity continuity) {
    links_[after].continuity = continuity;
    links_[after].before = before;
    followed_[before] = true;
  }

  // One ends where the other begins, and each is the only one for the other.
  template <class Agrees>
  void join_windows(Agrees agrees) {
    const auto test = [&](std::size_t a, std::size_t b) { return touches(a, b) && agrees(a, b); };
    for (std::size_t i = 0; i < mine_.size(); ++i) {
      if (!open(i)) continue;
      const Places possible = candidates(i, test);
      if (possible.size() != 1 || claimants(possible.front(), test).size() != 1) continue;
      join(possible.front(), i,
           reserve_agrees(possible.front(), i) ? Continuity::kFollows : Continuity::kReserveBreak);
    }
  }

  // A stream that stopped goes on with the first that begins later, unless another begins beside
  // that one.
  void join_over_gaps() {
    const auto test = [this](std::size_t a, std::size_t b) { return stopped_before(a, b); };
    for (std::size_t i = 0; i < mine_.size(); ++i) {
      if (!open(i)) continue;
      const Places possible = candidates(i, test);
      if (possible.size() != 1) continue;
      const Places others = claimants(possible.front(), test);
      const bool alone = std::ranges::none_of(others, [&](std::size_t other) {
        return other != i && at(other).start < at(i).start + kShortestGap;
      });
      if (alone) join(possible.front(), i, Continuity::kGap);
    }
  }

  template <class Test>
  void mark_unclear(Test test) {
    for (std::size_t i = 0; i < mine_.size(); ++i) {
      if (!open(i)) continue;
      Places possible = candidates(i, test);
      if (possible.empty()) continue;
      links_[i].continuity = Continuity::kUnclear;
      links_[i].perhaps = std::move(possible);
    }
  }

  StreamLink to_link(std::size_t place) const {
    const Found& found = links_[place];
    StreamLink out{mine_[place], found.continuity, std::nullopt, {}};
    if (found.before) out.before = mine_[*found.before];
    for (const std::size_t one : found.perhaps) out.perhaps_before.push_back(mine_[one]);
    return out;
  }

  std::vector<Stream> in_order() const {
    std::vector<Stream> out;
    std::vector<std::size_t> stream_of(mine_.size());
    for (std::size_t i = 0; i < mine_.size(); ++i) {
      const auto& before = links_[i].before;
      stream_of[i] = before ? stream_of[*before] : out.size();
      if (!before) out.push_back({at(i).held.currency(), {}});
      out[stream_of[i]].links.push_back(to_link(i));
    }
    return out;
  }

  const std::vector<StreamSettlement>& all_;
  Places mine_;
  std::vector<Found> links_;
  std::vector<bool> followed_;
};

Places by_time(const std::vector<StreamSettlement>& settlements) {
  Places out(settlements.size());
  for (std::size_t i = 0; i < out.size(); ++i) out[i] = i;
  std::ranges::sort(out, {}, [&](std::size_t place) {
    const StreamSettlement& one = settlements[place];
    return std::tuple(one.held.currency(), one.start, one.end, one.id.str());
  });
  return out;
}

}  // namespace

std::string_view to_word(Continuity continuity) {
  constexpr std::array<std::string_view, 5> kWords{"first", "follows", "reserve_break", "gap",
                                                   "unclear"};
  return kWords.at(static_cast<std::size_t>(continuity));
}

Result<StreamSettlement> to_stream_settlement(const SettlementHeader& header,
                                              const std::vector<ClassTotal>& totals) {
  const auto zero = Money::zero(header.total.currency());
  StreamSettlement out{header.id, header.start, header.end, zero, zero};
  for (const ClassTotal& total : totals) {
    const std::string description = folded(total.row_class.amount_description);
    if (description == kHeldBack) {
      MLC_TRY(out.held, out.held.plus(total.sum));
    } else if (description == kReleased) {
      MLC_TRY(out.released, out.released.plus(total.sum));
    }
  }
  return out;
}

std::vector<Stream> find_streams(const std::vector<StreamSettlement>& settlements) {
  std::vector<Stream> out;
  Places mine;
  const auto finish = [&] {
    if (mine.empty()) return;
    for (Stream& stream : Chain(settlements, std::move(mine)).streams()) {
      out.push_back(std::move(stream));
    }
    mine.clear();
  };
  for (const std::size_t place : by_time(settlements)) {
    const bool other = !mine.empty() && settlements[mine.front()].held.currency() !=
                                            settlements[place].held.currency();
    if (other) finish();
    mine.push_back(place);
  }
  finish();
  return out;
}

}  // namespace mlc::ledger
