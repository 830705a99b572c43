#include "operations/evidence_check.h"

#include <map>

#include "ledger/money.h"
#include "operations/errors.h"

namespace mlc::operations {
namespace {

constexpr std::string_view kNotThere = "evidence.not_found";

class RowCounter final : public ports::RowSink {
 public:
  Status on_header(const ledger::SettlementHeader& /*header*/) override { return {}; }
  Status on_rows(std::span<const ports::SettlementRow> /*rows*/) override { return {}; }
  Status on_restart() override { return {}; }
};

class EvidenceCheck {
 public:
  explicit EvidenceCheck(const Hub& hub) : hub_(hub) {}

  std::vector<Error> run(const store::RecordCheck& records) {
    find_missing("object", records.objects,
                 [this](const ObjectId& id) { return hub_.vault.open(id).map([](auto&&) {}); });
    find_missing("lineage", records.lineages, [this](const ObjectId& id) {
      return hub_.vault.open_lineage(id).map([](auto&&) {});
    });
    for (const auto& settlement : records.settlements) compare(settlement);
    return std::move(out_);
  }

 private:
  // Only what is not there: what is damaged is named by the vault.
  template <class Open>
  void find_missing(const char* what, const std::vector<store::NamedEvidence>& named, Open open) {
    std::map<std::string, std::string> once;
    for (const auto& one : named) once.try_emplace(one.id, one.named_by);
    for (const auto& [id, named_by] : once) {
      const auto opened = open(ObjectId(id));
      if (opened || opened.error().id() != kNotThere) continue;
      out_.push_back(Error(kEvidenceMissing, {{"what", what}, {"id", id}, {"named_by", named_by}}));
    }
  }

  void differ(const std::string& record, const std::string& field, const std::string& found,
              const std::string& expected) {
    if (found == expected) return;
    out_.push_back(
        Error(kEvidenceDiffers,
              {{"record", record}, {"field", field}, {"found", found}, {"expected", expected}}));
  }

  void compare(const store::CheckedSettlement& settlement) {
    const auto& record = settlement.record;
    if (!record.header || !record.object) return;
    const std::string name =
        "settlement " + record.header->id.str() + " (work " + record.work.str() + ")";
    compare_file(record, name);
    compare_lineage(settlement, name);
  }

  void compare_file(const ports::SettlementRecord& record, const std::string& name) {
    const auto evidence = hub_.vault.open(record.object->id);
    if (!evidence) return;
    RowCounter sink;
    const std::string file =
        record.file_name.empty() ? record.report_document_id : record.file_name;
    const auto read = hub_.reader.read(**evidence, file, sink);
    if (!read) {
      // The vault names what is damaged.
      if (!read.error().id().starts_with("evidence.")) out_.push_back(read.error());
      return;
    }
    const auto& header = read->header;
    differ(name, "settlement-id", record.header->id.str(), header.id.str());
    differ(name, "total", record.header->total.decimal(), header.total.decimal());
    differ(name, "currency", std::string(record.header->total.currency().code()),
           std::string(header.total.currency().code()));
    differ(name, "rows", std::to_string(record.rows), std::to_string(read->rows));
    differ(name, "start", format_instant(record.header->start), format_instant(header.start));
    differ(name, "end", format_instant(record.header->end), format_instant(header.end));
    differ(name, "deposit date", format_instant(record.header->deposit),
           format_instant(header.deposit));
  }

  void compare_lineage(const store::CheckedSettlement& settlement, const std::string& name) {
    const auto& record = settlement.record;
    if (record.lineage.empty()) return;
    const auto lineage = hub_.vault.open_lineage(record.lineage);
    if (!lineage) return;
    const auto& classes = (*lineage)->classes();
    const ledger::Currency currency = record.header->total.currency();
    ledger::Money sum = ledger::Money::zero(currency);
    std::uint64_t rows = 0;
    for (const auto& one : classes) {
      rows += one.rows;
      const auto amount = ledger::Money::parse(one.sum, currency);
      const auto total = amount ? sum.plus(*amount) : amount;
      if (total) sum = *total;
    }
    differ(name, "total of the rows in its lineage", sum.decimal(), record.header->total.decimal());
    differ(name, "rows in its lineage", std::to_string(rows), std::to_string(record.rows));
    compare_classes(settlement.classes, classes, name);
  }

  void compare_classes(const std::vector<ledger::ClassTotal>& stored,
                       const std::vector<ports::LineageClass>& classes, const std::string& name) {
    differ(name, "classes", std::to_string(stored.size()), std::to_string(classes.size()));
    for (std::size_t i = 0; i < std::min(stored.size(), classes.size()); ++i) {
      const std::string field = "class " + std::to_string(i);
      differ(name, field + ", sum", stored[i].sum.decimal(), classes[i].sum);
      differ(name, field + ", rows", std::to_string(stored[i].rows),
             std::to_string(classes[i].rows));
      if (stored[i].row_class != classes[i].row_class) {
        differ(name, field + ", attributes", stored[i].row_class.amount_description,
               classes[i].row_class.amount_description + " with all its attributes");
      }
    }
  }

  const Hub& hub_;
  std::vector<Error> out_;
};

}  // namespace

std::vector<Error> check_evidence(const Hub& hub, const store::RecordCheck& records) {
  return EvidenceCheck(hub).run(records);
}

}  // namespace mlc::operations
