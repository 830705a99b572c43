#include "store/audit_trail.h"

#include <array>

#include "ports/store.h"
#include "store/audit_entry.h"
#include "store/audit_errors.h"

namespace mlc::store {
namespace {

using database::Row;
using database::Sql;

constexpr Sql kAll{"read the audit trail",
                   "SELECT content FROM audit_entry WHERE tenant = ?"
                   " ORDER BY position IS NULL, position, id"};

struct Plain {
  std::string_view fact;
  std::string ToldSubject::*member;
};
constexpr std::array<Plain, 9> kPlain{
    Plain{"to", &ToldSubject::state},         {"object", &ToldSubject::object},
    {"lineage", &ToldSubject::lineage},       {"rule_book", &ToldSubject::rule_book},
    {"settlement", &ToldSubject::settlement}, {"rows", &ToldSubject::rows},
    {"total", &ToldSubject::total},           {"currency", &ToldSubject::currency},
    {"manifest", &ToldSubject::manifest}};

// "1000/0100000000/2026, 1000/0100000001/2026"; a count of documents names none.
void add_numbers(std::string_view text, std::set<std::string>& out) {
  while (!text.empty()) {
    const auto end = text.find_first_of(", ");
    const auto word = text.substr(0, end);
    if (word.find('/') != std::string_view::npos) out.emplace(word);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
}

void add_document(std::string_view text, ToldSubject& subject) {
  const auto blank = text.find(' ');
  if (blank == std::string_view::npos) return;
  subject.documents[std::string(text.substr(0, blank))] = text.substr(blank + 1);
  add_numbers(text.substr(blank + 1), subject.numbers);
}

void add_fact(const ports::AuditEntry& entry, const Fact& fact, ToldSubject& subject) {
  for (const Plain& plain : kPlain) {
    if (plain.fact == fact.name) subject.*plain.member = fact.value;
  }
  if (fact.name == "documents") add_numbers(fact.value, subject.numbers);
  if (fact.name == "document") add_document(fact.value, subject);
  if (fact.name == "manifest") {
    subject.manifests.insert(fact.value);
    if (entry.action == "request") subject.approvals.insert({entry.actor, fact.value});
  }
}

void take(const ports::AuditEntry& entry, ToldTrail& trail) {
  ToldSubject& subject = trail.subjects[entry.subject];
  for (const Fact& fact : entry.facts) {
    add_fact(entry, fact, subject);
    if (fact.name == "object" || fact.name == "received") {
      trail.objects.try_emplace(fact.value, entry.subject);
    }
    if (fact.name == "lineage") trail.lineages.try_emplace(fact.value, entry.subject);
  }
}

}  // namespace

Result<ToldTrail> read_trail(database::Transaction& transaction, const TenantId& tenant) {
  ToldTrail out;
  MLC_TRY_STATUS(transaction.each(kAll, {tenant}, [&](const Row& row) -> Status {
    const auto* content = std::get_if<std::string>(&row.at(0));
    const auto entry = content == nullptr ? std::nullopt : read_audit_entry(*content);
    if (!entry) {
      return failure(kAuditEntryChanged, {{"position", std::to_string(out.entries)},
                                          {"tenant", tenant.str()},
                                          {"found", "no entry"},
                                          {"expected", "an entry in canonical JSON"}});
    }
    take(*entry, out);
    ++out.entries;
    return {};
  }));
  return out;
}

}  // namespace mlc::store
