// The top floor for reports: Amazon's Reports API 2021-06-30 as the port ReportSource.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "amazon/selling_partner_connection.h"
#include "net/http_client.h"
#include "ports/report_source.h"
#include "runtime/clock.h"

namespace mlc::amazon {

inline constexpr std::string_view kSettlementReportType =
    "GET_V2_SETTLEMENT_REPORT_DATA_FLAT_FILE_V2";

struct ReportsSettings {
  std::string user_agent;
  // Of a document, after gunzip. Two million rows are about 500 MB.
  std::uint64_t document_bytes = 8ULL * 1024 * 1024 * 1024;
  // The size is limited by document_bytes, which counts what is unpacked.
  net::Limits download{Duration{10'000}, Duration{15 * 60'000}, UINT64_MAX};
};

// Reports of one selling account. What is passed by reference must outlive it.
//
// - Amazon keeps reports 90 days; listings reach back 89, because the border is refused now and
//   then. Whoever lists asks for all of them every time: Amazon shows reports late, and the same
//   report found twice is harmless.
// - No listing is narrowed to marketplaces: that filter is known to let others through and to hold
//   back own ones. Whose a settlement is, its content says.
// - Pages hold 100 reports; after a timeout, an answer too large or an internal failure of Amazon's
//   the next listing asks for half as many, and for twice as many again after each that succeeds.
// - A page token that is refused, or that names a page read before, means: begin again.
//
// Errors besides those of SellingPartnerConnection: amazon.unreadable_answer,
// amazon.page_repeated; of downloads amazon.address_expired, amazon.storage_unavailable,
// amazon.storage_denied, amazon.storage_refused, amazon.document_damaged,
// amazon.document_too_large, amazon.web_page, those of the vault. Every download asks for a fresh
// address, also the one after a download that broke.
[[nodiscard]] std::unique_ptr<ports::ReportSource> reports_client(
    SellingPartnerConnection& connection, net::HttpClient& http, const runtime::Clock& clock,
    ReportsSettings settings);

}  // namespace mlc::amazon
