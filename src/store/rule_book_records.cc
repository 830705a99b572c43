// The rule books that connections classified with.
#include "store/sql_transaction.h"

namespace mlc::store {
namespace {

using database::Row;
using database::Sql;
using ports::RuleBookRecord;

#define MLC_RULE_BOOK_COLUMNS "tenant, connection, digest, content, first_used_at"

constexpr Sql kPut{"put rule book",
                   "INSERT INTO rule_book (" MLC_RULE_BOOK_COLUMNS
                   ") VALUES (?, ?, ?, ?, ?) ON CONFLICT (tenant, connection, digest) DO NOTHING"};
constexpr Sql kFind{"read rule book", "SELECT " MLC_RULE_BOOK_COLUMNS
                                      " FROM rule_book WHERE tenant = ? AND connection = ?"
                                      " AND digest = ?"};
constexpr Sql kList{"list rule books", "SELECT " MLC_RULE_BOOK_COLUMNS
                                       " FROM rule_book WHERE tenant = ? AND connection = ?"
                                       " ORDER BY first_used_at DESC, digest"};

Result<RuleBookRecord> read_book(const Row& row) {
  return RuleBookRecord{TenantId(row.text(0)), ConnectionId(row.text(1)), row.text(2), row.text(3),
                        row.instant(4)};
}

}  // namespace

Status SqlTransaction::put_rule_book(const RuleBookRecord& book) {
  return session_.run(
      kPut, {book.tenant, book.connection, book.digest, book.content, book.first_used_at});
}

Result<std::optional<RuleBookRecord>> SqlTransaction::rule_book(const TenantId& tenant,
                                                                const ConnectionId& connection,
                                                                const std::string& digest) {
  return read_one<RuleBookRecord>(session_, kFind, {tenant, connection, digest}, read_book);
}

Result<std::vector<RuleBookRecord>> SqlTransaction::rule_books(const TenantId& tenant,
                                                               const ConnectionId& connection) {
  return read_all<RuleBookRecord>(session_, kList, {tenant, connection}, read_book);
}

}  // namespace mlc::store
