// What people do to the system beside the connector: accountants, approvers, Basis.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/time.h"
#include "simulators/sap/amounts.h"
#include "simulators/sap/books_file.h"
#include "simulators/sap/messages.h"

namespace mlc::simulators::sap {

// A document's key in FI.
struct BookKey {
  std::string bukrs;
  std::string belnr;
  std::string gjahr;
  friend auto operator<=>(const BookKey&, const BookKey&) = default;
};

// Changes an approver makes while posting a parked document; empty means unchanged.
struct ApproverChanges {
  std::string hkont_from;
  std::string hkont_to;
  std::string budat;  // YYYYMMDD; also sets the period
};

// A G/L document of two lines, keyed by a person.
struct HandKeyed {
  std::string bukrs = "1000";
  std::string blart = "SA";
  std::string budat;  // YYYYMMDD
  std::string xblnr;
  std::string bktxt;
  std::string waers;  // the company code's when empty
  std::string debit;
  std::string credit;
  std::int64_t amount = 0;  // minor units
  std::string zuonr = {};   // of both lines
};

// Works on the books only, so it serves a running system and a stopped one alike. Every act is
// recorded in zsim_event. Functions that return messages did nothing when one is an error.
class Hands {
 public:
  Hands(Books& books, std::string client, Instant now)
      : books_(books), client_(std::move(client)), now_(now) {}

  [[nodiscard]] std::optional<BookKey> find_by_reference(const std::string& bukrs,
                                                         const std::string& xblnr);
  // A posted document becomes parked (as if it had never been posted), or the other way round.
  std::vector<Message> park(const BookKey& key);
  std::vector<Message> post_parked(const BookKey& key, const ApproverChanges& changes = {});
  std::vector<Message> delete_parked(const BookKey& key);
  // FB08. `key` of the reversal document is written to `reversal` when it is not null.
  std::vector<Message> reverse(const BookKey& key, const std::string& budat = "",
                               BookKey* reversal = nullptr);
  // FB01; the number is written to `key` when it is not null.
  std::vector<Message> key_by_hand(const HandKeyed& document, BookKey* key = nullptr);
  // Marks items of an account as cleared by a document.
  void clear(const BookKey& key, const std::string& hkont, const std::string& augbl);

  // SM13. Returns how many updates were carried out.
  int repeat_stopped_updates();
  void delete_stopped_updates();

  // `koart` '+' closes all account types. `bukrs` is the company code.
  void close_period(const std::string& bukrs, const std::string& koart, const std::string& gjahr,
                    const std::string& period);
  void open_period(const std::string& bukrs, const std::string& koart, const std::string& from_year,
                   const std::string& from_period, const std::string& to_year,
                   const std::string& to_period);
  void lock_co(const std::string& kokrs, const std::string& gjahr, const std::string& period);
  void unlock_co(const std::string& kokrs, const std::string& gjahr, const std::string& period);
  // FBN1: takes the intervals of fiscal years after `year` away, or makes one for `year` of the
  // newest that is left. False when the company code has no such interval.
  bool end_number_range(const std::string& bukrs, const std::string& interval,
                        const std::string& year);
  bool add_number_range(const std::string& bukrs, const std::string& interval,
                        const std::string& year);
  // RFC_READ_TABLE on `table` raises NOT_AUTHORIZED ("denied") or finds no rows ("empty").
  void revoke_read(const std::string& user, const std::string& table,
                   const std::string& effect = "denied");
  void grant_read(const std::string& user, const std::string& table);
  // OB08. `pair` may be new; `rate` has five decimals, negative is an indirect quotation.
  void set_rate(const RatePair& pair, const std::string& day, std::int64_t rate);
  // A transport brings a module that the customer built after docs/formats/sap-fence.md, under any
  // name, or takes it away. False when there is no such contract.
  bool install_function(const std::string& name, const std::string& contract);
  void remove_function(const std::string& name);
  // SE16: takes rows out of the customer's key table.
  void delete_key(const std::string& bukrs, const std::string& xblnr);
  // Document splitting asks for a profit centre on every line of the company code.
  void set_splitting(const std::string& bukrs, bool active);
  // OKB9 or a substitution gives postings on a cost element a real CO object of their own.
  void set_default_object(const std::string& bukrs, const std::string& kstar, bool active);

  void snapshot(const std::string& name);
  // False when there is no such snapshot. Sessions live on: SapSystem ends them after a restore.
  bool restore(const std::string& name);

  // Number, type, reference, status, reversal and amount of every document, a table for people.
  [[nodiscard]] std::string list();

 private:
  void note(const std::string& what, const std::string& detail);
  Books& books_;
  std::string client_;
  Instant now_;
};

}  // namespace mlc::simulators::sap
