#include "sap/target_reader.h"

#include "sap/allowed_rows.h"

namespace mlc::sap {
namespace {

using ports::Target;
using ports::TargetState;

const TableShape kCompanyCodes{"T001", {{"BUKRS", 4}}, {{"KTOPL", 4}}};
const TableShape kAreas{"TKA02", {{"BUKRS", 4}, {"GSBER", 4}}, {{"KOKRS", 4}}};
const TableShape kChart{"SKA1", {{"KTOPL", 4}, {"SAKNR", 10}}, {{"XSPEB", 1}}};
const TableShape kInCompanyCode{
    "SKB1", {{"BUKRS", 4}, {"SAKNR", 10}}, {{"XSPEB", 1}, {"MITKZ", 1}, {"XINTB", 1}}};
const TableShape kCostCenters{
    "CSKS", {{"KOKRS", 4}, {"KOSTL", 10}, {"DATBI", 8}}, {{"DATAB", 8}, {"BKZKP", 1}}};

Target unreadable(const std::string& number, std::string_view table) {
  return {number, TargetState::kUnknown, std::string(table), ""};
}

class TargetReader {
 public:
  TargetReader(abap::Session& session, const ports::TargetQuestion& question,
               const ReaderLimits& limits)
      : session_(session), question_(question), limits_(limits) {}

  Result<ports::TargetAnswer> run() {
    MLC_TRY(company_, find(kCompanyCodes, {equal_to("BUKRS", question_.company_code)}));
    MLC_TRY(area_, find(kAreas, {equal_to("BUKRS", question_.company_code)}));
    ports::TargetAnswer out;
    for (const std::string& account : question_.accounts) {
      MLC_TRY(auto found, account_of(account));
      out.accounts.push_back(std::move(found));
    }
    for (const std::string& center : question_.cost_centers) {
      MLC_TRY(auto found, cost_center_of(center));
      out.cost_centers.push_back(std::move(found));
    }
    return out;
  }

 private:
  Result<FoundRow> find(const TableShape& shape, const std::vector<Words>& conditions) {
    return find_if_allowed(session_, shape, conditions, limits_);
  }

  Result<Target> account_of(const std::string& account) {
    const std::string in_company = "company code " + question_.company_code;
    if (!company_.readable) return unreadable(account, kCompanyCodes.table);
    if (!company_.row) return Target{account, TargetState::kMissing, in_company, ""};
    const std::string& chart = cell(*company_.row, "KTOPL");
    const std::string in_chart = "chart of accounts " + chart;
    MLC_TRY(const FoundRow central,
            find(kChart, {equal_to("KTOPL", chart), equal_to("SAKNR", account)}));
    if (!central.readable) return unreadable(account, kChart.table);
    if (!central.row) return Target{account, TargetState::kMissing, in_chart, ""};
    MLC_TRY(const FoundRow local, find(kInCompanyCode, {equal_to("BUKRS", question_.company_code),
                                                        equal_to("SAKNR", account)}));
    if (!local.readable) return unreadable(account, kInCompanyCode.table);
    if (!local.row) return Target{account, TargetState::kMissing, in_company, ""};
    if (!cell(*central.row, "XSPEB").empty()) {
      return Target{account, TargetState::kBlocked, in_chart, "blocked for posting"};
    }
    return in_company_code(account, *local.row, in_company);
  }

  static Target in_company_code(const std::string& account, const TableRow& row,
                                const std::string& where) {
    const auto blocked = [&](std::string why) {
      return Target{account, TargetState::kBlocked, where, std::move(why)};
    };
    if (!cell(row, "XSPEB").empty()) return blocked("blocked for posting");
    if (!cell(row, "MITKZ").empty()) return blocked("a reconciliation account");
    if (!cell(row, "XINTB").empty()) return blocked("for automatic postings only");
    return {account, TargetState::kUsable, where, ""};
  }

  Result<Target> cost_center_of(const std::string& center) {
    if (!area_.readable) return unreadable(center, kAreas.table);
    if (!area_.row) {
      return Target{center, TargetState::kMissing,
                    "company code " + question_.company_code + " (of no controlling area)", ""};
    }
    const std::string& area = cell(*area_.row, "KOKRS");
    const std::string day = format_dats(question_.day);
    MLC_TRY(const FoundRow found, find(kCostCenters, {equal_to("KOKRS", area),
                                                      equal_to("KOSTL", center),
                                                      {"DATBI", ">=", quoted(day)},
                                                      {"DATAB", "<=", quoted(day)}}));
    const std::string where = "controlling area " + area;
    if (!found.readable) return unreadable(center, kCostCenters.table);
    if (!found.row) return Target{center, TargetState::kMissing, where, ""};
    const bool locked = !cell(*found.row, "BKZKP").empty();
    return Target{center, locked ? TargetState::kBlocked : TargetState::kUsable, where,
                  locked ? "locked for primary costs" : ""};
  }

  abap::Session& session_;
  const ports::TargetQuestion& question_;
  const ReaderLimits& limits_;
  FoundRow company_{};
  FoundRow area_{};
};

}  // namespace

Result<ports::TargetAnswer> read_targets(abap::Session& session,
                                         const ports::TargetQuestion& question,
                                         const ReaderLimits& limits) {
  return TargetReader(session, question, limits).run();
}

}  // namespace mlc::sap
