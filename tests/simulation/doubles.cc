#include "tests/simulation/doubles.h"

#include "abap/errors.h"

namespace mlc::simulation {
namespace {

class MishapSession final : public abap::Session {
 public:
  MishapSession(std::unique_ptr<abap::Session> inner, Mishaps& mishaps)
      : inner_(std::move(inner)), mishaps_(mishaps) {}

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
    return failure(Error(abap::kCommunicationFailure, {{"function", function}})
                       .with_written(Written::kPerhaps));
  }
  std::unique_ptr<abap::Session> inner_;
  Mishaps& mishaps_;
};

}  // namespace

Result<std::unique_ptr<abap::Session>> MishapChannel::open() {
  mishaps_.before("logon");
  MLC_TRY(auto session, inner_.open());
  mishaps_.after("logon");
  return std::unique_ptr<abap::Session>(
      std::make_unique<MishapSession>(std::move(session), mishaps_));
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
