#include "ledger/numbered_documents.h"

#include <algorithm>

#include "ledger/text.h"

namespace mlc::ledger {
namespace {

const LedgerDocument* find_wanted(const Manifest& manifest, const std::string& key) {
  const auto at = std::ranges::find_if(
      manifest.documents, [&](const auto& document) { return document.key.text() == key; });
  return at == manifest.documents.end() ? nullptr : &*at;
}

const PostedDocument* find_number(const std::vector<PostedDocument>& documents,
                                  const DocumentNumber& number) {
  const auto at = std::ranges::find(documents, number, &PostedDocument::number);
  return at == documents.end() ? nullptr : &*at;
}

// The end of a header text as we write it: "01/02 1a2b3c4d".
bool has_our_form(std::string_view text) {
  constexpr std::string_view kForm = "dd/dd hhhhhhhh";
  if (text.size() < kForm.size()) return false;
  const auto end = text.substr(text.size() - kForm.size());
  return std::ranges::equal(end, kForm, [](char found, char form) {
    if (form == 'd') return found >= '0' && found <= '9';
    if (form != 'h') return found == form;
    return (found >= '0' && found <= '9') || (found >= 'a' && found <= 'f');
  });
}

bool is_key_of_another(std::string_view reference, std::string_view stem) {
  const auto hyphen = reference.rfind('-');
  if (hyphen == std::string_view::npos) return false;
  const auto other = reference.substr(0, hyphen + 1);
  return other != stem && is_digits(reference.substr(0, hyphen)) &&
         parse_key(reference, other).has_value();
}

bool same_content(const LedgerDocument& wanted, const PostedDocument& found) {
  if (found.posting_date != wanted.posting_date || found.document_date != wanted.document_date) {
    return false;
  }
  return std::ranges::none_of(compare(wanted, found), &Difference::hard);
}

void add_sent(const SentDocument& sent, const PostedDocument& found,
              std::vector<PostedDocument>& all, std::vector<LostReference>& lost) {
  all.push_back(found);
  all.back().reference = sent.key;
  if (found.reference == sent.key || !found.is_live()) return;
  lost.push_back({sent.key, sent.number, found.reference});
}

// The judgement was made with our references; what is shown is SAP's.
void give_references_back(Judgement& judgement, const std::vector<LostReference>& lost,
                          const std::vector<PostedDocument>& by_number) {
  for (PartFinding& part : judgement.parts) {
    if (!part.document) continue;
    const auto* real = find_number(by_number, part.document->number);
    if (real != nullptr) part.document->reference = real->reference;
  }
  for (const LostReference& one : lost) {
    judgement.differences.push_back({false, one.key, "XBLNR", one.key, one.found});
  }
}

}  // namespace

std::string object_key(const DocumentNumber& number) {
  std::string company_code = number.company_code;
  company_code.resize(4, ' ');
  return number.number + company_code + number.fiscal_year;
}

std::optional<DocumentNumber> parse_object_key(std::string_view key) {
  if (key.size() != 18) return std::nullopt;
  const auto number = key.substr(0, 10);
  auto company_code = key.substr(10, 4);
  const auto year = key.substr(14);
  company_code = company_code.substr(0, company_code.find_last_not_of(' ') + 1);
  // Numbers drawn by SAP are digits; an external range may hold letters, but never blanks.
  if (number.find_first_of(" $") != std::string_view::npos) return std::nullopt;
  if (company_code.empty() || !is_digits(year)) return std::nullopt;
  return DocumentNumber{std::string(company_code), std::string(number), std::string(year)};
}

Holder holder_of(const LedgerDocument& wanted, const PostedDocument& found, std::string_view user) {
  if (is_key_of_another(found.reference, wanted.key.stem)) return Holder::kAnother;
  if (found.header_text == wanted.header_text) return Holder::kSent;
  if (found.user != user || has_our_form(found.header_text)) return Holder::kAnother;
  return same_content(wanted, found) ? Holder::kSent : Holder::kUnclear;
}

NumberedJudgement judge(const Manifest& wanted, const std::vector<PostedDocument>& under_stem,
                        const std::vector<PostedDocument>& by_number,
                        const std::vector<SentDocument>& sent, std::string_view user) {
  NumberedJudgement out;
  std::vector<PostedDocument> all = under_stem;
  for (const SentDocument& one : sent) {
    const LedgerDocument* document = find_wanted(wanted, one.key);
    if (document == nullptr || find_number(all, one.number) != nullptr) continue;
    const PostedDocument* found = find_number(by_number, one.number);
    if (found == nullptr) {
      out.empty.push_back(one.number);
      continue;
    }
    switch (holder_of(*document, *found, user)) {
      case Holder::kAnother: out.taken.push_back(one.number); break;
      case Holder::kUnclear: out.unclear.push_back(one.number); break;
      case Holder::kSent: add_sent(one, *found, all, out.lost); break;
    }
  }
  out.judgement = judge(wanted, all);
  give_references_back(out.judgement, out.lost, by_number);
  return out;
}

}  // namespace mlc::ledger
