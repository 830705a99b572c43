#include "simulators/sap/exits.h"

#include <algorithm>

namespace mlc::simulators::sap {
namespace {

void substitute(Document& document, const FaultOrder& order) {
  const auto field = order.parameter("field");
  const auto value = order.parameter("value");
  if (field == "XBLNR" || field == "BKTXT") {
    document.header[field] = value;
    return;
  }
  for (auto& line : document.lines) {
    auto& cell = line.item[field];
    const auto from = order.parameter("from");
    const bool vendor_account = field == "HKONT" && at(line.item, "KOART") != "S";
    if (!vendor_account && (from.empty() || from == cell)) cell = value;
  }
}

void add_to(Document& document, const std::string& account, std::int64_t by) {
  const auto line = std::find_if(document.lines.begin(), document.lines.end(),
                                 [&](const Line& one) { return at(one.item, "HKONT") == account; });
  if (line != document.lines.end()) line->local = line->local.value_or(0) + by;
}

void change_local(Document& document, const FaultOrder& order) {
  const auto by = order.number("by");
  add_to(document, order.parameter("account"), by);
  add_to(document, order.parameter("against"), -by);
}

void translate_at(Document& document, const FaultOrder& order) {
  translate_lines(document, {order.number("rate", 100000), 1, 1});
}

void add_tax_line(Document& document, const FaultOrder& order) {
  document.tax_statement.push_back({{"MWSKZ", order.parameter("code")},
                                    {"SHKZG", "H"},
                                    {"HKONT", order.parameter("account", "0000175000")},
                                    {"KTOSL", order.parameter("key", "MWS")},
                                    {"FWBAS", order.parameter("base", "0")},
                                    {"HWBAS", order.parameter("base", "0")},
                                    {"FWSTE", order.parameter("tax", "0")},
                                    {"HWSTE", order.parameter("tax", "0")}});
}

}  // namespace

void run_exits(Document& document, const std::vector<FaultOrder>& orders) {
  for (const auto& order : orders) {
    if (order.kind == "substitute") substitute(document, order);
    if (order.kind == "change_local") change_local(document, order);
    if (order.kind == "translate_at") translate_at(document, order);
    if (order.kind == "add_tax_line") add_tax_line(document, order);
    if (order.kind == "park_instead") document.parked = true;
  }
}

}  // namespace mlc::simulators::sap
