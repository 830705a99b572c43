#include "configuration/hub_sections.h"

#include <algorithm>

namespace mlc::configuration {

const Fields<HubConfiguration>& state_fields() {
  using S = HubConfiguration;
  static const Fields<S> fields{
      field("name", &S::name, "A name for this installation, shown to people.",
            {false, 100, "a name without blanks"}),
  };
  return fields;
}

const Fields<StoreSettings>& store_fields() {
  using S = StoreSettings;
  static const Fields<S> fields{
      field("url", &S::url,
            "\"postgresql://USER@HOST/DATABASE\" without a password; empty: hub.sqlite here.",
            {false, 0, "an address that begins with postgresql://, or an empty text"}),
      field("password", &S::password,
            "Where the password of that user is kept: \"file:PATH\" or \"env:NAME\".",
            {false, 0, "\"file:PATH\" or \"env:NAME\""}),
      field("evidence", &S::evidence,
            "Folder of Amazon's files that all hubs of one database share; empty: evidence/ here.",
            {false, 0, "a folder, or an empty text"}),
  };
  return fields;
}

const Fields<ConnectionSettings>& connection_fields() {
  using S = ConnectionSettings;
  static const Fields<S> fields{
      field("id", &S::id, "Names the connection in lists and commands; never change it afterwards.",
            {true, 40, "a short name such as \"us\""}),
      field("tenant", &S::tenant, "Whose books these are; leads every record.",
            {false, 40, "a short name such as \"default\""}),
      field("selling_account", &S::selling_account, "Amazon's merchant token of the seller.",
            {true, 40, "Amazon's merchant token"}),
      field("region", &S::region, "Amazon's region: \"na\", \"eu\" or \"fe\".",
            {true, 2, "\"na\", \"eu\" or \"fe\""}),
      field("currencies", &S::currencies,
            "Currencies of the settlements it takes; Amazon pays each currency apart.",
            {true, 3, "a list of ISO 4217 currencies such as [\"USD\"]"}),
      field("marketplace_label", &S::marketplace_label,
            "First word of the document header text (BKTXT).", {true, 6, "at most 6 characters"}),
      field("home_zone", &S::home_zone,
            "Time zone whose days decide posting dates and rule versions.",
            {true, 0, "a time zone such as \"America/Los_Angeles\""}),
      field("cutover", &S::cutover,
            "Settlements that end before this day are proved but never posted.",
            {true, 0, "a date without quotes such as 2026-10-01"}),
      field("post", &S::post, "\"auto\" posts by itself, \"approve\" waits for `approve`.",
            {true, 0, "\"auto\" or \"approve\""}),
      field(
          "posting_model", &S::posting_model,
          "\"A\": the settlement is the sales journal; \"B\": SD bills the orders, it clears them.",
          {false, 1, "\"A\" or \"B\""}),
      field("poll_every", &S::poll_every, "How often Amazon is asked for new settlement reports."),
      field("schedule", &S::schedule,
            "When Amazon is asked instead, as crontab writes it: \"*/15 22-23,0-5 * * *\".",
            {false, 200, "a schedule of five fields"}),
      field("schedule_zone", &S::schedule_zone,
            "Time zone of schedule and quiet_hours; empty: home_zone.",
            {false, 0, "a time zone such as \"Europe/Berlin\""}),
      field("quiet_hours", &S::quiet_hours,
            "Times of the day in which nothing is sent to SAP, such as [\"22:00-06:00\"].",
            {false, 11, "a list of times of the day such as [\"22:00-06:00\"]"}),
      field("company_code", &S::company_code, "BUKRS that the documents belong to.",
            {true, 4, "at most 4 characters"}),
      field("company_codes", &S::company_codes,
            "All company codes in which our references are looked for; empty: company_code only.",
            {false, 4, "a list of company codes of at most 4 characters"}),
      field("document_type", &S::document_type, "BLART of the documents.",
            {true, 2, "2 characters"}),
      field("receivable_account", &S::receivable_account,
            "Open-item G/L account for what Amazon owes; every document balances on it.",
            {true, 10, "an account number of at most 10 digits"}),
      field("receivable_profit_center", &S::receivable_profit_center,
            "Profit centre of the receivable line; empty: none.",
            {false, 10, "a profit centre of at most 10 characters"}),
      field("sap_decimals", &S::sap_decimals,
            "Decimals of the document currency in SAP (table TCURX; 2 unless listed there).",
            {false, 4, "a whole number from 0 to 4"}),
      field("item_limit", &S::item_limit,
            "Most lines of one document; SAP allows 999 and adds some itself.",
            {false, 900, "a whole number from 2 to 900"}),
      field("document_limit", &S::document_limit,
            "Most documents of one settlement; more are refused.",
            {false, 359, "a whole number from 1 to 359"}),
      field("largest_report", &S::largest_report,
            "Largest settlement report, unpacked; more is refused and leaves nothing behind."),
      field("rules", &S::rules, "Rule files, relative to the state directory.",
            {true, 0, "a list of rule files such as [\"rules/us-sample.toml\"]"}),
      field("material_groups", &S::material_groups,
            "File of SKUs and their material groups, for rules that look at them; empty: none.",
            {false, 0, "a file such as \"rules/material-groups.tsv\""}),
  };
  return fields;
}

const Fields<AmazonSettings>& amazon_fields() {
  using S = AmazonSettings;
  static const Fields<S> fields{
      field("endpoint", &S::endpoint,
            "\"simulator\", an address such as \"https://...\", or empty for the region's own.",
            {false, 0, "\"simulator\", an address or an empty text"}),
      field("login_endpoint", &S::login_endpoint,
            "Address of Login with Amazon; empty for Amazon's own.",
            {false, 0, "an address or an empty text"}),
      field("proxy", &S::proxy,
            "Proxy on the way to Amazon: \"http://host:port\", \"environment\", or empty for none.",
            {false, 0, "\"http://host:port\", \"environment\" or an empty text"}),
      field("client_id", &S::client_id, "Client id of the application at Amazon.",
            {true, 0, "the client id of the application"}),
      field("client_secret", &S::client_secret,
            "Where the client secret is kept: \"file:PATH\" or \"env:NAME\"; several: the newest "
            "first.",
            {true, 0, "\"file:PATH\" or \"env:NAME\""}),
      field("refresh_token", &S::refresh_token,
            "Where the seller's refresh token is kept: \"file:PATH\" or \"env:NAME\".",
            {true, 0, "\"file:PATH\" or \"env:NAME\""}),
      field("secret_rotated_on", &S::secret_rotated_on,
            "Day of the last rotation of the client secret; Amazon ends it after 180 days."),
      field("authorised_on", &S::authorised_on,
            "Day of the seller's authorisation of a public application; it ends after 365 days."),
  };
  return fields;
}

const Fields<AmazonSimulatorSettings>& amazon_simulator_fields() {
  using S = AmazonSimulatorSettings;
  static const Fields<S> fields{
      field("seed", &S::seed, "The same seed gives the same settlements.",
            {false, 0, "a whole number"}),
      field("anchor", &S::anchor, "When the simulated story ends; fixed when the state is made.",
            {true, 0, "an instant such as \"2026-10-01T00:00:00Z\""}),
      field("settlements", &S::settlements, "How many settlements there are of each market.",
            {false, 10'000, "a whole number of at most 10000"}),
      field("rows", &S::rows, "How many rows a settlement has, about.",
            {false, 10'000'000, "a whole number of at most 10000000"}),
      field("markets", &S::markets,
            "Stores whose settlements are played, all of this region; empty: US, DE or JP.",
            {false, 20, "a list of markets such as [\"US\", \"CA\"]"}),
      field("variety", &S::variety,
            "\"everyday\", or \"everything\": half of the rows are of kinds that are rare.",
            {false, 0, "\"everyday\" or \"everything\""}),
      field("fault_plan", &S::fault_plan,
            "File with what goes wrong and when (docs/formats/fault-plan.md); empty: nothing.",
            {false, 0, "a file"}),
  };
  return fields;
}

const Fields<SapSettings>& sap_fields() {
  using S = SapSettings;
  static const Fields<S> fields{
      field("transport", &S::transport,
            "\"simulator\" (inside this program) or \"simulator-socket\" (a program beside it).",
            {true, 0, "\"simulator\" or \"simulator-socket\""}),
      field("system_id", &S::system_id, "System id (SID); posting is refused in any other system.",
            {true, 3, "3 characters"}),
      field("client", &S::client, "Client (MANDT).", {true, 3, "3 digits between quotes"}),
      field("logical_system", &S::logical_system, "Logical system of the client (T000-LOGSYS).",
            {true, 10, "at most 10 characters"}),
      field("user", &S::user, "User whose name the documents carry.",
            {true, 12, "at most 12 characters"}),
      field("password", &S::password,
            "Where the password is kept: \"file:PATH\" or \"env:NAME\"; never the password.",
            {true, 0, "\"file:PATH\" or \"env:NAME\""}),
      field("books", &S::books, "Directory of the simulator's books; no backup contains it.",
            {false, 0, "a directory"}),
      field("socket", &S::socket, "Socket of the simulator program; empty without one.",
            {false, 100, "a path of at most 100 characters"}),
      field("fence", &S::fence,
            "What SAP has against a second poster: \"none\", \"session_lock\" or \"z_wrapper\".",
            {false, 0, "\"none\", \"session_lock\" or \"z_wrapper\""}),
      field("lock_function", &S::lock_function,
            "The site's module for session_lock (docs/formats/sap-fence.md).",
            {false, 30, "a function module of at most 30 characters"}),
      field("key_function", &S::key_function,
            "The site's module for z_wrapper (docs/formats/sap-fence.md).",
            {false, 30, "a function module of at most 30 characters"}),
      field("reader_rows", &S::reader_rows,
            "Most rows that one read of a table may answer; more is refused, never cut.",
            {false, 1'000'000, "a whole number from 1 to 1000000"}),
  };
  return fields;
}

const Fields<SapMessage>& sap_message_fields() {
  using S = SapMessage;
  static const Fields<S> fields{
      field("class", &S::id, "Message class as SAP shows it (SE91), such as \"KI\".",
            {true, 20, "a message class of at most 20 characters"}),
      field("number", &S::number, "Message number.", {true, 3, "3 digits between quotes"}),
      field("outcome", &S::outcome,
            "\"deferred\": tried again by itself; \"rejected\": waits for a person.",
            {true, 8, "\"deferred\" or \"rejected\""}),
      field("note", &S::note, "Shown with the refusal: who saw it when, and what to do about it.",
            {false, 200, "one line of at most 200 characters"}),
  };
  return fields;
}

const Fields<FirstControl>& first_control_fields() {
  using S = FirstControl;
  static const Fields<S> fields{
      field("company_code", &S::company_code, "Company code of a document that exists in SAP.",
            {true, 4, "at most 4 characters"}),
      field("number", &S::number, "Its document number (BELNR).", {true, 10, "10 digits"}),
      field("fiscal_year", &S::fiscal_year, "Its fiscal year (GJAHR).",
            {true, 4, "4 digits between quotes"}),
      field("reference", &S::reference, "Its reference (XBLNR).",
            {false, 16, "at most 16 characters"}),
  };
  return fields;
}

const Fields<OpeningBalances>& opening_fields() {
  using S = OpeningBalances;
  static const Fields<S> fields{
      field("currency", &S::currency, "One of the connection's currencies.",
            {true, 3, "an ISO 4217 currency of the connection"}),
      field("receivable", &S::receivable, "What Amazon owed at the cut-over and pays from then on.",
            {false, 20, "an amount between quotes such as \"1234.56\""}),
      field("reserve", &S::reserve, "What Amazon held back at the cut-over, positive.",
            {false, 20, "an amount between quotes such as \"1234.56\""}),
  };
  return fields;
}

const Fields<TimeSettings>& time_fields() {
  using S = TimeSettings;
  static const Fields<S> fields{
      field("step_lease", &S::step_lease, "How long one worker may keep one piece of work."),
      field("holder_lease", &S::holder_lease,
            "How long a worker holds posting into a company code before it must ask again."),
      field("longest_call", &S::longest_call,
            "Longest call to SAP; a successor waits that long after a lease has ended."),
      field("unit_deadline", &S::unit_deadline,
            "After this nothing more is sent for one posting; shorter than holder_lease."),
      field("clock_skew", &S::clock_skew, "Most by which SAP's clock and ours differ."),
      field("longest_run", &S::longest_run,
            "SAP's longest work-process run (rdisp/max_wprun_time); absence counts after it."),
      field("confirm_every", &S::confirm_every, "How often posted documents are read again."),
      field("confirm_for", &S::confirm_for, "For how long they are read again."),
  };
  return fields;
}

const Fields<ObserveSettings>& observe_fields() {
  using S = ObserveSettings;
  static const Fields<S> fields{
      field(
          "listen", &S::listen,
          "Where `run` answers /healthz, /readyz and /metrics: \"127.0.0.1:9464\"; empty: nowhere.",
          {false, 0, "an address of this machine such as \"127.0.0.1:9464\", or an empty text"}),
      field("log", &S::log,
            "What `run` writes about its work: \"text\" for people, \"json\" for machines.",
            {false, 0, "\"text\" or \"json\""}),
  };
  return fields;
}

Status expect_table(const Reading& reading, std::string_view key, const TomlValue& value) {
  if (value.kind == TomlValue::Kind::kTable) return {};
  return failure(bad_value(reading, key, value, "a table"));
}

bool is_one_of(std::string_view text, std::initializer_list<std::string_view> words) {
  return std::ranges::find(words, text) != words.end();
}

}  // namespace mlc::configuration
