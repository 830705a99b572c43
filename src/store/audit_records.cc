#include "store/audit_records.h"

#include <algorithm>
#include <array>

#include "ledger/derive.h"
#include "ledger/manifest.h"
#include "ports/document_told.h"
#include "store/audit_errors.h"
#include "store/audit_trail.h"
#include "store/sql_transaction.h"

namespace mlc::store {
namespace {

constexpr database::Sql kLineageFacts{"list lineage facts",
                                      "SELECT name, value FROM tenant_fact"
                                      " WHERE tenant = ? AND name LIKE 'lineage %'"};
constexpr std::array<const char*, 5> kKinds{"settlement", "reversal", "discovery", "outlook",
                                            "opening"};

using Manifests = std::map<char, ledger::Manifest>;

class Comparison {
 public:
  Comparison(SqlTransaction& records, const ToldTrail& trail, const TenantId& tenant)
      : records_(records), trail_(trail), tenant_(tenant) {}

  Result<RecordCheck> run() {
    std::set<std::string> known;
    std::size_t works = 0;
    for (const char* kind : kKinds) {
      MLC_TRY(const auto list, records_.list_work(tenant_, kind));
      works += list.size();
      for (const auto& work : list) {
        known.insert(subject_of(work));
        MLC_TRY_STATUS(compare_work(work));
      }
    }
    if (trail_.entries == 0 && works > 0) {
      // One finding instead of one for each record.
      out_.differences = {
          Error(kAuditTrailEmpty, {{"tenant", tenant_.str()}, {"found", std::to_string(works)}})};
    }
    find_missing(known);
    return std::move(out_);
  }

 private:
  static std::string subject_of(const ports::WorkRecord& work) {
    return work.kind + " " + work.subject;
  }

  void differ(const std::string& record, const std::string& field, const std::string& found,
              const std::string& expected) {
    out_.differences.push_back(
        Error(kRecordDiffers,
              {{"record", record}, {"field", field}, {"found", found}, {"expected", expected}}));
  }
  void compare(const std::string& record, const std::string& field, const std::string& found,
               const std::string& told) {
    if (found != told) differ(record, field, found, told);
  }

  Status compare_work(const ports::WorkRecord& work) {
    const std::string subject = subject_of(work);
    const auto told = trail_.subjects.find(subject);
    const bool settlement = work.kind == "settlement";
    if (told == trail_.subjects.end()) {
      // Discovery is found at the first start, a reversal with the request for it.
      if (settlement) out_.differences.push_back(Error(kRecordUntold, {{"record", subject}}));
      return {};
    }
    if (!told->second.state.empty()) compare(subject, "state", work.state, told->second.state);
    return settlement ? compare_settlement(work, told->second) : Status{};
  }

  Status compare_settlement(const ports::WorkRecord& work, const ToldSubject& told) {
    auto record = records_.settlement(tenant_, work.id);
    if (!record) {
      out_.differences.push_back(record.error());
      return {};
    }
    const std::string name = name_of(*record);
    name_evidence(*record, name);
    compare_proof(*record, told, name);
    MLC_TRY_STATUS(compare_rules(*record, told, name));
    MLC_TRY(const auto manifests, read_manifests(*record, told, name));
    compare_plan(*record, told, manifests, name);
    MLC_TRY(const auto documents, records_.documents(tenant_, work.id));
    compare_documents(documents, told, manifests, name);
    if (record->adoption != ledger::Adoption::kPerson) compare_amounts(documents, manifests);
    MLC_TRY(auto classes, records_.classes(tenant_, work.id));
    out_.settlements.push_back({std::move(*record), std::move(classes)});
    return {};
  }

  static std::string name_of(const ports::SettlementRecord& record) {
    const std::string work = "work " + record.work.str();
    return record.header ? "settlement " + record.header->id.str() + " (" + work + ")" : work;
  }

