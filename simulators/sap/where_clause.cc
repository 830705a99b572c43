#include "simulators/sap/where_clause.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace mlc::simulators::sap {
namespace {

struct Token {
  enum class Kind { kWord, kLiteral, kPunctuation };
  Kind kind = Kind::kWord;
  std::string text;
};

bool is_punctuation(char c) { return c == '(' || c == ')' || c == ','; }

// Reads 'it''s' from `position`; nothing when the line ends first.
std::optional<std::string> read_literal(std::string_view line, std::size_t& position) {
  std::string text;
  for (++position; position < line.size(); ++position) {
    if (line[position] != '\'') {
      text += line[position];
    } else if (position + 1 < line.size() && line[position + 1] == '\'') {
      text += line[position++];
    } else {
      ++position;
      text.erase(text.find_last_not_of(' ') + 1);
      return text;
    }
  }
  return std::nullopt;
}

bool tokenize_line(std::string_view line, std::vector<Token>& tokens) {
  for (std::size_t i = 0; i < line.size();) {
    if (line[i] == ' ') {
      ++i;
    } else if (is_punctuation(line[i])) {
      tokens.push_back({Token::Kind::kPunctuation, std::string(1, line[i++])});
    } else if (line[i] == '\'') {
      auto literal = read_literal(line, i);
      if (!literal) return false;
      if (i < line.size() && line[i] != ' ' && !is_punctuation(line[i])) return false;
      tokens.push_back({Token::Kind::kLiteral, std::move(*literal)});
    } else {
      const auto start = i;
      while (i < line.size() && line[i] != ' ' && !is_punctuation(line[i])) {
        if (line[i] == '\'') return false;
        ++i;
      }
      tokens.push_back({Token::Kind::kWord, std::string(line.substr(start, i - start))});
    }
  }
  return true;
}

struct Operator {
  std::string_view word;
  std::string_view sql;
};
constexpr std::array<Operator, 12> kOperators{{{"=", "="},
                                               {"EQ", "="},
                                               {"<>", "<>"},
                                               {"NE", "<>"},
                                               {"<", "<"},
                                               {"LT", "<"},
                                               {">", ">"},
                                               {"GT", ">"},
                                               {"<=", "<="},
                                               {"LE", "<="},
                                               {">=", ">="},
                                               {"GE", ">="}}};

// Each function returns false as soon as the text leaves the grammar.
class Parser {
 public:
  Parser(const TableDescription& table, std::vector<Token> tokens)
      : table_(table), tokens_(std::move(tokens)) {}

  std::optional<WhereClause> parse() {
    if (tokens_.empty()) return WhereClause{"1", {}};
    if (!disjunction() || next_ != tokens_.size()) return std::nullopt;
    return std::move(clause_);
  }

 private:
  bool disjunction() {
    if (!conjunction()) return false;
    while (take("OR")) {
      clause_.sql += " OR ";
      if (!conjunction()) return false;
    }
    return true;
  }

  bool conjunction() {
    if (!negation()) return false;
    while (take("AND")) {
      clause_.sql += " AND ";
      if (!negation()) return false;
    }
    return true;
  }

  bool negation() {
    if (take("NOT")) clause_.sql += "NOT ";
    if (!take_punctuation("(")) return condition();
    if (++depth_ > 50) return false;
    clause_.sql += "(";
    if (!disjunction() || !take_punctuation(")")) return false;
    clause_.sql += ")";
    --depth_;
    return true;
  }

  bool condition() {
    if (next_ == tokens_.size() || tokens_[next_].kind != Token::Kind::kWord) return false;
    const auto* field = table_.find(tokens_[next_++].text);
    if (field == nullptr) return false;
    clause_.sql += "\"" + field->name + "\"";
    if (take("NOT")) clause_.sql += " NOT";
    if (take("LIKE")) return like(*field);
    if (take("IN")) return in_list(*field);
    if (take("BETWEEN")) return between(*field);
    for (const auto& one : kOperators) {
      if (!take(one.word)) continue;
      clause_.sql += " " + std::string(one.sql) + " ";
      return literal(*field);
    }
    return false;
  }

  bool like(const TableField& field) {
    clause_.sql += " LIKE ";
    if (field.is_number() || !literal_text(field)) return false;
    if (!take("ESCAPE")) return true;
    clause_.sql += " ESCAPE ";
    return literal_text(field) && clause_.values.back().size() == 1;
  }

  bool in_list(const TableField& field) {
    if (!take_punctuation("(")) return false;
    clause_.sql += " IN (";
    if (!literal(field)) return false;
    while (take_punctuation(",")) {
      clause_.sql += ", ";
      if (!literal(field)) return false;
    }
    clause_.sql += ")";
    return take_punctuation(")");
  }

  bool between(const TableField& field) {
    clause_.sql += " BETWEEN ";
    if (!literal(field) || !take("AND")) return false;
    clause_.sql += " AND ";
    return literal(field);
  }

  bool literal_text(const TableField&) {
    if (next_ == tokens_.size() || tokens_[next_].kind != Token::Kind::kLiteral) return false;
    clause_.values.push_back(tokens_[next_++].text);
    clause_.sql += "?";
    return true;
  }

  bool literal(const TableField& field) {
    if (next_ == tokens_.size()) return false;
    auto [kind, text] = tokens_[next_++];
    const bool bare_number = kind == Token::Kind::kWord && field.type != 'C' && digits(text);
    if (kind != Token::Kind::kLiteral && !bare_number) return false;
    if (field.is_number() && !scale(field, text)) return false;
    const auto width = static_cast<std::size_t>(field.length);
    if (field.type == 'N') {
      if (!digits(text)) return false;
      if (text.size() < width) text.insert(0, width - text.size(), '0');
    }
    if (field.type == 'D' && text.empty()) text = field.initial();
    if (!field.is_number() && text.size() > width) return false;
    clause_.values.push_back(text);
    clause_.sql += "?";
    return true;
  }

  static bool digits(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
  }

  // "12.5" becomes the scaled whole number the books keep.
  static bool scale(const TableField& field, std::string& text) {
    const bool negative = text.starts_with('-') || text.ends_with('-');
    std::erase(text, '-');
    const auto point = text.find('.');
    std::string part = point == std::string::npos ? "" : text.substr(point + 1);
    text = text.substr(0, point);
    if (part.size() > static_cast<std::size_t>(field.decimals)) return false;
    part.resize(static_cast<std::size_t>(field.decimals), '0');
    text += part;
    if (text.empty() || !digits(text) || text.size() > 18) return false;
    if (negative) text.insert(0, "-");
    return true;
  }

  bool take_punctuation(std::string_view text) { return take(text, Token::Kind::kPunctuation); }
  bool take(std::string_view word, Token::Kind kind = Token::Kind::kWord) {
    if (next_ == tokens_.size()) return false;
    if (tokens_[next_].kind != kind || tokens_[next_].text != word) return false;
    ++next_;
    return true;
  }

  const TableDescription& table_;
  std::vector<Token> tokens_;
  std::size_t next_ = 0;
  int depth_ = 0;
  WhereClause clause_;
};

}  // namespace

std::optional<WhereClause> parse_where(const TableDescription& table,
                                       const std::vector<std::string>& lines) {
  std::vector<Token> tokens;
  for (const auto& line : lines) {
    if (!tokenize_line(line, tokens)) return std::nullopt;
  }
  return Parser(table, std::move(tokens)).parse();
}

}  // namespace mlc::simulators::sap
