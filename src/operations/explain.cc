#include "operations/explain.h"

#include <algorithm>

#include "ledger/document_key.h"
#include "ledger/text.h"
#include "operations/errors.h"
#include "operations/explain_order.h"

namespace mlc::operations {
namespace {

// "US01/100000001/2026": nothing when it has another form.
std::optional<ledger::DocumentNumber> parse_number(const std::string& text) {
  const auto first = text.find('/');
  const auto second = first == std::string::npos ? first : text.find('/', first + 1);
  if (second == std::string::npos || text.find('/', second + 1) != std::string::npos) return {};
  return ledger::DocumentNumber{text.substr(0, first),
                                ledger::alpha(text.substr(first + 1, second - first - 1), 10),
                                text.substr(second + 1)};
}

Error unknown_document(const std::string& name, const std::vector<std::string>& keys) {
  return Error(kNotFound, {{"what", "document"}, {"name", name}, {"near", near_text(name, keys)}});
}

struct Found {
  ports::DocumentRecord document;
  std::vector<ports::DocumentRecord> all;  // of its settlement
  ledger::Manifest manifest;               // of its revision
  bool reverses = false;                   // the name was that of its reversal
};

Result<std::vector<std::string>> known_keys(const Hub& hub, ports::StoreTransaction& transaction) {
  std::vector<std::string> out;
  MLC_TRY(const auto settlements, transaction.list_settlements(hub.tenant));
  for (const auto& settlement : settlements) {
    MLC_TRY(const auto documents, transaction.documents(hub.tenant, settlement.work));
    for (const auto& document : documents) {
      out.push_back(document.key);
      if (document.number) out.push_back(document.number->text());
    }
  }
  return out;
}

Result<Found> find_document(const Hub& hub, const std::string& name) {
  MLC_TRY(const auto transaction, hub.store.begin());
  const auto number = parse_number(name);
  auto record = number ? transaction->document_by_number(hub.tenant, *number)
                       : transaction->document_by_key(hub.tenant, name);
  if (!record) return failure(record.error());
  const bool reverses = number && !*record;
  if (reverses) {
    MLC_TRY(*record, reversed_original(hub, *transaction, *number));
  }
  if (!*record) {
    MLC_TRY(const auto keys, known_keys(hub, *transaction));
    return failure(unknown_document(name, keys));
  }
  Found out{**record, {}, {}, reverses};
  MLC_TRY(out.all, transaction->documents(hub.tenant, out.document.work));
  MLC_TRY(const auto text,
          transaction->manifest(hub.tenant, out.document.work, out.document.revision));
  if (!text) return out;
  MLC_TRY(out.manifest, ledger::read_manifest(*text));
  return out;
}

const ledger::LedgerDocument* document_of(const ledger::Manifest& manifest,
                                          const std::string& key) {
  const auto at = std::ranges::find_if(manifest.documents,
                                       [&](const auto& one) { return one.key.text() == key; });
  return at == manifest.documents.end() ? nullptr : &*at;
}

// Lines repeated under a later letter keep the lineage of the first: the letter does not count.
bool same_part(const std::string& a, const std::string& b) {
  return a.size() == b.size() && !a.empty() &&
         std::string_view(a).substr(0, a.size() - 1) == std::string_view(b).substr(0, b.size() - 1);
}

ExplainedLine explain_line(const ledger::DocumentLine& line, const std::string& key,
                           const std::vector<ClassView>& classes) {
  ExplainedLine out{line, line.nature == ledger::Nature::kReceivable, {}, 0};
  for (const ClassView& one : classes) {
    if (may_carry(one, line)) {
      // How many of its rows belong to the order is known when the file is read.
      out.classes.push_back(one);
      continue;
    }
    if (!same_part(one.document, key)) continue;
    if (!out.balancing && one.item != line.item) continue;
    out.classes.push_back(one);
    out.rows += one.rows;
  }
  return out;
}

Result<std::string> first_line(ports::EvidenceReader& evidence, ports::LineageReader& lineage,
                               const std::string& name) {
  MLC_TRY(auto row, read_row(evidence, lineage, 1, name));
  return std::move(row.text);
}

Status add_rows(const Hub& hub, const Named& named, std::size_t limit, Explanation& out) {
  MLC_TRY(const ObjectId id, lineage_of(hub, named, out.revision));
  MLC_TRY(const auto lineage, hub.vault.open_lineage(id));
  MLC_TRY(const auto evidence, hub.vault.open(named.settlement->object->id));
  MLC_TRY(out.header_row, first_line(*evidence, *lineage, name_of(named)));
  ExplainedLine& line = out.lines.front();
  const bool by_order = std::ranges::any_of(
      line.classes, [&](const ClassView& one) { return may_carry(one, line.line); });
  if (by_order) {
    MLC_TRY(out.rows, rows_on_order_line(hub, named, *evidence, *lineage, line.classes, line.line));
    line.rows = out.rows.size();
    out.rows.resize(std::min(out.rows.size(), limit));
  } else {
    std::vector<ledger::ClassNumber> numbers;
    for (const auto& one : line.classes) numbers.push_back(one.number);
    MLC_TRY(out.rows, read_rows(*evidence, *lineage, numbers, limit));
  }
  out.rows_left = line.rows - out.rows.size();
  return {};
}

Error no_such_line(const std::string& name, std::uint32_t line, std::size_t lines) {
  return Error(kNoSuchLine,
               {{"name", name}, {"line", std::to_string(line)}, {"lines", std::to_string(lines)}});
}

Explanation describe(const Found& found, const Named& named,
                     const std::vector<ClassView>& classes) {
  Explanation out;
  out.settlement = to_row(named, found.all);
  out.document = to_row(found.document);
  out.revision = found.document.revision;
  out.rules_version = found.manifest.rules_version;
  out.object = named.settlement->object ? named.settlement->object->id.str() : "";
  const auto* document = document_of(found.manifest, found.document.key);
  if (document == nullptr) return out;
  out.posting_date = document->posting_date;
  out.header_text = document->header_text;
  for (const auto& line : document->lines) {
    out.lines.push_back(explain_line(line, found.document.key, classes));
  }
  return out;
}

// All lines, or the one that was asked for.
std::vector<ledger::DocumentLine> planned_lines(const Explanation& explanation,
                                                std::uint32_t item) {
  std::vector<ledger::DocumentLine> out;
  for (const auto& one : explanation.lines) {
    if (item == 0 || one.line.item == item) out.push_back(one.line);
  }
  return out;
}

// The document that carries a class now: of its part, the one in SAP before one that is not, the
// latest letter first.
const ports::DocumentRecord* carrier(const std::vector<ports::DocumentRecord>& documents,
                                     const std::string& key) {
  const ports::DocumentRecord* best = nullptr;
  for (const auto& document : documents) {
    if (!same_part(document.key, key)) continue;
    const bool live = document.outcome == "posted";
    const bool best_live = best != nullptr && best->outcome == "posted";
    const bool later = best == nullptr || document.revision > best->revision;
    if (best == nullptr || (live && !best_live) || (live == best_live && later)) best = &document;
  }
  return best;
}

Status add_document(const Hub& hub, const std::vector<ports::DocumentRecord>& documents,
                    Trace& out) {
  const ports::DocumentRecord* document = carrier(documents, out.row_class->document);
  MLC_TRY(const auto transaction, hub.store.begin());
  std::optional<ports::DocumentRecord> of_other_file;
  if (document == nullptr && !out.row_class->document.empty()) {
    // The money of a re-issue's row may have been posted with the first file's.
    MLC_TRY(of_other_file, transaction->document_by_key(hub.tenant, out.row_class->document));
    if (of_other_file) document = &*of_other_file;
  }
  if (document == nullptr) return {};
  out.document = to_row(*document);
  MLC_TRY(const auto text, transaction->manifest(hub.tenant, document->work, document->revision));
  if (!text) return {};
  MLC_TRY(const auto manifest, ledger::read_manifest(*text));
  const auto* planned = document_of(manifest, document->key);
  if (planned == nullptr) return {};
  for (const auto& line : planned->lines) {
    if (line.item == out.row_class->item) out.line = line;
  }
  return {};
}

Result<std::vector<ports::DocumentRecord>> documents_of(const Hub& hub, const WorkId& work) {
  MLC_TRY(const auto transaction, hub.store.begin());
  return transaction->documents(hub.tenant, work);
}

}  // namespace

Result<Explanation> explain(const Hub& hub, const std::string& document, std::uint32_t line,
                            std::size_t limit) {
  MLC_TRY(const Found found, find_document(hub, document));
  MLC_TRY(const Named named, find_settlement(hub, found.document.work.str()));
  MLC_TRY(const auto classes, class_views(hub, named, found.document.revision));
  Explanation out = describe(found, named, classes);
  MLC_TRY(out.rules_digest, rules_digest_of(hub, named, out.revision));
  MLC_TRY(out.adoption, adoption_of(hub, named, out.revision));
  if (found.reverses) {
    MLC_TRY(out.reversal, explain_reversal(hub, named.work, found.document));
  }
  MLC_TRY(out.continues, continued_lines(hub, *named.settlement, planned_lines(out, line)));
  if (line == 0) return out;
  const auto at = std::ranges::find_if(
      out.lines, [line](const ExplainedLine& one) { return one.line.item == line; });
  if (at == out.lines.end()) return failure(no_such_line(document, line, out.lines.size()));
  out.lines = std::vector<ExplainedLine>{*at};
  if (out.lines.front().line.nature == ledger::Nature::kIntercompany) {
    MLC_TRY(const auto sides, intercompany(hub));
    out.other_side = other_side(sides, found.document.key, line);
  }
  MLC_TRY_STATUS(add_rows(hub, named, limit, out));
  return out;
}

Result<Trace> trace(const Hub& hub, const std::string& settlement, std::uint64_t row) {
  MLC_TRY(const Named named, find_settlement(hub, settlement));
  const char revision = named.settlement->revision;
  MLC_TRY(const auto classes, class_views(hub, named, revision));
  MLC_TRY(const ObjectId id, lineage_of(hub, named, revision));
  MLC_TRY(const auto lineage, hub.vault.open_lineage(id));
  MLC_TRY(const auto evidence, hub.vault.open(named.settlement->object->id));
  MLC_TRY(const auto documents, documents_of(hub, named.work.id));
  Trace out;
  out.settlement = to_row(named, documents);
  out.object = named.settlement->object->id.str();
  MLC_TRY(out.adoption, adoption_of(hub, named, revision));
  MLC_TRY(out.header_row, first_line(*evidence, *lineage, settlement));
  MLC_TRY(out.row, read_row(*evidence, *lineage, row, settlement));
  if (out.row.number >= classes.size()) return out;
  out.row_class = classes[out.row.number];
  if (out.row_class->destination == Destination::kOrder) {
    MLC_TRY(const auto place, place_of_order(hub, named, *out.row_class, row));
    if (!place) return out;
    out.document = to_row(place->document);
    out.line = place->line;
    return out;
  }
  MLC_TRY_STATUS(add_document(hub, documents, out));
  return out;
}

}  // namespace mlc::operations