  void name_evidence(const ports::SettlementRecord& record, const std::string& name) {
    if (record.object) out_.objects.push_back({record.object->id.str(), name});
    if (!record.received_object.empty()) out_.objects.push_back({record.received_object, name});
    if (!record.lineage.empty()) out_.lineages.push_back({record.lineage.str(), name});
  }

  void compare_proof(const ports::SettlementRecord& record, const ToldSubject& told,
                     const std::string& name) {
    const std::string object = record.object ? record.object->id.str() : "";
    compare(name, "object", object, told.object);
    if (!told.lineage.empty()) compare(name, "lineage", record.lineage.str(), told.lineage);
    if (!record.header) {
      if (!told.total.empty()) differ(name, "total", "", told.total);
      return;
    }
    // A file that was only recognised as known is told of by its settlement-id.
    if (told.total.empty()) return;
    compare(name, "settlement-id", record.header->id.str(), told.settlement);
    compare(name, "rows", std::to_string(record.rows), told.rows);
    compare(name, "total", record.header->total.decimal(), told.total);
    compare(name, "currency", std::string(record.header->total.currency().code()), told.currency);
  }

  // The rules of the last reading, and that they are kept.
  Status compare_rules(const ports::SettlementRecord& record, const ToldSubject& told,
                       const std::string& name) {
    if (told.rule_book.empty()) return {};
    compare(name, "rule book", record.rules_digest, told.rule_book);
    MLC_TRY(const auto kept, records_.rule_book(tenant_, record.connection, told.rule_book));
    if (!kept) differ(name, "kept rule book", "nothing", told.rule_book);
    return {};
  }

  // Every stored manifest hashes to what it says, and was planned, or repeats the lines of the
  // letter before it.
  Result<Manifests> read_manifests(const ports::SettlementRecord& record, const ToldSubject& told,
                                   const std::string& name) {
    Manifests out;
    for (char letter = 'A'; letter <= 'Z'; ++letter) {
      MLC_TRY(const auto text, records_.manifest(tenant_, record.work, letter));
      if (!text) continue;
      const std::string field = std::string("manifest ") + letter;
      auto manifest = ledger::read_manifest(*text);
      if (!manifest) {
        differ(name, field, manifest.error().text(), "a manifest");
        continue;
      }
      const std::string hash = ledger::content_hash(*manifest);
      if (hash != manifest->content_hash) {
        differ(name, field, "content that hashes to " + hash, manifest->content_hash);
      } else if (!told.manifests.contains(hash) && !repeats(out, hash)) {
        differ(name, field, hash, told.manifest);
      }
      out.emplace(letter, std::move(*manifest));
    }
    return out;
  }

  static bool repeats(const Manifests& earlier, const std::string& hash) {
    if (earlier.empty() || earlier.rbegin()->second.documents.empty()) return false;
    const ledger::Manifest& before = earlier.rbegin()->second;
    const auto next = ledger::next_revision(before, before.documents.front().posting_date);
    return next && next->content_hash == hash;
  }

  void compare_plan(const ports::SettlementRecord& record, const ToldSubject& told,
                    const Manifests& manifests, const std::string& name) {
    compare(name, "manifest hash", record.manifest_hash, told.manifest);
    const auto planned = std::ranges::find_if(manifests, [&](const auto& one) {
      return one.second.content_hash == record.manifest_hash;
    });
    if (!record.manifest_hash.empty() && planned == manifests.end()) {
      differ(name, "manifest", "nothing", record.manifest_hash);
    }
    if (!record.approved_hash.empty() &&
        !told.approvals.contains({record.approved_by, record.approved_hash})) {
      differ(name, "approval", record.approved_hash + " by " + record.approved_by, "no approval");
    }
    if (record.header && !record.posted.empty()) compare_sums(record, name);
  }

