#include "sap/master_reading.h"

#include "sap/balance_reader.h"
#include "sap/document_reader.h"
#include "sap/number_range_reader.h"
#include "sap/target_reader.h"

namespace mlc::sap {

Result<ports::NumberRangeAnswer> MasterReading::number_ranges(
    const ports::NumberRangeQuestion& question) {
  MLC_TRY(const auto session, UnitSession::open(channel_, current_));
  MLC_TRY(auto out, read_number_ranges(session->session(), question, settings_.reader));
  MLC_TRY(out.identity, DocumentReader(session->session(), settings_.reader).identity());
  return out;
}

Result<ports::BalanceAnswer> MasterReading::balances(const ports::BalanceQuestion& question) {
  MLC_TRY(const auto session, UnitSession::open(channel_, current_));
  ports::BalanceAnswer out;
  MLC_TRY(out.accounts, read_balances(session->session(), question, settings_.reader));
  MLC_TRY(out.identity, DocumentReader(session->session(), settings_.reader).identity());
  return out;
}

Result<ports::TargetAnswer> MasterReading::targets(const ports::TargetQuestion& question) {
  MLC_TRY(const auto session, UnitSession::open(channel_, current_));
  MLC_TRY(auto out, read_targets(session->session(), question, settings_.reader));
  MLC_TRY(out.identity, DocumentReader(session->session(), settings_.reader).identity());
  return out;
}

}  // namespace mlc::sap
