#include "amazon/settlement_report/settlement_summary.h"

#include <array>
#include <functional>
#include <tuple>
#include <unordered_map>

#include "amazon/settlement_report/settlement_reader.h"

namespace mlc::amazon::settlement_report {
namespace {

struct TextHash {
  using is_transparent = void;
  std::size_t operator()(std::string_view text) const {
    return std::hash<std::string_view>{}(text);
  }
};

// What the rules decide about a class.
struct Decision {
  std::string category;
  bool quarantined = false;
};

// The rows of one class, with all that decides about them.
struct Class {
  ledger::RowClass row_class;
  std::uint64_t rows = 0;
  ledger::Money amount;
};

using GroupKey = std::tuple<std::string, std::string, std::string, std::string, std::string>;

}  // namespace

struct SummaryBuilder::State {
  std::string file;
  const ledger::RuleBook* rules;
  bool looks_at_sku;
  std::optional<ledger::Money> zero;
  std::string key;  // scratch, so that a known class allocates nothing
  std::unordered_map<std::string, Class, TextHash, std::equal_to<>> classes;

  Status add(const ports::SettlementRow& row);
  Status add_group(std::map<GroupKey, SummaryGroup>& groups, const Class& one,
                   const std::string& category) const;
  Decision decide(const ledger::RowClass& row_class) const;
  Status fill(SettlementSummary& summary) const;
};

Status SummaryBuilder::State::add(const ports::SettlementRow& row) {
  const ledger::Sign sign = ledger::sign_of(row.amount);
  const auto* set = rules == nullptr ? nullptr : rules->governing(utc_date(row.posted));
  const std::string_view version = set == nullptr ? std::string_view() : set->version;
  const std::string_view sku = looks_at_sku ? row.sku : std::string_view();
  key.clear();
  // A TAB never occurs inside a cell.
  for (const std::string_view part : {row.transaction_type, row.amount_type, row.amount_description,
                                      row.marketplace, row.fulfillment, sku, version}) {
    key += part;
    key += '\t';
  }
  key += static_cast<char>('0' + static_cast<int>(sign));
  auto at = classes.find(std::string_view(key));
  if (at == classes.end()) {
    ledger::RowClass made{std::string(row.transaction_type),
                          std::string(row.amount_type),
                          std::string(row.amount_description),
                          std::string(row.marketplace),
                          std::string(row.fulfillment),
                          std::string(sku),
                          sign,
                          std::string(version)};
    at = classes.emplace(key, Class{std::move(made), 0, *zero}).first;
  }
  MLC_TRY(at->second.amount, at->second.amount.plus(row.amount));
  ++at->second.rows;
  return {};
}

Decision SummaryBuilder::State::decide(const ledger::RowClass& row_class) const {
  if (rules == nullptr) return {};
  if (const ledger::Rule* rule = rules->match(row_class)) return {rule->result.category, false};
  const ledger::RuleSet* set = rules->find(row_class.rules_version);
  return {"", set == nullptr || set->suspense_account.empty()};
}

Status SummaryBuilder::State::add_group(std::map<GroupKey, SummaryGroup>& groups, const Class& one,
                                        const std::string& category) const {
  const ledger::RowClass& of = one.row_class;
  const GroupKey group_key{of.transaction_type, of.amount_type, of.amount_description,
                           of.marketplace, category};
  SummaryGroup empty{of.transaction_type,
                     of.amount_type,
                     of.amount_description,
                     of.marketplace,
                     category,
                     0,
                     *zero};
  SummaryGroup& group = groups.try_emplace(group_key, std::move(empty)).first->second;
  group.rows += one.rows;
  MLC_TRY(group.amount, group.amount.plus(one.amount));
  return {};
}

Status SummaryBuilder::State::fill(SettlementSummary& summary) const {
  std::map<GroupKey, SummaryGroup> groups;
  std::uint64_t quarantined_rows = 0;
  ledger::Money quarantined = *zero;
  for (const auto& [text, one] : classes) {
    const Decision decision = decide(one.row_class);
    MLC_TRY_STATUS(add_group(groups, one, decision.category));
    if (!decision.quarantined) continue;
    quarantined_rows += one.rows;
    MLC_TRY(quarantined, quarantined.plus(one.amount));
  }
  for (auto& [text, group] : groups) summary.groups.push_back(std::move(group));
  if (rules == nullptr) return {};
  summary.quarantined_rows = quarantined_rows;
  summary.quarantined_amount = quarantined;
  return {};
}

SummaryBuilder::SummaryBuilder(std::string file, const ledger::RuleBook* rules)
    : state_(std::make_unique<State>(
          State{std::move(file), rules, rules != nullptr && rules->looks_at_sku(), {}, {}, {}})) {}

SummaryBuilder::~SummaryBuilder() = default;

Status SummaryBuilder::on_header(const ledger::SettlementHeader& header) {
  state_->zero = ledger::Money::zero(header.total.currency());
  return {};
}

Status SummaryBuilder::on_rows(std::span<const ports::SettlementRow> rows) {
  for (const ports::SettlementRow& row : rows) MLC_TRY_STATUS(state_->add(row));
  return {};
}

Status SummaryBuilder::on_restart() {
  state_->classes.clear();
  return {};
}

SettlementSummary SummaryBuilder::finish(const Result<ParsedReport>& parsed) {
  SettlementSummary out;
  out.file = state_->file;
  if (!parsed) {
    out.errors.push_back(parsed.error());
    return out;
  }
  const ports::ReadReport& report = parsed->report;
  out.layout = report.layout;
  out.settlement_id = report.header.id.str();
  out.currency = report.header.total.currency().code();
  out.charset = report.charset;
  out.decimal_mark = report.decimal_mark;
  out.date_pattern = report.date_pattern;
  out.rows = report.rows;
  out.rows_without_date = parsed->rows_without_date;
  out.total = report.header.total;
  out.sum = report.sum;
  if (const auto difference = report.sum.minus(report.header.total)) out.difference = *difference;
  out.unknown_columns = report.unknown_columns;
  const Status identity = check_control_identity(*parsed, state_->file);
  out.ties = identity.has_value();
  if (!identity) out.errors.push_back(identity.error());
  if (const Status filled = state_->fill(out); !filled) {
    out.ties = false;
    out.errors.push_back(filled.error());
  }
  return out;
}

SettlementSummary summarize(ports::EvidenceReader& evidence, const std::string& file,
                            const ledger::RuleBook* rules) {
  SummaryBuilder builder(file, rules);
  return builder.finish(read_report(evidence, file, builder));
}

}  // namespace mlc::amazon::settlement_report
