#include "daemon/sap_side.h"

#include "daemon/errors.h"
#include "sap/master_reading.h"
#include "sap/posting_protocol.h"
#include "simulators/sap/simulated_channel.h"
#include "simulators/sap/socket_channel.h"

namespace mlc::daemon {
namespace {

namespace simulated = simulators::sap;

// A channel with whatever it needs to live.
struct Line {
  std::unique_ptr<simulated::SapSystem> system;
  std::unique_ptr<abap::Channel> channel;
};

class Side final : public SapSide {
 public:
  Side(Line line, flow::PostingGuard& guard, const runtime::Clock& clock, sap::Settings settings)
      : line_(std::move(line)),
        masters_(*line_.channel, settings),
        protocol_(*line_.channel, guard, guard, clock, std::move(settings)) {}
  ports::UnitExecutor& executor() override { return protocol_; }
  ports::SapReader& masters() override { return masters_; }
  void cut() override {
    protocol_.abort_current();
    masters_.abort_current();
  }

 private:
  Line line_;
  sap::MasterReading masters_;
  sap::PostingProtocol protocol_;
};

simulated::Logon logon_of(const configuration::SapSettings& settings, Secret password) {
  return {settings.user, std::move(password), settings.client};
}

sap::FenceSettings fence_of(const configuration::SapSettings& settings) {
  sap::FenceSettings out;
  switch (settings.fence) {
    case configuration::Fence::kNone: out.strength = sap::FenceStrength::kNone; break;
    case configuration::Fence::kSessionLock: out.strength = sap::FenceStrength::kSessionLock; break;
    case configuration::Fence::kZWrapper: out.strength = sap::FenceStrength::kZWrapper; break;
  }
  out.lock_function = settings.lock_function;
  out.key_function = settings.key_function;
  return out;
}

Result<Line> in_process(const configuration::SapSettings& settings, Secret password,
                        const SideContext& context) {
  simulated::SystemSettings system;
  system.books = context.state_directory / settings.books;
  system.system_id = settings.system_id;
  Line line;
  simulated::Landscape landscape = simulated::sample_landscape();
  simulated::add_opening_document(landscape);
  MLC_TRY(line.system, simulated::SapSystem::open(std::move(system), landscape, nullptr));
  line.channel = std::make_unique<simulated::SimulatedChannel>(
      *line.system, context.clock, logon_of(settings, std::move(password)));
  return line;
}

Result<Line> over_socket(const configuration::SapSettings& settings, Secret password,
                         const SideContext& context) {
  Line line;
  line.channel = std::make_unique<simulated::SocketChannel>(
      context.state_directory / settings.socket, logon_of(settings, std::move(password)),
      settings.system_id);
  return line;
}

Result<Line> make_line(const configuration::ConnectionSettings& settings,
                       const SideContext& context) {
  MLC_TRY(auto password, configuration::read_secret(settings.sap.password, context.state_directory,
                                                    context.environment));
  if (settings.sap.transport == configuration::kSimulator) {
    return in_process(settings.sap, std::move(password), context);
  }
  if (settings.sap.transport == configuration::kSimulatorSocket) {
    return over_socket(settings.sap, std::move(password), context);
  }
  return failure(kUnknownTransport,
                 {{"connection", settings.id.str()}, {"transport", settings.sap.transport}});
}

}  // namespace

Result<std::unique_ptr<SapSide>> make_sap_side(const configuration::ConnectionSettings& settings,
                                               const configuration::TimeSettings& times,
                                               const SideContext& context,
                                               flow::PostingGuard& guard) {
  MLC_TRY(auto line, make_line(settings, context));
  sap::Settings protocol;
  protocol.user = settings.sap.user;
  protocol.longest_run = times.longest_run;
  protocol.fence = fence_of(settings.sap);
  protocol.reader.max_rows = static_cast<std::size_t>(settings.sap.reader_rows);
  for (const auto& message : settings.sap.messages) {
    const bool deferred = message.outcome == configuration::kDeferred;
    const auto cause = deferred ? sap::Cause::kSiteDeferred : sap::Cause::kRejected;
    protocol.site_messages.push_back({message.id, message.number, cause, message.note});
  }
  return std::unique_ptr<SapSide>(
      std::make_unique<Side>(std::move(line), guard, context.clock, std::move(protocol)));
}

}  // namespace mlc::daemon
