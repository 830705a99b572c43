#include "ledger/documents.h"

#include <algorithm>

#include "ledger/errors.h"
#include "ledger/header_text.h"
#include "ledger/sap_fields.h"
#include "ledger/text.h"

namespace mlc::ledger {
namespace {

Status check_settings(const PostingSettings& settings) {
  const auto refuse = [](std::string field, std::string found, std::string expected) {
    return failure(kBadSettings, {{"field", std::move(field)},
                                  {"found", std::move(found)},
                                  {"expected", std::move(expected)}});
  };
  const int most = static_cast<int>(kMostItems);
  if (settings.item_limit < 2 || settings.item_limit > most) {
    return refuse("item_limit", std::to_string(settings.item_limit), "2 to 900");
  }
  if (settings.document_limit < 1) {
    return refuse("document_limit", std::to_string(settings.document_limit), "1 or more");
  }
  if (settings.receivable_account.empty()) {
    return refuse("receivable_account", "nothing", "an account");
  }
  if (settings.company_code.empty() || settings.document_type.empty()) {
    return refuse("company_code or document_type", "nothing", "both");
  }
  return {};
}

class Cutter {
 public:
  Cutter(const DerivationInput& input, const std::string& stem) : input_(input), stem_(stem) {}

  Result<LedgerDocument> cut(int ordinal, std::vector<DocumentLine> lines) const {
    MLC_TRY(std::string part, part_name(ordinal));
    const PostingSettings& settings = input_.settings;
    LedgerDocument out{.key = {stem_, std::move(part), input_.revision},
                       .company_code = settings.company_code,
                       .document_type = settings.document_type,
                       .posting_date = settings.posting_date,
                       .document_date = settings.document_date,
                       .currency = input_.header.total.currency(),
                       .header_text = {},
                       .lines = std::move(lines)};
    MLC_TRY_STATUS(balance(out));
    std::uint32_t item = 0;
    for (auto& line : out.lines) {
      line.item = ++item;
      MLC_TRY_STATUS(check_amount(line.amount, settings.sap_decimals,
                                  out.key.text() + " line " + std::to_string(item)));
    }
    return out;
  }

 private:
  // Appends the receivable, unless the lines balance without it.
  Status balance(LedgerDocument& document) const {
    DocumentLine line = empty_line(document.currency);
    for (const auto& other : document.lines) {
      MLC_TRY(line.amount, line.amount.minus(other.amount));
    }
    if (line.amount.is_zero()) return {};
    line.account = alpha(input_.settings.receivable_account, kAccountLength);
    line.profit_center = alpha(input_.settings.receivable_profit_center, kProfitCenterLength);
    line.nature = Nature::kReceivable;
    line.assignment = input_.header.id.str();
    line.text = cut_to("Amazon settlement " + input_.header.id.str(), kLineTextLength);
    document.lines.push_back(std::move(line));
    return {};
  }

  const DerivationInput& input_;
  const std::string& stem_;
};

}  // namespace

DocumentLine empty_line(Currency currency) {
  return {
      0, LineKind::kGl, {}, Money::zero(currency), Nature::kOther, {}, {}, {}, {}, {}, {}, {}, {},
      {}};
}

Result<Manifest> make_manifest(const DerivationInput& input, const std::string& rules_version,
                               std::vector<DocumentLine> lines) {
  MLC_TRY_STATUS(check_settings(input.settings));
  MLC_TRY(const std::string stem, key_stem(input.header.id));
  const auto room = static_cast<std::size_t>(input.settings.item_limit) - 1;
  const std::size_t count = (lines.size() + room - 1) / room;
  if (count > static_cast<std::size_t>(input.settings.document_limit)) {
    return failure(kUnitTooLarge,
                   {{"found", std::to_string(count)},
                    {"expected", "at most " + std::to_string(input.settings.document_limit)}});
  }
  Manifest out{.settlement = input.header.id,
               .stem = stem,
               .revision = input.revision,
               .rules_version = rules_version,
               .content_hash = {},
               .documents = {}};
  const Cutter cutter(input, stem);
  for (std::size_t part = 0; part < count; ++part) {
    const auto first = lines.begin() + static_cast<std::ptrdiff_t>(part * room);
    const auto last =
        lines.begin() + static_cast<std::ptrdiff_t>(std::min(lines.size(), (part + 1) * room));
    MLC_TRY(auto document, cutter.cut(input.first_part + static_cast<int>(part), {first, last}));
    out.documents.push_back(std::move(document));
  }
  out.content_hash = content_hash(out);
  for (std::size_t part = 0; part < count; ++part) {
    out.documents[part].header_text = write_header_text(
        {input.settings.marketplace_label, period_of(input.settings.posting_date),
         input.first_part + static_cast<int>(part), input.first_part + static_cast<int>(count) - 1,
         shown_hash(out.content_hash)});
  }
  MLC_TRY_STATUS(validate(out));
  return out;
}

Result<Manifest> next_revision(const Manifest& manifest, Date posting_date) {
  Manifest out = manifest;
  if (manifest.revision >= 'Z') {
    return failure(kTooManyRevisions,
                   {{"document", manifest.stem}, {"found", std::string(1, manifest.revision)}});
  }
  ++out.revision;
  for (auto& document : out.documents) {
    document.key.revision = out.revision;
    document.posting_date = posting_date;
  }
  out.content_hash = content_hash(out);
  for (auto& document : out.documents) {
    auto text = read_header_text(document.header_text);
    if (!text) continue;
    text->period = period_of(posting_date);
    text->hash = shown_hash(out.content_hash);
    document.header_text = write_header_text(*text);
  }
  MLC_TRY_STATUS(validate(out));
  return out;
}

}  // namespace mlc::ledger
