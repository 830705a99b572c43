#include "operations/testing/hub_fixture.h"

#include <algorithm>
#include <sstream>

#include "base/expect.h"
#include "flow/discovery.h"
#include "operations/import_file.h"
#include "operations/names.h"

namespace mlc::operations::testing {
namespace {

constexpr const char* kNow = "2026-10-02T08:00:00.000Z";

ledger::Currency usd() { return *ledger::Currency::from_code("USD"); }

std::vector<std::string> cells_of(const std::string& line) {
  std::vector<std::string> out;
  std::istringstream in(line);
  for (std::string cell; std::getline(in, cell, '\t');) out.push_back(cell);
  return out;
}

Result<std::string> whole(ports::EvidenceReader& evidence) {
  std::string out;
  for (std::uint32_t i = 0; i < evidence.object().frames; ++i) {
    MLC_TRY(const auto frame, evidence.frame(i));
    out += frame;
  }
  return out;
}

ledger::RuleBook rules_for(const std::vector<std::string>& descriptions,
                           const std::string& reason = "because of ") {
  ledger::RuleSet set{};
  set.name = "test";
  set.version = "2026-1";
  set.valid_from = *parse_date("2020-01-01");
  int account = 400000;
  for (const std::string& description : descriptions) {
    ledger::Rule rule{};
    rule.id = "rule-" + description;
    rule.why = reason + description;
    rule.match.amount_description = {ledger::Pattern::Kind::kExact, description};
    rule.result.nature = ledger::Nature::kOther;
    rule.result.account = std::to_string(account++);
    set.rules.push_back(rule);
  }
  return *ledger::RuleBook::make({set});
}

flow::Connection connection(flow::PostMode mode) {
  return {.tenant = TenantId("default"),
          .id = ConnectionId("us"),
          .selling_account = "A1",
          .currencies = {"USD"},
          .post_mode = mode,
          .home_zone = *runtime::TimeZone::find("America/Los_Angeles"),
          .cutover = *parse_date("2026-01-01"),
          .sap = {"ECS", "800", "ECSCLNT800"},
          .company_code = "US01",
          .company_codes = {"US01"},
          .document_type = "SA",
          .receivable_account = "140000",
          .receivable_profit_center = "",
          .marketplace_label = "US",
          .first_control = {},
          .times = {},
          .rules = rules_for({"Principal", "Commission", "Refund"})};
}

ledger::PostedDocument posted(const ledger::LedgerDocument& document, std::size_t count) {
  const std::string number = std::to_string(100000001 + count);
  ledger::PostedDocument out{{document.company_code, "0" + number, "2026"},
                             document.document_type,
                             document.key.text(),
                             document.header_text,
                             ' ',
                             document.posting_date,
                             document.document_date,
                             document.currency,
                             "MLC",
                             {},
                             {},
                             {}};
  for (const auto& line : document.lines) {
    out.lines.push_back({line.item, 'S', line.account, line.amount, line.amount, line.cost_center,
                         line.profit_center, line.tax_code, line.assignment, line.text});
  }
  return out;
}

}  // namespace

Result<ports::ReadReport> PlainReader::read(ports::EvidenceReader& evidence,
                                            const std::string& /*file*/, ports::RowSink& sink) {
  MLC_TRY(const auto content, whole(evidence));
  const Instant end = *parse_instant("2026-09-30T12:00:00Z");
  ledger::Currency currency = usd();
  ports::ReadReport out{
      {SettlementId(), end - std::chrono::hours(240), end, end, ledger::Money::zero(usd())},
      "V2",
      "UTF-8",
      ".",
      "YYYY-MM-DD",
      0,
      ledger::Money::zero(usd()),
      {}};
  std::istringstream lines(content);
  std::uint64_t offset = 0;
  std::uint64_t number = 0;
  for (std::string line; std::getline(lines, line); offset += line.size() + 1) {
    const auto cells = cells_of(line);
    if (++number == 1 || cells.empty()) continue;
    if (cells[0] == "total") {
      out.header.id = SettlementId(cells[1]);
      if (cells.size() > 3) {
        MLC_TRY(currency, ledger::Currency::from_code(cells[3]));
      }
      MLC_TRY(out.header.total, ledger::Money::parse(cells[2], currency));
      if (cells.size() > 5) {
        out.header.start = *parse_instant(cells[4]);
        out.header.end = *parse_instant(cells[5]);
      }
      out.sum = ledger::Money::zero(currency);
      MLC_TRY_STATUS(sink.on_header(out.header));
      continue;
    }
    MLC_TRY(const auto amount, ledger::Money::parse(cells[4], currency));
    const ports::SettlementRow row{number,   offset,   line, cells[0], "",  cells[3],
                                   cells[1], cells[2], "",   "",       end, amount};
    MLC_TRY_STATUS(sink.on_rows({&row, 1}));
    MLC_TRY(out.sum, out.sum.plus(amount));
    ++out.rows;
  }
  return out;
}

ports::PostResult KeepingSap::post(const ports::PostUnit& unit) {
  for (const auto& document : unit.manifest.documents) {
    books.push_back(posted(document, books.size()));
  }
  ports::PostResult out;
  out.outcome = lose_answers ? ports::Outcome::kInDoubt : ports::Outcome::kPosted;
  out.judgement = ledger::judge(unit.manifest,
                                ledger::without_parts(books, unit.manifest.stem, unit.other_parts));
  return out;
}

Result<ports::ReportPage> ListingSource::list_settlement_reports(Instant since,
                                                                 const std::string& token) {
  ++listings;
  if (refuse) return failure(*refuse);
  ports::ReportPage out;
  const std::size_t at = token.empty() ? 0 : std::stoul(token);
  if (at >= contents.size()) return out;
  const std::string number = std::to_string(at);
  out.reports.push_back(
      {"r" + number, "d" + number, "DONE", since + std::chrono::hours(at + 1), {}, {}, {}});
  if (at + 1 < contents.size()) out.next_token = std::to_string(at + 1);
  return out;
}

Result<ports::ReportListing> ListingSource::report(const std::string& report_id) {
  return ports::ReportListing{report_id, "d" + report_id.substr(1), "DONE", {}, {}, {}, {}};
}

Result<ports::ReceivedDocument> ListingSource::download(const std::string& report_document_id,
                                                        ports::EvidenceVault& vault) {
  ++downloads;
  if (refuse) return failure(*refuse);
  MLC_TRY(const auto writer, vault.begin());
  const std::string& content = contents.at(std::stoul(report_document_id.substr(1)));
  MLC_TRY_STATUS(writer->write(content));
  ports::ReceivedDocument out;
  MLC_TRY(out.object, writer->finish());
  return out;
}

ports::CheckResult KeepingSap::check(const ports::PostUnit& unit) {
  if (while_checked) while_checked();
  ports::CheckResult out;
  out.judgement = ledger::judge(unit.manifest, {});
  out.outcome = refuse ? ports::Outcome::kRejected : ports::Outcome::kPosted;
  out.error = refuse;
  return out;
}

Result<ports::LookUpResult> KeepingSap::look_up(const ports::LookUpUnit& unit) {
  ports::LookUpResult out;
  out.identity = unit.expected;
  for (const auto& document : books) {
    const bool asked = std::ranges::find(unit.numbers, document.number) != unit.numbers.end();
    if (document.reference.starts_with(unit.stem)) {
      out.documents.push_back(document);
    } else if (asked) {
      out.by_number.push_back(document);
    }
  }
  out.user = "MLC";
  out.control = ports::ControlFinding::kFound;
  return out;
}

ports::ReverseResult KeepingSap::reverse(const ports::ReverseUnit& unit) {
  ports::ReverseResult out;
  if (refuse_reversal) {
    out.outcome = ports::Outcome::kRejected;
    out.error = refuse_reversal;
    return out;
  }
  for (const auto& part : unit.parts) {
    for (auto& document : books) {
      if (document.number != part.number) continue;
      document.reversed_by = ledger::DocumentNumber{document.number.company_code, "0199999999",
                                                    document.number.fiscal_year};
    }
  }
  out.outcome = ports::Outcome::kPosted;
  return out;
}

HubFixture::HubFixture(flow::PostMode mode)
    : clock(*parse_instant(kNow)),
      store(*store::open_memory_store(*parse_instant(kNow))),
      vault(*evidence::DirectoryVault::open(files, "/evidence")),
      guard(std::make_unique<flow::PostingGuard>(*store, clock)),
      audit(std::make_unique<store::AuditLog>(store->database(), "hub.example.org")),
      world(std::make_unique<flow::World>(
          flow::World{*store, *vault, reader, clock, *guard, {}, "worker"})),
      engine(std::make_unique<flow::Engine>(*world, std::chrono::minutes(10))),
      hub(std::make_unique<Hub>(Hub{*store,
                                    *vault,
                                    reader,
                                    clock,
                                    world.get(),
                                    audit.get(),
                                    {},
                                    TenantId("default"),
                                    "cli:anna",
                                    nullptr,
                                    {},
                                    {}})) {
  world->connections.push_back({connection(mode), nullptr, &sap});
}

std::string HubFixture::import(const std::string& content, const std::string& file,
                               const std::string& connection) {
  std::istringstream in(content);
  const auto imported = import_file(*hub, connection, file, in, {});
  MLC_EXPECT(imported.has_value());
  run();
  return imported->work.str();
}

void HubFixture::add_discovery() {
  world->connections.front().source = &source;
  const auto transaction = *store->begin();
  const auto work = flow::discovery_work(world->connections.front().settings, clock.now());
  MLC_EXPECT(transaction->add_work(work).has_value());
  MLC_EXPECT(transaction->commit().has_value());
}

void HubFixture::run() { MLC_EXPECT(engine->run_until_idle().has_value()); }

std::string HubFixture::state_of(const std::string& name) {
  const auto named = find_named(*hub, name);
  return named ? named->work.state : std::string(named.error().id());
}

void HubFixture::use_rules(const std::vector<std::string>& descriptions,
                           const std::string& reason) {
  world->connections.front().settings.rules = rules_for(descriptions, reason);
}

std::string sample_file(const std::string& id) {
  return "type\tamount type\tdescription\tmarketplace\tamount\n"
         "total\t" +
         id +
         "\t100.00\n"
         "Order\tItemPrice\tPrincipal\tamazon.com\t100.00\n"
         "Order\tItemPrice\tPrincipal\tamazon.com\t50.00\n"
         "Order\tItemFees\tCommission\tamazon.com\t-22.50\n"
         "Refund\tItemPrice\tRefund\tamazon.com\t-27.50\n";
}

std::string longer_file() {
  std::string out = sample_file();
  out.replace(out.find("\t100.00\n"), 8, "\t110.00\n");
  return out + "Order\tItemPrice\tPrincipal\tamazon.com\t10.00\n";
}

}  // namespace mlc::operations::testing
