#include "sap/testing/fake_sap.h"

#include <algorithm>

#include "abap/errors.h"

namespace mlc::sap::testing {
namespace {

const Cells kWidths{{"BUKRS", "4"},  {"BELNR", "10"}, {"GJAHR", "4"},  {"BUZEI", "3"},
                    {"XBLNR", "16"}, {"BKTXT", "25"}, {"BLDAT", "8"},  {"BUDAT", "8"},
                    {"STBLG", "10"}, {"STJAH", "4"},  {"WRBTR", "13"}, {"DMBTR", "13"},
                    {"SGTXT", "50"}, {"ZUONR", "18"}, {"VBKEY", "32"}};

std::size_t width_of(const std::string& field) {
  const auto at = kWidths.find(field);
  return at == kWidths.end() ? 12 : static_cast<std::size_t>(std::stoi(at->second));
}

std::string six(std::size_t number) {
  const std::string digits = std::to_string(number);
  return std::string(6 - digits.size(), '0') + digits;
}

std::string value_of(const Cells& row, const std::string& field) {
  const auto at = row.find(field);
  return at == row.end() ? "" : at->second;
}

// The literal after `FIELD =` or `FIELD LIKE` in the conditions; nothing when it is not asked.
std::optional<std::string> asked(const std::string& where, const std::string& condition) {
  const auto at = where.find(condition + " '");
  if (at == std::string::npos) return std::nullopt;
  const auto from = at + condition.size() + 2;
  return where.substr(from, where.find('\'', from) - from);
}

bool matches(const std::string& where, const Cells& row) {
  for (const std::string field :
       {"BUKRS", "BELNR", "GJAHR", "MANDT", "VBUSR", "BLART", "KURST", "FCURR", "TCURR"}) {
    const auto value = asked(where, field + " =");
    if (value && *value != value_of(row, field)) return false;
  }
  const auto least = asked(where, "GDATU >=");
  const auto most = asked(where, "GDATU <=");
  if (least && value_of(row, "GDATU") < *least) return false;
  if (most && value_of(row, "GDATU") > *most) return false;
  auto prefix = asked(where, "XBLNR LIKE");
  if (!prefix) return true;
  prefix->pop_back();
  return value_of(row, "XBLNR").starts_with(*prefix);
}

// "-100.00" as SHKZG and "100.00".
std::pair<std::string, std::string> sides(const std::string& amount) {
  const bool credit = amount.starts_with('-');
  return {credit ? "H" : "S", credit ? amount.substr(1) : amount};
}

bool any_error(const abap::Table& rows) {
  return std::ranges::any_of(rows, [](const abap::Structure& row) {
    return abap::text_of(row, "TYPE") == "E" || abap::text_of(row, "TYPE") == "A";
  });
}

}  // namespace

class FakeSession final : public abap::Session {
 public:
  explicit FakeSession(FakeSap& sap) : sap_(sap) {}
  ~FakeSession() override { end(); }
  Result<abap::Structure> call(std::string_view function,
                               const abap::Structure& arguments) override {
    if (!open_) return failure(abap::kSessionClosed, {{"function", std::string(function)}});
    std::string name(function);
    if (name == "RFC_READ_TABLE") name += " " + abap::text_of(arguments, "QUERY_TABLE");
    if (sap_.before_call) sap_.before_call(name);
    const bool breaks = static_cast<int>(sap_.calls_.size()) == sap_.break_index_;
    sap_.calls_.push_back(name);
    if (breaks && !sap_.break_after_) return broken(function);
    auto answer = sap_.execute(function, arguments);
    if (breaks) return broken(function);
    return answer;
  }
  [[nodiscard]] bool is_open() const override { return open_; }
  [[nodiscard]] std::uint64_t generation() const override { return sap_.generation; }
  [[nodiscard]] const abap::SystemAttributes& attributes() const override { return attributes_; }
  void abort() override { open_ = false; }

