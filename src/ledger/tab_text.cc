#include "ledger/tab_text.h"

#include <algorithm>

namespace mlc::ledger {
namespace {

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

}  // namespace

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

Status TabReader::next() {
  ++number_;
  const auto end = rest_.find('\n');
  line_ = rest_.substr(0, end);
  if (end == std::string_view::npos) return refuse("a line with its end");
  rest_.remove_prefix(end + 1);
  return split();
}

Status TabReader::expect(std::string_view line) {
  MLC_TRY_STATUS(next());
  if (line_ != line) return refuse(std::string(line));
  return {};
}

Result<std::string> TabReader::single(std::string_view name) {
  MLC_TRY_STATUS(next());
  if (!is(name, 1)) return refuse(std::string(name) + " and a value");
  return fields_[1];
}

bool TabReader::is(std::string_view name, std::size_t values) const {
  return fields_.size() == values + 1 && fields_.front() == name;
}

tl::unexpected<Error> TabReader::refuse(std::string expected) const {
  return failure(kind_, {{"line", "line " + std::to_string(number_)},
                         {"found", "'" + std::string(line_.substr(0, 80)) + "'"},
                         {"expected", std::move(expected)}});
}

Status TabReader::split() {
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

}  // namespace mlc::ledger