  // P1: posted + netted + excluded = total.
  void compare_sums(const ports::SettlementRecord& record, const std::string& name) {
    const ledger::Currency currency = record.header->total.currency();
    const auto sum = [&]() -> Result<ledger::Money> {
      ledger::Money out = ledger::Money::zero(currency);
      for (const std::string* text : {&record.posted, &record.netted, &record.excluded}) {
        MLC_TRY(const auto amount, ledger::Money::parse(*text, currency));
        MLC_TRY(out, out.plus(amount));
      }
      return out;
    }();
    compare(name, "posted + netted + excluded", sum ? sum->decimal() : sum.error().text(),
            record.header->total.decimal());
  }

  void compare_documents(const std::vector<ports::DocumentRecord>& documents,
                         const ToldSubject& told, const Manifests& manifests,
                         const std::string& name) {
    std::set<std::string> keys;
    for (const auto& document : documents) {
      keys.insert(document.key);
      compare_told(document, told);
    }
    for (const auto& [letter, manifest] : manifests) {
      for (const auto& planned : manifest.documents) {
        const std::string key = planned.key.text();
        if (keys.contains(key) || !told.documents.contains(key)) continue;
        differ(name, "document " + key, "nothing", told.documents.at(key));
      }
    }
  }

  void compare_told(const ports::DocumentRecord& document, const ToldSubject& told) {
    const std::string record = "document " + document.key;
    if (const auto at = told.documents.find(document.key); at != told.documents.end()) {
      compare(record, "state", ports::told_of(document), at->second);
    } else if (document.number && !told.numbers.contains(document.number->text())) {
      differ(record, "number", document.number->text(), "no number");
    }
  }

  // As planned; what a person accepted may differ.
  void compare_amounts(const std::vector<ports::DocumentRecord>& documents,
                       const Manifests& manifests) {
    for (const auto& document : documents) {
      const auto manifest = manifests.find(document.revision);
      if (manifest != manifests.end()) compare_planned(document, manifest->second);
    }
  }

  void compare_planned(const ports::DocumentRecord& document, const ledger::Manifest& manifest) {
    const auto planned = std::ranges::find(manifest.documents, document.key,
                                           [](const auto& one) { return one.key.text(); });
    if (planned == manifest.documents.end()) return;
    const std::string record = "document " + document.key;
    compare(record, "currency", document.currency, std::string(planned->currency.code()));
    for (const auto& line : planned->lines) {
      // One that SAP described may lack it.
      if (line.nature != ledger::Nature::kReceivable || document.receivable.empty()) continue;
      compare(record, "receivable", document.receivable, line.amount.decimal());
    }
  }

  void find_missing(const std::set<std::string>& known) {
    for (const auto& [subject, told] : trail_.subjects) {
      const bool work = std::ranges::any_of(kKinds, [&name = subject](std::string_view kind) {
        return name.starts_with(std::string(kind) + " ");
      });
      if (!work || known.contains(subject)) continue;
      out_.differences.push_back(Error(kRecordMissing, {{"subject", subject}}));
    }
    for (const auto& [id, subject] : trail_.objects) out_.objects.push_back({id, subject});
    for (const auto& [id, subject] : trail_.lineages) out_.lineages.push_back({id, subject});
  }

  SqlTransaction& records_;
  const ToldTrail& trail_;
  const TenantId& tenant_;
  RecordCheck out_;
};

}  // namespace

Result<RecordCheck> check_records(database::Transaction transaction, const TenantId& tenant) {
  MLC_TRY(const auto trail, read_trail(transaction, tenant));
  MLC_TRY(const auto facts, transaction.query(kLineageFacts, {tenant}));
  std::vector<NamedEvidence> lineages;
  for (const auto& row : facts) lineages.push_back({row.text(1), "fact " + row.text(0)});
  SqlTransaction records(SqlSession(std::move(transaction)), 0);
  MLC_TRY(auto out, Comparison(records, trail, tenant).run());
  out.lineages.insert(out.lineages.end(), lineages.begin(), lineages.end());
  return out;
}

}  // namespace mlc::store
