// The canonical text of a manifest (docs/formats/manifest.md) and its hash.
#include <array>
#include <charconv>
#include <optional>

#include "base/digest.h"
#include "ledger/errors.h"
#include "ledger/manifest.h"
#include "ledger/words.h"

namespace mlc::ledger {
namespace {

constexpr std::string_view kFirstLine = "ml-connector-manifest\t1";
constexpr std::size_t kDocumentFields = 9;
constexpr std::size_t kLineFields = 15;

std::string escaped(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (const char c : text) {
    switch (c) {
      case '\\': out += "\\\\"; break;
      case '\t': out += "\\t"; break;
      case '\n': out += "\\n"; break;
      case '\r': out += "\\r"; break;
      default: out += c;
    }
  }
  return out;
}

std::optional<std::string> unescaped(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\\') {
      out += text[i];
      continue;
    }
    if (++i == text.size()) return std::nullopt;
    switch (text[i]) {
      case '\\': out += '\\'; break;
      case 't': out += '\t'; break;
      case 'n': out += '\n'; break;
      case 'r': out += '\r'; break;
      default: return std::nullopt;
    }
  }
  return out;
}

// Appends one line: fields separated by tabs.
template <class... Fields>
void add_line(std::string& out, std::string_view first, const Fields&... fields) {
  out += first;
  ((out += '\t', out += escaped(fields)), ...);
  out += '\n';
}

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

// Reads line by line; keeps the line number for messages.
class Reader {
 public:
  explicit Reader(std::string_view text) : rest_(text) {}

  Result<Manifest> read() {
    MLC_TRY_STATUS(next());
    if (line_ != kFirstLine) return refuse(std::string(kFirstLine));
    Manifest out;
    MLC_TRY(const std::string settlement, single("settlement"));
    out.settlement = SettlementId(settlement);
    MLC_TRY(out.stem, single("stem"));
    MLC_TRY(const std::string revision, single("revision"));
    if (revision.size() != 1) return refuse("one letter");
    out.revision = revision[0];
    MLC_TRY(out.rules_version, single("rules"));
    MLC_TRY(out.content_hash, single("content"));
    MLC_TRY_STATUS(documents(out));
    if (!rest_.empty()) return refuse("nothing after `end`");
    // What our writer would write differently (a plus sign, "1.5" for "1.50") was not written by
    // it.
    if (text_of(out, false) != whole_) return refuse("the canonical form");
    return out;
  }

 private:
  tl::unexpected<Error> refuse(std::string expected) const {
    return failure(kBadManifest, {{"line", "line " + std::to_string(number_)},
                                  {"found", "'" + std::string(line_.substr(0, 80)) + "'"},
                                  {"expected", std::move(expected)}});
  }

  Status next() {
    ++number_;
    const auto end = rest_.find('\n');
    line_ = rest_.substr(0, end);
    if (end == std::string_view::npos) return refuse("a line with its end");
    rest_.remove_prefix(end + 1);
    return split();
  }

  Status split() {
    fields_.clear();
    for (std::size_t at = 0; at <= line_.size();) {
      const auto tab = std::min(line_.find('\t', at), line_.size());
      auto field = unescaped(line_.substr(at, tab - at));
      if (!field) return refuse("only the escapes \\t \\n \\r \\\\");
      fields_.push_back(std::move(*field));
      at = tab + 1;
    }
    return {};
  }

  Result<std::string> single(std::string_view name) {
    MLC_TRY_STATUS(next());
    if (fields_.size() != 2 || fields_[0] != name)
      return refuse(std::string(name) + " and a value");
    return fields_[1];
  }

  Status documents(Manifest& out) {
    for (;;) {
      MLC_TRY_STATUS(next());
      if (fields_[0] == "document") {
        MLC_TRY(auto document, this->document(out.stem));
        out.documents.push_back(std::move(document));
      } else if (fields_[0] == "line" && !out.documents.empty()) {
        MLC_TRY(auto line, this->line(out.documents.back().currency));
        out.documents.back().lines.push_back(std::move(line));
      } else if (fields_[0] == "end" && fields_.size() == 2 &&
                 fields_[1] == std::to_string(out.documents.size())) {
        return {};
      } else {
        return refuse("document, line, or end with the number of documents");
      }
    }
  }

  Result<LedgerDocument> document(const std::string& stem) {
    if (fields_.size() != kDocumentFields) return refuse("8 values after `document`");
    const auto currency = Currency::from_code(fields_[7]);
    const auto posting = parse_date(fields_[5]);
    const auto dated = parse_date(fields_[6]);
    if (!currency || !posting || !dated || fields_[2].size() != 1) {
      return refuse("a revision, two dates and a currency");
    }
    return LedgerDocument{.key = {stem, fields_[1], fields_[2][0]},
                          .company_code = fields_[3],
                          .document_type = fields_[4],
                          .posting_date = *posting,
                          .document_date = *dated,
                          .currency = *currency,
                          .header_text = fields_[8],
                          .lines = {}};
  }

  Result<DocumentLine> line(Currency currency) {
    if (fields_.size() != kLineFields) return refuse("14 values after `line`");
    const auto kind = line_kind(fields_[2]);
    const auto amount = Money::parse(fields_[4], currency);
    const auto meaning = nature(fields_[5]);
    std::uint32_t item = 0;
    const auto end = fields_[1].data() + fields_[1].size();
    const auto parsed = std::from_chars(fields_[1].data(), end, item);
    if (!kind || !amount || !meaning || parsed.ec != std::errc{} || parsed.ptr != end) {
      return refuse("an item number, a kind, an account, an amount and a nature");
    }
    return DocumentLine{.item = item,
                        .kind = *kind,
                        .account = fields_[3],
                        .amount = *amount,
                        .nature = *meaning,
                        .cost_center = fields_[6],
                        .profit_center = fields_[7],
                        .internal_order = fields_[8],
                        .segment = fields_[9],
                        .functional_area = fields_[10],
                        .tax_code = fields_[11],
                        .payment_block = fields_[12],
                        .assignment = fields_[13],
                        .text = fields_[14]};
  }

  std::string_view rest_;
  std::string_view whole_ = rest_;
  std::string_view line_;
  std::vector<std::string> fields_;
  int number_ = 0;
};

}  // namespace

std::string write_manifest(const Manifest& manifest) { return text_of(manifest, false); }

Result<Manifest> read_manifest(std::string_view text) { return Reader(text).read(); }

std::string content_hash(const Manifest& manifest) {
  return to_hex(sha256(text_of(manifest, true)));
}

}  // namespace mlc::ledger
