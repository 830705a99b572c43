#include "daemon/connections.h"

#include "configuration/rule_files.h"

namespace mlc::daemon {
namespace {

Result<ledger::RuleBook> read_rules(const configuration::ConnectionSettings& settings,
                                    const std::filesystem::path& state_directory) {
  std::vector<std::filesystem::path> files;
  for (const auto& file : settings.rules) files.push_back(state_directory / file);
  return configuration::read_rule_files(files);
}

struct Calendar {
  std::optional<runtime::CronSchedule> schedule;
  std::optional<runtime::TimeZone> zone;
  runtime::QuietHours quiet_hours;
};

Result<Calendar> read_calendar(const configuration::ConnectionSettings& settings) {
  Calendar out;
  if (!settings.schedule.empty()) {
    MLC_TRY(out.schedule, runtime::CronSchedule::parse(settings.schedule));
  }
  if (!settings.schedule_zone.empty()) {
    MLC_TRY(out.zone, runtime::TimeZone::find(settings.schedule_zone));
  }
  MLC_TRY(out.quiet_hours, runtime::QuietHours::parse(settings.quiet_hours));
  return out;
}

Result<std::shared_ptr<const ledger::MaterialGroups>> read_groups(
    const configuration::ConnectionSettings& settings,
    const std::filesystem::path& state_directory) {
  if (settings.material_groups.empty()) return std::shared_ptr<const ledger::MaterialGroups>();
  MLC_TRY(auto groups,
          configuration::read_material_groups(state_directory / settings.material_groups));
  return std::make_shared<const ledger::MaterialGroups>(std::move(groups));
}

flow::PostingTimes posting_times(const configuration::TimeSettings& times) {
  flow::PostingTimes out;
  out.holder_lease = times.holder_lease;
  out.longest_call = times.longest_call;
  out.unit_deadline = times.unit_deadline;
  out.clock_skew = times.clock_skew;
  out.longest_run = times.longest_run;
  out.confirm_every = times.confirm_every;
  out.confirm_for = times.confirm_for;
  return out;
}

std::optional<ports::PositiveControl> first_control(
    const configuration::ConnectionSettings& settings) {
  if (!settings.first_control) return std::nullopt;
  const auto& control = *settings.first_control;
  return ports::PositiveControl{{control.company_code, control.number, control.fiscal_year},
                                control.reference};
}

Result<std::vector<ledger::Opening>> openings_of(
    const configuration::ConnectionSettings& settings) {
  std::vector<ledger::Opening> out;
  for (const auto& opening : settings.openings) {
    MLC_TRY(const auto currency, ledger::Currency::from_code(opening.currency));
    MLC_TRY(const auto receivable, ledger::Money::parse(opening.receivable, currency));
    MLC_TRY(const auto reserve, ledger::Money::parse(opening.reserve, currency));
    out.push_back({receivable, reserve});
  }
  return out;
}

}  // namespace

Result<flow::Connection> make_connection(const configuration::ConnectionSettings& settings,
                                         const configuration::TimeSettings& times,
                                         const std::filesystem::path& state_directory) {
  MLC_TRY(auto zone, runtime::TimeZone::find(settings.home_zone));
  MLC_TRY(auto unbound, read_rules(settings, state_directory));
  MLC_TRY(auto groups, read_groups(settings, state_directory));
  auto rules = unbound.bound(settings.selling_account, std::move(groups));
  MLC_TRY(auto calendar, read_calendar(settings));
  const bool automatic = settings.post == configuration::PostMode::kAuto;
  const std::vector<std::string> company_codes =
      settings.company_codes.empty() ? std::vector<std::string>{settings.company_code}
                                     : settings.company_codes;
  MLC_TRY(auto openings, openings_of(settings));
  const auto model =
      ledger::posting_model(settings.posting_model).value_or(ledger::PostingModel::kSalesJournal);
  const auto misfits = ledger::problems_of(rules, model);
  if (!misfits.empty()) return failure(misfits.front());
  return flow::Connection{
      .tenant = settings.tenant,
      .id = settings.id,
      .selling_account = settings.selling_account,
      .currencies = settings.currencies,
      .post_mode = automatic ? flow::PostMode::kAuto : flow::PostMode::kApprove,
      .home_zone = std::move(zone),
      .cutover = settings.cutover,
      .poll_every = settings.poll_every,
      .schedule = std::move(calendar.schedule),
      .schedule_zone = std::move(calendar.zone),
      .quiet_hours = calendar.quiet_hours,
      .sap = {settings.sap.system_id, settings.sap.client, settings.sap.logical_system},
      .company_code = settings.company_code,
      .company_codes = company_codes,
      .document_type = settings.document_type,
      .receivable_account = settings.receivable_account,
      .receivable_profit_center = settings.receivable_profit_center,
      .marketplace_label = settings.marketplace_label,
      .sap_decimals = static_cast<int>(settings.sap_decimals),
      .item_limit = static_cast<int>(settings.item_limit),
      .document_limit = static_cast<int>(settings.document_limit),
      .largest_report = settings.largest_report.bytes,
      .first_control = first_control(settings),
      .times = posting_times(times),
      .rules = std::move(rules),
      .posting_model = model,
      .openings = std::move(openings)};
}

}  // namespace mlc::daemon
