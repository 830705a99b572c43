// The canonical text of a manifest (docs/formats/manifest.md) and its hash.
#include <charconv>
#include <optional>

#include "base/digest.h"
#include "ledger/errors.h"
#include "ledger/manifest.h"
#include "ledger/tab_text.h"
#include "ledger/words.h"

namespace mlc::ledger {
namespace {

constexpr std::string_view kFirstLine = "ml-connector-manifest\t1";
constexpr std::size_t kDocumentValues = 8;
constexpr std::size_t kLineValues = 14;

void add_document(std::string& out, const LedgerDocument& document, bool with_header_text) {
  add_line(out, "document", document.key.part, std::string(1, document.key.revision),
           document.company_code, document.document_type, format_date(document.posting_date),
           format_date(document.document_date), document.currency.code(),
           with_header_text ? document.header_text : std::string());
  for (const auto& line : document.lines) {
    add_line(out, "line", std::to_string(line.item), to_word(line.kind), line.account,
             line.amount.decimal(), to_word(line.nature), line.cost_center, line.profit_center,
             line.internal_order, line.segment, line.functional_area, line.tax_code,
             line.payment_block, line.assignment, line.text);
    if (!line.profitability.empty()) add_line(out, "profitability", line.profitability);
  }
}

std::string text_of(const Manifest& manifest, bool hashed) {
  std::string out(kFirstLine);
  out += '\n';
  add_line(out, "settlement", manifest.settlement.str());
  add_line(out, "stem", manifest.stem);
  add_line(out, "revision", std::string(1, manifest.revision));
  add_line(out, "rules", manifest.rules_version);
  if (!hashed) add_line(out, "content", manifest.content_hash);
  for (const auto& document : manifest.documents) add_document(out, document, !hashed);
  add_line(out, "end", std::to_string(manifest.documents.size()));
  return out;
}

class Reader {
 public:
  explicit Reader(std::string_view text) : whole_(text), lines_(text, kBadManifest) {}

  Result<Manifest> read() {
    MLC_TRY_STATUS(lines_.expect(kFirstLine));
    Manifest out;
    MLC_TRY(const std::string settlement, lines_.single("settlement"));
    out.settlement = SettlementId(settlement);
    MLC_TRY(out.stem, lines_.single("stem"));
    MLC_TRY(const std::string revision, lines_.single("revision"));
    if (revision.size() != 1) return lines_.refuse("one letter");
    out.revision = revision[0];
    MLC_TRY(out.rules_version, lines_.single("rules"));
    MLC_TRY(out.content_hash, lines_.single("content"));
    MLC_TRY_STATUS(documents(out));
    if (!lines_.at_end()) return lines_.refuse("nothing after `end`");
    // What our writer would write differently (a plus sign, "1.5" for "1.50") was not written by
    // it.
    if (text_of(out, false) != whole_) return lines_.refuse("the canonical form");
    return out;
  }

 private:
  Status documents(Manifest& out) {
    for (;;) {
      MLC_TRY_STATUS(lines_.next());
      const auto& name = lines_.fields().front();
      if (name == "document") {
        MLC_TRY(auto document, this->document(out.stem));
        out.documents.push_back(std::move(document));
      } else if (name == "line" && !out.documents.empty()) {
        MLC_TRY(auto line, this->line(out.documents.back().currency));
        out.documents.back().lines.push_back(std::move(line));
      } else if (lines_.is("profitability", 1) && follows_a_line(out)) {
        out.documents.back().lines.back().profitability = lines_.fields()[1];
      } else if (lines_.is("end", 1) &&
                 lines_.fields()[1] == std::to_string(out.documents.size())) {
        return {};
      } else {
        return lines_.refuse("document, line, or end with the number of documents");
      }
    }
  }

  static bool follows_a_line(const Manifest& manifest) {
    return !manifest.documents.empty() && !manifest.documents.back().lines.empty();
  }

  Result<LedgerDocument> document(const std::string& stem) const {
    if (!lines_.is("document", kDocumentValues)) return lines_.refuse("8 values after `document`");
    const auto& fields = lines_.fields();
    const auto currency = Currency::from_code(fields[7]);
    const auto posting = parse_date(fields[5]);
    const auto dated = parse_date(fields[6]);
    if (!currency || !posting || !dated || fields[2].size() != 1) {
      return lines_.refuse("a revision, two dates and a currency");
    }
    return LedgerDocument{.key = {stem, fields[1], fields[2][0]},
                          .company_code = fields[3],
                          .document_type = fields[4],
                          .posting_date = *posting,
                          .document_date = *dated,
                          .currency = *currency,
                          .header_text = fields[8],
                          .lines = {}};
  }

  Result<DocumentLine> line(Currency currency) const {
    if (!lines_.is("line", kLineValues)) return lines_.refuse("14 values after `line`");
    const auto& fields = lines_.fields();
    const auto kind = line_kind(fields[2]);
    const auto amount = Money::parse(fields[4], currency);
    const auto meaning = nature(fields[5]);
    std::uint32_t item = 0;
    const auto end = fields[1].data() + fields[1].size();
    const auto parsed = std::from_chars(fields[1].data(), end, item);
    if (!kind || !amount || !meaning || parsed.ec != std::errc{} || parsed.ptr != end) {
      return lines_.refuse("an item number, a kind, an account, an amount and a nature");
    }
    return DocumentLine{.item = item,
                        .kind = *kind,
                        .account = fields[3],
                        .amount = *amount,
                        .nature = *meaning,
                        .cost_center = fields[6],
                        .profit_center = fields[7],
                        .internal_order = fields[8],
                        .segment = fields[9],
                        .functional_area = fields[10],
                        .tax_code = fields[11],
                        .payment_block = fields[12],
                        .assignment = fields[13],
                        .text = fields[14]};
  }

  std::string_view whole_;
  TabReader lines_;
};

}  // namespace

std::string write_manifest(const Manifest& manifest) { return text_of(manifest, false); }

Result<Manifest> read_manifest(std::string_view text) { return Reader(text).read(); }

std::string content_hash(const Manifest& manifest) {
  return to_hex(sha256(text_of(manifest, true)));
}

}  // namespace mlc::ledger