 private:
  tl::unexpected<Error> broken(std::string_view function) {
    end();
    return failure(Error(abap::kCommunicationFailure, {{"function", std::string(function)}})
                       .with_written(Written::kPerhaps));
  }
  void end() {
    open_ = false;
    sap_.pending_.clear();
    sap_.pending_reversals_.clear();
  }
  FakeSap& sap_;
  abap::SystemAttributes attributes_{"MLS", "100", "CONNECTOR", "host", "731"};
  bool open_ = true;
};

FakeSap::FakeSap() { tables["T000"] = {{{"MANDT", "100"}, {"LOGSYS", "MLSCLNT100"}}}; }

Result<std::unique_ptr<abap::Session>> FakeSap::open() {
  return std::make_unique<FakeSession>(*this);
}

void FakeSap::break_call(int index, bool after) {
  break_index_ = index;
  break_after_ = after;
}

int FakeSap::count(std::string_view function) const {
  return static_cast<int>(std::ranges::count_if(
      calls_, [&](const std::string& name) { return name.starts_with(function); }));
}

Result<abap::Structure> FakeSap::execute(std::string_view function,
                                         const abap::Structure& arguments) {
  if (function == "RFC_READ_TABLE") return read_table(arguments);
  const auto scripted = returns.find({std::string(function), count(function)});
  const bool one_row =
      function == "BAPI_TRANSACTION_COMMIT" || function == "BAPI_TRANSACTION_ROLLBACK";
  if (scripted != returns.end() && any_error(scripted->second)) {
    if (one_row) return abap::Structure{{"RETURN", scripted->second.front()}};
    return abap::Structure{{"RETURN", scripted->second}, {"OBJ_KEY", "$"}};
  }
  if (function == "BAPI_ACC_DOCUMENT_POST") return post(arguments);
  if (function == "BAPI_ACC_DOCUMENT_REV_POST") return reverse(arguments);
  if (function == "BAPI_TRANSACTION_COMMIT") commit();
  if (function == "BAPI_TRANSACTION_ROLLBACK") pending_.clear();
  return abap::Structure{};
}

Result<abap::Structure> FakeSap::read_table(const abap::Structure& arguments) const {
  const std::string& table = abap::text_of(arguments, "QUERY_TABLE");
  if (const auto at = table_exceptions.find(table); at != table_exceptions.end()) {
    return failure(abap::kException, {{"function", "RFC_READ_TABLE"}, {"key", at->second}});
  }
  std::string where;
  for (const auto& row : abap::table_of(arguments, "OPTIONS")) {
    where += abap::text_of(row, "TEXT") + " ";
  }
  abap::Table fields;
  std::size_t offset = 0;
  for (const auto& row : abap::table_of(arguments, "FIELDS")) {
    const std::string& name = abap::text_of(row, "FIELDNAME");
    fields.push_back(
        {{"FIELDNAME", name}, {"OFFSET", six(offset)}, {"LENGTH", six(width_of(name))}});
    offset += width_of(name);
  }
  abap::Table data;
  const auto rows = tables.find(table);
  for (const Cells& row : rows == tables.end() ? std::vector<Cells>{} : rows->second) {
    if (!matches(where, row)) continue;
    std::string line;
    for (const auto& field : fields) {
      std::string cell = value_of(row, abap::text_of(field, "FIELDNAME"));
      cell.resize(width_of(abap::text_of(field, "FIELDNAME")), ' ');
      line += cell;
    }
    data.push_back({{"WA", line}});
  }
  return abap::Structure{{"FIELDS", std::move(fields)}, {"DATA", std::move(data)}};
}

abap::Structure FakeSap::post(const abap::Structure& arguments) {
  const auto& header = abap::structure_of(arguments, "DOCUMENTHEADER");
  const std::string digits = std::to_string(2000000000 + next_number_++);
  const std::string company = abap::text_of(header, "COMP_CODE");
  Pending out;
  out.header = {{"BUKRS", company},
                {"BELNR", digits},
                {"GJAHR", "2026"},
                {"WAERS", "USD"},
                {"HWAER", "USD"},
                {"BLART", abap::text_of(header, "DOC_TYPE")},
                {"BLDAT", abap::text_of(header, "DOC_DATE")},
                {"BUDAT", abap::text_of(header, "PSTNG_DATE")},
                {"XBLNR", abap::text_of(header, "REF_DOC_NO")},
                {"BKTXT", abap::text_of(header, "HEADER_TXT")}};
  if (substitute) substitute(out.header);
  const auto& amounts = abap::table_of(arguments, "CURRENCYAMOUNT");
  const auto& lines = abap::table_of(arguments, "ACCOUNTGL");
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const auto [side, amount] = sides(abap::text_of(amounts[i], "AMT_DOCCUR"));
    out.lines.push_back({{"BUKRS", company},
                         {"BELNR", digits},
                         {"GJAHR", "2026"},
                         {"BUZEI", "00" + std::to_string(i + 1)},
                         {"KOART", "S"},
                         {"SHKZG", side},
                         {"HKONT", abap::text_of(lines[i], "GL_ACCOUNT")},
                         {"WRBTR", amount},
                         {"DMBTR", amount},
                         {"ZUONR", abap::text_of(lines[i], "ALLOC_NMBR")},
                         {"SGTXT", abap::text_of(lines[i], "ITEM_TEXT")},
                         {"KOSTL", abap::text_of(lines[i], "COSTCENTER")}});
  }
  pending_.push_back(std::move(out));
  return {{"OBJ_TYPE", "BKPFF"}, {"OBJ_KEY", digits + company + "2026"}};
}

abap::Structure FakeSap::reverse(const abap::Structure& arguments) {
  const auto key = abap::text_of(abap::structure_of(arguments, "REVERSAL"), "OBJ_KEY_R");
  pending_reversals_.push_back(key.substr(0, 10));
  return {{"OBJ_KEY", std::to_string(2000000000 + next_number_++) + "10002026"}};
}

void FakeSap::commit() {
  if (lose_commits) return;
  for (Pending& document : pending_) {
    tables["BKPF"].push_back(std::move(document.header));
    for (Cells& row : document.lines) tables["BSEG"].push_back(std::move(row));
  }
  for (Cells& header : tables["BKPF"]) {
    if (std::ranges::count(pending_reversals_, header["BELNR"]) == 0) continue;
    header["STBLG"] = "2099999999";
    header["STJAH"] = "2026";
    header["XREVERSAL"] = "1";
  }
  pending_.clear();
  pending_reversals_.clear();
}

abap::Structure message(char type, std::string id, std::string number, std::string text) {
  return {{"TYPE", std::string(1, type)},
          {"ID", std::move(id)},
          {"NUMBER", std::move(number)},
          {"MESSAGE", std::move(text)}};
}

}  // namespace mlc::sap::testing
