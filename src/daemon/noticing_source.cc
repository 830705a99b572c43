#include "daemon/noticing_source.h"

#include <mutex>
#include <set>
#include <string>

namespace mlc::daemon {
namespace {

class NoticingSource final : public ports::ReportSource {
 public:
  NoticingSource(ports::ReportSource& inner, std::function<std::vector<Error>()> notices,
                 std::function<void(const Error&)> tell)
      : inner_(inner), notices_(std::move(notices)), tell_(std::move(tell)) {}

  Result<ports::ReportPage> list_settlement_reports(Instant since,
                                                    const std::string& token) override {
    return told(inner_.list_settlement_reports(since, token));
  }
  Result<ports::ReportListing> report(const std::string& report_id) override {
    return told(inner_.report(report_id));
  }
  Result<ports::ReceivedDocument> download(const std::string& report_document_id,
                                           ports::EvidenceVault& vault) override {
    return told(inner_.download(report_document_id, vault));
  }

 private:
  template <class Answer>
  Answer told(Answer answer) {
    const std::lock_guard lock(mutex_);
    std::set<std::string> now;
    for (const Error& notice : notices_()) {
      std::string text = notice.text();
      if (!told_.contains(text)) tell_(notice);
      now.insert(std::move(text));
    }
    told_ = std::move(now);
    return answer;
  }

  ports::ReportSource& inner_;
  const std::function<std::vector<Error>()> notices_;
  const std::function<void(const Error&)> tell_;
  std::mutex mutex_;
  std::set<std::string> told_;
};

}  // namespace

std::unique_ptr<ports::ReportSource> noticing_source(ports::ReportSource& inner,
                                                     std::function<std::vector<Error>()> notices,
                                                     std::function<void(const Error&)> tell) {
  return std::make_unique<NoticingSource>(inner, std::move(notices), std::move(tell));
}

}  // namespace mlc::daemon
