#include "tests/simulation/doubles.h"

#include "abap/errors.h"

namespace mlc::simulation {
namespace {

// The settlement whose references this call reads; nothing for any other call.
std::optional<std::string> settlement_read(std::string_view function,
                                           const abap::Structure& arguments) {
  if (function != "RFC_READ_TABLE") return std::nullopt;
  if (abap::text_of(arguments, "QUERY_TABLE") != "BKPF") return std::nullopt;
  std::string where;
  for (const auto& line : abap::table_of(arguments, "OPTIONS")) {
    where += abap::text_of(line, "TEXT") + " ";
  }
  constexpr std::string_view kLike = "XBLNR LIKE '";
  const auto at = where.find(kLike);
  if (at == std::string::npos) return std::nullopt;
  const auto begin = at + kLike.size();
  return where.substr(begin, where.find('%', begin) - begin);
}

class MishapSession final : public abap::Session {
 public:
  MishapSession(std::unique_ptr<abap::Session> inner, Mishaps& mishaps, Witness& witness)
      : inner_(std::move(inner)), mishaps_(mishaps), witness_(witness) {}

  Result<abap::Structure> call(std::string_view function,
                               const abap::Structure& arguments) override {
    const std::string name(function);
    const bool writes = name.starts_with("BAPI_");
    mishaps_.before(name.c_str());
    if (name == "BAPI_TRANSACTION_COMMIT") mishaps_.before_commit_work();
    if (writes) mishaps_.note("calls " + name);
    if (mishaps_.drops()) return cut(name, "before");
    auto answer = inner_->call(function, arguments);
    mishaps_.after(name.c_str());
    if (mishaps_.drops()) return cut(name, "after");
    tell_witness(function, arguments);
    return answer;
  }
  bool is_open() const override { return inner_->is_open(); }
  std::uint64_t generation() const override { return inner_->generation(); }
  const abap::SystemAttributes& attributes() const override { return inner_->attributes(); }
  void abort() override { inner_->abort(); }

 private:
  Result<abap::Structure> cut(const std::string& function, const char* when) {
    mishaps_.note(std::string("drop ") + when + " " + function);
    inner_->abort();
    witness_.look();
    witness_.forget(mishaps_.turn());
    return failure(Error(abap::kCommunicationFailure, {{"function", function}})
                       .with_written(Written::kPerhaps));
  }
  void tell_witness(std::string_view function, const abap::Structure& arguments) {
    witness_.look();
    if (!inner_->is_open()) return witness_.forget(mishaps_.turn());
    const auto settlement = settlement_read(function, arguments);
    if (settlement) witness_.has_read(mishaps_.turn(), *settlement);
  }
  std::unique_ptr<abap::Session> inner_;
  Mishaps& mishaps_;
  Witness& witness_;
};

}  // namespace

Result<std::unique_ptr<abap::Session>> MishapChannel::open() {
  mishaps_.before("logon");
  MLC_TRY(auto session, inner_.open());
  mishaps_.after("logon");
  return std::unique_ptr<abap::Session>(
      std::make_unique<MishapSession>(std::move(session), mishaps_, witness_));
}

Result<ports::ReportPage> MishapSource::list_settlement_reports(Instant since,
                                                                const std::string& token) {
  mishaps_.before("getReports");
  auto page = inner_.list_settlement_reports(since, token);
  mishaps_.after("getReports");
  return page;
}

Result<ports::ReportListing> MishapSource::report(const std::string& report_id) {
  mishaps_.before("getReport");
  auto listing = inner_.report(report_id);
  mishaps_.after("getReport");
  return listing;
}

Result<ports::ReceivedDocument> MishapSource::download(const std::string& report_document_id,
                                                       ports::EvidenceVault& vault) {
  mishaps_.before("download");
  auto received = inner_.download(report_document_id, vault);
  mishaps_.after("download");
  return received;
}

}  // namespace mlc::simulation
