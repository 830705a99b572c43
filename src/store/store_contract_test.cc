// What the contract's tests share: filled records and small verbs.
#include "store/store_contract_test.h"

#include "base/expect.h"

namespace mlc::store {
namespace {

ledger::Money money(const std::string& amount, const std::string& currency) {
  return must(ledger::Money::parse(amount, must(ledger::Currency::from_code(currency))));
}

}  // namespace

ports::WorkRecord work_record(const std::string& id, Instant due) {
  ports::WorkRecord work;
  work.tenant = tenant();
  work.id = WorkId("work-" + id);
  work.kind = "settlement";
  work.subject = "report " + id;
  work.lane = "us";
  work.state = "found";
  work.due_at = due;
  work.memory = "page 7";
  return work;
}

ports::SettlementRecord settlement_record(const std::string& work,
                                          const std::string& settlement_id) {
  ports::SettlementRecord s;
  s.tenant = tenant();
  s.work = WorkId("work-" + work);
  s.connection = ConnectionId("us");
  s.selling_account = "A1SELLER";
  s.source = "amazon";
  s.report_id = "R1";
  s.report_document_id = "amzn1.spdoc.1";
  s.file_name = "july.txt";
  s.found_at = at(1);
  s.object = ports::StoredObject{ObjectId(std::string(64, 'a')), 5'000'000'000, 7};
  s.received_object = std::string(64, 'b');
  s.content_type = "text/plain; charset=windows-1252";
  s.request_id = "req-1";
  s.header = ledger::SettlementHeader{SettlementId(settlement_id), at(-1000), at(-10), at(0),
                                      money("-1234567890.05", "USD")};
  s.rows = 2'000'000;
  s.layout = "v2";
  s.charset = "windows-1252";
  s.unknown_columns = {"new \"fee\"", "Gebühr"};
  s.lineage = ObjectId(std::string(64, 'c'));
  s.rules_digest = "d1";
  s.company_code = "1000";
  s.revision = 'B';
  s.manifest_hash = std::string(64, 'd');
  s.posted = "10.00";
  s.netted = "0.00";
  s.excluded = "-0.01";
  s.adoption = ledger::Adoption::kTotals;
  s.approved_hash = std::string(64, 'd');
  s.approved_by = "erika";
  s.approved_at = at(5);
  return s;
}

ports::DocumentRecord document_record(const std::string& work, const std::string& part) {
  ports::DocumentRecord d;
  d.tenant = tenant();
  d.work = WorkId("work-" + work);
  d.key = "20612345671-" + part + "A";
  d.part = part;
  d.company_code = "1000";
  d.receivable = "-99.10";
  d.currency = "USD";
  d.items = 900;
  d.outcome = "planned";
  return d;
}

ports::SystemIdentity identity() { return {"PRD", "100", "PRDCLNT100"}; }

ports::StoredError stored_error() {
  return {"sap.period_closed",
          "Period 07/2026 is closed: \"07\"\n",
          "Open it.",
          Written::kPerhaps,
          {{"period", "07/2026"}, {"period", "again"}}};
}

ports::Request request(const std::string& verb, int second) {
  return {verb, "an \"argument\"", "erika", at(second)};
}

void StoreContract::add(const ports::WorkRecord& work) {
  in_transaction([&](ports::StoreTransaction& t) { MLC_EXPECT(must(t.add_work(work))); });
}

std::optional<ports::WorkRecord> StoreContract::claim(Instant now, const std::string& owner) {
  return in_transaction([&](ports::StoreTransaction& t) {
    return must(t.claim_due_work(now, owner, now + std::chrono::seconds(60)));
  });
}

}  // namespace mlc::store
