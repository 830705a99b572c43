#include "simulators/amazon/accounts.h"

#include <algorithm>

namespace mlc::simulators::amazon {
namespace {

constexpr std::string_view kInvoiced = "-invoiced";

template <class Texts>
std::string joined(const Texts& texts) {
  std::string out;
  for (const auto& text : texts) out += (out.empty() ? "" : ", ") + std::string(text);
  return out;
}

std::string known_names() {
  std::vector<std::string_view> out;
  for (const Market& market : markets()) out.push_back(market.name);
  return joined(out);
}

}  // namespace

std::string SimulatedStream::name() const {
  return std::string(market->name) + (invoiced ? std::string(kInvoiced) : "");
}

std::optional<SimulatedStream> find_stream(std::string_view name) {
  const bool invoiced = name.ends_with(kInvoiced);
  if (invoiced) name.remove_suffix(kInvoiced.size());
  const Market* const market = find_market(name);
  if (market == nullptr) return std::nullopt;
  return SimulatedStream{market, invoiced};
}

Result<std::vector<SimulatedStream>> find_streams(std::span<const std::string> names) {
  const auto refuse = [&names](const std::string& reason) {
    return failure(kBadMarkets,
                   {{"markets", joined(names)}, {"reason", reason}, {"known", known_names()}});
  };
  std::vector<SimulatedStream> out;
  for (const std::string& name : names) {
    const auto stream = find_stream(name);
    if (!stream) return refuse("there is no market '" + name + "'");
    const bool twice = std::ranges::any_of(
        out, [&](const SimulatedStream& other) { return other.name() == name; });
    if (twice) return refuse("'" + name + "' stands there twice");
    if (!out.empty() && out.front().market->region != stream->market->region) {
      return refuse("'" + name + "' is of another region than '" + out.front().name() + "'");
    }
    out.push_back(*stream);
  }
  if (out.empty()) return refuse("at least one market is needed");
  return out;
}

void play(std::vector<SimulatedStream> streams, SimulatedAccount& account) {
  account.region = streams.front().market->region;
  account.marketplace_ids.clear();
  for (const SimulatedStream& stream : streams) {
    auto& ids = account.marketplace_ids;
    const std::string id(stream.market->marketplace_id);
    if (std::ranges::find(ids, id) == ids.end()) ids.push_back(id);
  }
  account.streams = std::move(streams);
}

}  // namespace mlc::simulators::amazon
