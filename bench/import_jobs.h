// The pieces of the import that are measured, made of the product's own parts.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>

#include "base/result.h"
#include "bench/plain_file.h"

namespace mlc::bench {

// Each returns "rows classes sum digest", the digest being that of the lineage: which line belongs
// to which class. `rules` is a rule file.

// What reads plain files: rules and an empty store, made once, as a hub has them.
struct PlainHub;
[[nodiscard]] Result<std::shared_ptr<PlainHub>> plain_hub(const std::filesystem::path& rules);

// Decode, parse, classify, aggregate and lineage of a plain file, on the calling thread alone.
[[nodiscard]] Result<std::string> classify_plain(const PlainHub& hub, const PlainIndex& file);

// What `ml-connector import` does before SAP: into the evidence vault under its SHA-256, work and
// settlement into the store, then proved and classified; all of it durable. Leaves a state
// directory in `folder`.
[[nodiscard]] Result<std::string> import_whole(const std::filesystem::path& file,
                                               const std::filesystem::path& rules,
                                               const std::filesystem::path& folder);

}  // namespace mlc::bench
