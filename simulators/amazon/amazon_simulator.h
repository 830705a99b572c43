// Plays Amazon towards a connector: Login with Amazon, the Reports API 2021-06-30 for settlement
// reports, marketplace participations of the Sellers API v1 and the storage behind presigned
// addresses. Roles, regions and limits are Amazon's; stricter than Amazon where in doubt.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "net/http_client.h"
#include "net/http_server.h"
#include "runtime/clock.h"
#include "simulators/amazon/accounts.h"
#include "simulators/amazon/settlement_generator.h"
#include "simulators/fault_plan.h"

namespace mlc::simulators::amazon {

// Words for `everything` below, in command lines and configurations.
inline constexpr std::string_view kEveryday = "everyday";
inline constexpr std::string_view kEverything = "everything";

// Everything that follows from the same settings and the same calls is the same, byte by byte.
struct Settings {
  std::uint64_t seed = 1;
  Date anchor{std::chrono::year(2026), std::chrono::month(9), std::chrono::day(1)};
  std::uint32_t settlements = 6;  // per stream, 14 days each; the first begins on `anchor`
  std::uint32_t rows = 200;       // detail rows of each; of Invoiced streams a quarter
  bool everything = false;        // settlements hold also what is rare (rare_rows.h)
  std::vector<SimulatedAccount> accounts = {SimulatedAccount{}};
  std::vector<FaultOrder> faults;
};

// Places of the fault plan: login, the operations of routes.cc (getReports, getReport,
// getReportDocument, getMarketplaceParticipations, ...), document (the download), and settlement:1,
// settlement:DE:1, ... (report_shelf.h). Kinds, with their parameters and defaults:
//   everywhere but settlements
//     status        status=500    answers so instead (429 without Retry-After, as Amazon does)
//     drop                        breaks the connection before anything is done
//     drop_after                  does it, then breaks the connection
//     slow          seconds=120   answers that much later
//     truncate      bytes=half    breaks off after so many bytes of the body
//     short_body    bytes=half    sends so many bytes of the body as if they were all
//     content_type  value=        another Content-Type (empty: none), e.g. another charset
//     garbage                     a page of HTML with status 200
//     firewall                    a page of HTML with status 403
//     clock         minutes=30    Amazon's clock is so far behind the one passed in
//     expire_token                all access tokens given out so far expire before the call
//   login: invalid_client, invalid_grant, unauthorized_client (refused so), old_secret_only (this
//     server has not heard of a rotation)
//   operations: denied, revoked_token, secret_expired (403 in Amazon's words), quota hours=3 (so
//     long every call is one too many)
//   getReports: page_token_expired; same_token (the next page is the same again);
//     other_marketplaces, bare (without what the model calls optional), strange_fields
//   getReportDocument: gzip_label (compressionAlgorithm says the opposite)
//   document: expired_address, inflated (the gzip was unpacked on the way)
//
// Hosts: api.amazon.com, sellingpartnerapi-{na,eu,fe}.amazon.com and kStorageHost; on a loopback
// address all of them, where a first path segment na, eu or fe chooses the region. Thread-safe.
class AmazonSimulator {
 public:
  explicit AmazonSimulator(Settings settings);
  ~AmazonSimulator();
  AmazonSimulator(const AmazonSimulator&) = delete;
  AmazonSimulator& operator=(const AmazonSimulator&) = delete;

  // An error is a connection that breaks without an answer, or a host that is not simulated.
  [[nodiscard]] Result<net::HttpResponse> handle(const net::HttpRequest& request, Instant now);

  // Talks to this simulator without sockets; the simulator and `clock` must outlive it.
  [[nodiscard]] std::unique_ptr<net::HttpClient> in_process_client(const runtime::Clock& clock);
  // Listens on 127.0.0.1; port 0 chooses one. All three must outlive the server.
  // Errors: net.listen_failed.
  [[nodiscard]] Result<std::unique_ptr<net::HttpServer>> serve(std::uint16_t port,
                                                               const runtime::Clock& clock,
                                                               runtime::Sleeper& sleeper);

  [[nodiscard]] FaultPlan& faults();
  [[nodiscard]] const Settings& settings() const;
  // The series a stream's settlements come from, for whoever checks the result independently.
  [[nodiscard]] SettlementSeries series(std::size_t account = 0, std::size_t stream = 0) const;
  // The seller takes the authorisation back: invalid_grant from now on.
  void revoke(const std::string& refresh_token);
  // A new client secret; the one before is accepted until `old_until`.
  void rotate_secret(const std::string& client_id, const std::string& secret, Instant old_until);
  [[nodiscard]] std::uint64_t tokens_given() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace mlc::simulators::amazon
