#include "sap/posting_protocol.h"

#include <algorithm>

#include "sap/document_reader.h"
#include "sap/guarded_unit.h"
#include "sap/post_run.h"
#include "sap/reverse_run.h"

namespace mlc::sap {

PostingProtocol::PostingProtocol(abap::Channel& channel, ports::StepJournal& journal,
                                 ports::HolderCheck& holder, const runtime::Clock& clock,
                                 Settings settings)
    : channel_(channel),
      journal_(journal),
      holder_(holder),
      clock_(clock),
      settings_(std::move(settings)) {}

ports::PostResult PostingProtocol::post(const ports::PostUnit& unit) {
  const Bench bench{channel_, journal_, holder_, clock_, settings_, current_};
  return PostRun(bench, unit).post();
}

ports::CheckResult PostingProtocol::check(const ports::PostUnit& unit) {
  const Bench bench{channel_, journal_, holder_, clock_, settings_, current_};
  return PostRun(bench, unit).check();
}

ports::ReverseResult PostingProtocol::reverse(const ports::ReverseUnit& unit) {
  const Bench bench{channel_, journal_, holder_, clock_, settings_, current_};
  return ReverseRun(bench, unit).run();
}

Result<ports::LookUpResult> PostingProtocol::look_up(const ports::LookUpUnit& unit) {
  MLC_TRY(const auto session, UnitSession::open(channel_, current_));
  DocumentReader reader(session->session(), settings_.reader);
  ports::LookUpResult out;
  MLC_TRY(out.identity, reader.identity());
  const auto& logon = session->session().attributes().user;
  out.user = settings_.user.empty() ? logon : settings_.user;
  // Update records come first: one that becomes a document meanwhile is then seen as such.
  if (unit.read_update_records) {
    MLC_TRY(out.update_records, reader.update_records(out.user));
  }
  MLC_TRY(out.control, find_control(reader, unit.control));
  MLC_TRY(out.documents, reader.documents_under(unit.stem, unit.company_codes));
  for (const auto& number : unit.numbers) {
    const auto known = std::ranges::find(out.documents, number, &ledger::PostedDocument::number);
    if (known != out.documents.end()) continue;
    MLC_TRY(auto document, reader.document(number));
    if (document) out.by_number.push_back(std::move(*document));
  }
  out.longest_run = settings_.longest_run;
  return out;
}

}  // namespace mlc::sap
