#include "simulators/sap/command_line.h"

#include <charconv>
#include <csignal>
#include <fstream>
#include <iterator>
#include <map>
#include <ostream>

#include "simulators/sap/sap_host.h"
#include "simulators/sap/sap_system.h"

namespace mlc::simulators::sap {
namespace {

using Words = std::vector<std::string>;

tl::unexpected<Error> usage(std::string problem) {
  return failure(kUsage, {{"problem", std::move(problem)}});
}

struct Act {
  std::size_t least = 0;  // words after the act's name
  std::size_t most = 0;
};

const std::map<std::string, Act, std::less<>>& acts() {
  static const std::map<std::string, Act, std::less<>> known{
      {"list", {0, 0}},           {"reverse", {3, 3}},          {"park", {3, 3}},
      {"post-parked", {3, 5}},    {"delete-parked", {3, 3}},    {"key", {6, 6}},
      {"close-period", {4, 4}},   {"open-period", {6, 6}},      {"lock-co", {3, 3}},
      {"unlock-co", {3, 3}},      {"revoke-read", {3, 3}},      {"grant-read", {2, 2}},
      {"repeat-updates", {0, 0}}, {"delete-updates", {0, 0}},   {"snapshot", {1, 1}},
      {"restore", {1, 1}},        {"install-function", {2, 2}}, {"remove-function", {1, 1}},
      {"delete-key", {2, 2}},     {"set-rate", {5, 5}}};
  return known;
}

std::vector<Message> move_accountant(Hands& hands, const Words& words) {
  const auto& act = words[0];
  if (act == "key") {
    HandKeyed document;
    document.bukrs = words[1];
    document.xblnr = words[2];
    document.budat = words[3];
    document.debit = words[4];
    document.credit = words[5];
    std::from_chars(words[6].data(), words[6].data() + words[6].size(), document.amount);
    return hands.key_by_hand(document);
  }
  const BookKey key{words[1], words[2], words[3]};
  if (act == "reverse") return hands.reverse(key);
  if (act == "park") return hands.park(key);
  if (act == "delete-parked") return hands.delete_parked(key);
  return hands.post_parked(
      key, words.size() == 6 ? ApproverChanges{words[4], words[5], ""} : ApproverChanges{});
}

std::vector<Message> move(Hands& hands, const Words& words, std::ostream& out) {
  const auto& act = words[0];
  if (act == "list") {
    out << hands.list();
  } else if (act == "close-period") {
    hands.close_period(words[1], words[2], words[3], words[4]);
  } else if (act == "open-period") {
    hands.open_period(words[1], words[2], words[3], words[4], words[5], words[6]);
  } else if (act == "lock-co") {
    hands.lock_co(words[1], words[2], words[3]);
  } else if (act == "unlock-co") {
    hands.unlock_co(words[1], words[2], words[3]);
  } else if (act == "revoke-read") {
    hands.revoke_read(words[1], words[2], words[3]);
  } else if (act == "grant-read") {
    hands.grant_read(words[1], words[2]);
  } else if (act == "set-rate") {
    std::int64_t rate = 0;
    std::from_chars(words[5].data(), words[5].data() + words[5].size(), rate);
    hands.set_rate({words[1], words[2], words[3]}, words[4], rate);
  } else if (act == "repeat-updates") {
    out << hands.repeat_stopped_updates() << " updates carried out\n";
  } else if (act == "delete-updates") {
    hands.delete_stopped_updates();
  } else if (act == "snapshot") {
    hands.snapshot(words[1]);
  } else if (act == "restore") {
    if (!hands.restore(words[1])) return {{kOriginalNotFound, {words[1]}, "", 0, ""}};
  } else if (act == "install-function") {
    if (!hands.install_function(words[1], words[2])) return {{kNoFunction, {words[2]}, "", 0, ""}};
  } else if (act == "remove-function") {
    hands.remove_function(words[1]);
  } else if (act == "delete-key") {
    hands.delete_key(words[1], words[2]);
  } else {
    return move_accountant(hands, words);
  }
  return {};
}

Result<std::unique_ptr<SapSystem>> open_system(const Options& options, FaultPlan* faults) {
  SystemSettings settings;
  settings.books = options.books;
  Landscape landscape = sample_landscape();
  add_opening_document(landscape);
  return SapSystem::open(settings, landscape, faults);
}

}  // namespace

Result<Options> read_options(const Words& words) {
  Options options;
  std::map<std::string, std::filesystem::path*, std::less<>> paths{
      {"--books", &options.books},
      {"--socket", &options.socket},
      {"--fault-plan", &options.fault_plan}};
  const bool hand = !words.empty() && words[0] == "hand";
  for (std::size_t i = hand ? 1 : 0; i < words.size(); ++i) {
    const auto& word = words[i];
    const auto path = paths.find(word);
    if (word == "--help") {
      options.help = true;
    } else if (path != paths.end() || word == "--landscape") {
      if (++i == words.size()) return usage(word + " wants a value");
      if (path != paths.end()) *path->second = words[i];
      if (path == paths.end() && words[i] != "sample") return usage("no landscape " + words[i]);
    } else if (hand && !word.starts_with("--")) {
      options.hand.push_back(word);
    } else {
      return usage("unknown word " + word);
    }
  }
  if (options.help) return options;
  if (options.books.empty()) return usage("--books is missing");
  if (!hand && options.socket.empty()) return usage("--socket is missing");
  if (!hand) return options;
  const auto act = options.hand.empty() ? acts().end() : acts().find(options.hand[0]);
  if (act == acts().end()) return usage("hand wants an act");
  const auto given = options.hand.size() - 1;
  if (given < act->second.least || given > act->second.most) {
    return usage(act->first + " wants other words");
  }
  return options;
}

Result<std::vector<FaultOrder>> read_plan(const std::filesystem::path& file) {
  if (file.empty()) return std::vector<FaultOrder>{};
  std::ifstream in(file, std::ios::binary);
  if (!in) {
    return failure(kBadFaultPlan, {{"reason", "the file cannot be read"}, {"place", file}});
  }
  return parse_fault_plan(std::string(std::istreambuf_iterator<char>(in), {}));
}

Status move_by_command(const Options& options, Instant now, std::ostream& out) {
  // A mistyped directory must not become an empty system.
  std::error_code error;
  if (!std::filesystem::exists(options.books / "books.sqlite", error)) {
    const std::string reason = error ? error.message() : "there is no books.sqlite";
    return failure(kBooksUnusable, {{"directory", options.books.string()}, {"reason", reason}});
  }
  MLC_TRY(const auto system, open_system(options, nullptr));
  std::vector<Message> messages;
  try {
    system->by_hand(now, [&](Hands& hands) { messages = move(hands, options.hand, out); });
  } catch (const BooksFailure& caught) {
    return failure(kBooksUnusable,
                   {{"directory", options.books.string()}, {"reason", caught.what()}});
  }
  for (const auto& message : messages) {
    if (message.is_error()) return failure(kRefused, {{"message", text_of(message)}});
  }
  return {};
}

Status serve_until_asked(const Options& options, std::ostream& out) {
  // Blocked before any thread starts, so that every thread inherits it and sigwait gets the signal.
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  MLC_TRY(auto orders, read_plan(options.fault_plan));
  FaultPlan faults(std::move(orders));
  const auto clock = runtime::system_clock();
  MLC_TRY(const auto system, open_system(options, &faults));
  {
    MLC_TRY(const auto host, SapHost::start(*system, *clock, options.socket));
    out << "sap-simulator serves " << options.socket.string() << std::endl;
    int signal = 0;
    sigwait(&signals, &signal);
  }
  for (const auto& use : faults.report()) {
    out << "fault " << use.order.kind << " at " << use.order.where << ": used " << use.used
        << " of " << use.visits << " visits\n";
  }
  return {};
}

}  // namespace mlc::simulators::sap
