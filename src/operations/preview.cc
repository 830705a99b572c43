#include "operations/preview.h"

#include <algorithm>
#include <map>
#include <utility>

#include "flow/settlement_posting.h"
#include "operations/errors.h"

namespace mlc::operations {
namespace {

Error nothing_planned(const Named& named) {
  return Error(kNothingPlanned, {{"name", name_of(named)},
                                 {"state", named.work.state},
                                 {"words", words_of(named.work)},
                                 {"possible", possible_text(named)}});
}

Result<std::vector<AccountTotal>> totals(const ledger::Manifest& manifest) {
  struct Sum {
    ledger::Money amount;
    std::uint64_t lines = 0;
  };
  std::map<std::pair<std::string, std::string>, Sum> sums;
  for (const auto& document : manifest.documents) {
    for (const auto& line : document.lines) {
      const auto zero = ledger::Money::zero(line.amount.currency());
      Sum& sum = sums.try_emplace({line.account, line.cost_center}, Sum{zero, 0}).first->second;
      MLC_TRY(sum.amount, sum.amount.plus(line.amount));
      ++sum.lines;
    }
  }
  std::vector<AccountTotal> out;
  for (const auto& [key, sum] : sums) {
    out.push_back({key.first, key.second, sum.amount.decimal(), sum.lines});
  }
  return out;
}

// Whether SAP cannot be asked: the configuration is broken (the hub names what is), or a copy that
// can only be read is looked at.
bool cannot_ask(const Hub& hub, const ports::SettlementRecord& settlement) {
  if (hub.world == nullptr) return true;
  const auto connection =
      flow::find_connection(*hub.world, settlement.tenant, settlement.connection);
  return connection ? (*connection)->sap == nullptr : !hub.problems.empty();
}

Result<CheckVerdict> ask(const Hub& hub, const Named& named) {
  flow::StepInput input{*hub.world, named.work, hub.clock.now()};
  MLC_TRY(const auto subject, flow::load_posting_subject(input));
  // CHECK writes nothing, so no posting holder is needed; the fence of nobody goes with it.
  ports::HolderRecord nobody;
  nobody.lease_until = input.now + subject.settings().times.holder_lease;
  const auto result = subject.connection->sap->check(flow::make_unit(input, subject, nobody));
  CheckVerdict out;
  out.outcome = result.outcome == ports::Outcome::kPosted
                    ? "ready"
                    : std::string(ports::to_word(result.outcome));
  out.messages = result.messages;
  out.differences = result.judgement.differences;
  if (result.error) out.error = ports::to_stored(*result.error);
  return out;
}

Result<ledger::Manifest> load_manifest(const Hub& hub, const Named& named) {
  MLC_TRY(const auto transaction, hub.store.begin());
  MLC_TRY(const auto text,
          transaction->manifest(hub.tenant, named.work.id, named.settlement->revision));
  if (!text) return failure(nothing_planned(named));
  return ledger::read_manifest(*text);
}

// Documents in SAP's books whose part the manifest has under another letter.
Result<std::vector<DocumentRow>> standing_documents(const Hub& hub, const Named& named,
                                                    const ledger::Manifest& manifest) {
  MLC_TRY(const auto transaction, hub.store.begin());
  MLC_TRY(const auto documents, transaction->documents(hub.tenant, named.work.id));
  std::vector<DocumentRow> out;
  for (const auto& document : documents) {
    const bool earlier = document.outcome == "posted" && document.revision != manifest.revision;
    const bool planned = std::ranges::any_of(manifest.documents, [&](const auto& candidate) {
      return candidate.key.part == document.part;
    });
    if (earlier && planned) out.push_back(to_row(document));
  }
  return out;
}

}  // namespace

Result<Preview> preview(const Hub& hub, const std::string& name, bool ask_sap) {
  MLC_TRY(const Named named, find_settlement(hub, name));
  if (named.settlement->manifest_hash.empty()) return failure(nothing_planned(named));
  Preview out;
  MLC_TRY(out.manifest, load_manifest(hub, named));
  MLC_TRY(out.settlement, settlement_row(hub, named.work.id.str()));
  out.posted = named.settlement->posted;
  out.netted = named.settlement->netted;
  out.excluded = named.settlement->excluded;
  MLC_TRY(out.accounts, totals(out.manifest));
  MLC_TRY(out.standing, standing_documents(hub, named, out.manifest));
  if (ask_sap && !out.manifest.documents.empty() && !cannot_ask(hub, *named.settlement)) {
    MLC_TRY(out.check, ask(hub, named));
  }
  return out;
}

}  // namespace mlc::operations
