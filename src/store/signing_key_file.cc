#include "store/signing_key_file.h"

#include <sys/stat.h>

#include "base/expect.h"
#include "store/errors.h"
#include "store/files.h"

namespace mlc::store {
namespace {

using database::Sql;

constexpr Sql kKnown{"read key", "SELECT public_key FROM hub_key WHERE name = 'audit'"};
constexpr Sql kRecord{"record key",
                      "INSERT INTO hub_key (name, public_key, created_at) VALUES ('audit', ?, ?)"};

tl::unexpected<Error> unsafe(const std::filesystem::path& file, std::string found,
                             std::string expected) {
  return failure(
      kKeyUnsafe,
      {{"file", file.string()}, {"found", std::move(found)}, {"expected", std::move(expected)}});
}

Result<SigningKey> read_key(const std::filesystem::path& file) {
  struct stat status {};
  if (::stat(file.c_str(), &status) != 0) return unsafe(file, "unreadable", "a readable file");
  if ((status.st_mode & 077U) != 0) {
    return unsafe(file, "open to other users", "readable by its owner only (mode 0600)");
  }
  MLC_TRY(auto content, read_file(file));
  const Secret text{std::move(content)};
  std::string_view hex = text.reveal();
  if (hex.ends_with('\n')) hex.remove_suffix(1);
  auto seed = from_hex(hex);
  if (!seed || seed->size() != 32) return unsafe(file, "not a key", "64 hexadecimal digits");
  return signing_key_from_seed(Secret(std::move(*seed)));
}

Result<SigningKey> make_key(const std::filesystem::path& file, const Chance& chance) {
  const Secret seed{chance(32)};
  MLC_EXPECT(seed.reveal().size() == 32);
  MLC_TRY_STATUS(make_folder(file.parent_path()));
  MLC_TRY_STATUS(write_private_file(file, to_hex(seed.reveal()) + "\n"));
  return signing_key_from_seed(seed);
}

Result<std::optional<std::string>> known_key(SqlSession& session) {
  MLC_TRY(const auto row, session.query_one(kKnown));
  if (!row) return std::optional<std::string>{};
  return std::optional<std::string>(row->text(0));
}

Result<SigningKey> expected_key(const std::filesystem::path& directory,
                                const std::string& public_key) {
  const auto file = directory / kSigningKeyFile;
  if (!path_exists(file)) {
    return failure(kKeysMissing, {{"directory", directory.string()},
                                  {"file", std::string(kSigningKeyFile)},
                                  {"public_key", public_key}});
  }
  MLC_TRY(auto key, read_key(file));
  const std::string found = to_hex(key.public_key);
  if (found != public_key) {
    return failure(kKeysDiffer,
                   {{"file", file.string()}, {"found", found}, {"public_key", public_key}});
  }
  return key;
}

}  // namespace

Result<SigningKey> open_signing_key(const std::filesystem::path& directory, SqlSession& session,
                                    const Chance& chance, Instant now) {
  MLC_TRY(const auto known, known_key(session));
  if (known) return expected_key(directory, *known);
  const auto file = directory / kSigningKeyFile;
  MLC_TRY(auto key, path_exists(file) ? read_key(file) : make_key(file, chance));
  MLC_TRY_STATUS(session.run(kRecord, {to_hex(key.public_key), now}));
  return key;
}

Result<SigningKey> signing_key_for_restore(const std::filesystem::path& directory,
                                           SqlSession& session) {
  MLC_TRY(const auto known, known_key(session));
  const auto file = directory / kSigningKeyFile;
  if (!known && path_exists(file)) return read_key(file);
  return expected_key(directory, known.value_or("none"));
}

Result<SigningKey> public_key_of(const std::filesystem::path& directory, SqlSession& session) {
  MLC_TRY(const auto known, known_key(session));
  auto public_key = known ? from_hex(*known) : std::nullopt;
  if (public_key && public_key->size() == 32) return SigningKey{{}, std::move(*public_key)};
  return failure(kKeysMissing, {{"directory", directory.string()},
                                {"file", std::string(kSigningKeyFile)},
                                {"public_key", known.value_or("none")}});
}

std::string log_name_of(std::string_view public_key) {
  return "ml-connector-" + to_hex(sha256(public_key)).substr(0, 16);
}

}  // namespace mlc::store
