// The Merkle tree of RFC 6962 section 2.1 with SHA-256, grown leaf by leaf.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/digest.h"

namespace mlc::store {

[[nodiscard]] Sha256 merkle_leaf(std::string_view content);  // SHA-256(0x00 || content)
[[nodiscard]] Sha256 merkle_node(const Sha256& left,
                                 const Sha256& right);  // SHA-256(0x01 || l || r)

// What is needed to go on appending: the roots of the perfect subtrees from left to right, one for
// each bit of `size`. Not thread-safe.
class MerkleEdge {
 public:
  MerkleEdge() = default;
  // From the stored form; nothing when `bytes` is not 32 bytes for each bit of `size`.
  [[nodiscard]] static std::optional<MerkleEdge> from(std::uint64_t size, std::string_view bytes);

  void add(const Sha256& leaf);
  [[nodiscard]] std::uint64_t size() const { return size_; }
  // The tree's root; SHA-256 of nothing when it is empty.
  [[nodiscard]] Sha256 root() const;
  [[nodiscard]] std::string bytes() const;

 private:
  std::uint64_t size_ = 0;
  std::vector<Sha256> subtrees_;
};

}  // namespace mlc::store
