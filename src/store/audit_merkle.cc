#include "store/audit_merkle.h"

#include <algorithm>
#include <bit>

namespace mlc::store {
namespace {

Sha256 prefixed(char prefix, std::string_view first, std::string_view second) {
  Sha256Stream stream;
  stream.update({&prefix, 1});
  stream.update(first);
  stream.update(second);
  return stream.finish();
}

}  // namespace

Sha256 merkle_leaf(std::string_view content) { return prefixed('\0', content, {}); }

Sha256 merkle_node(const Sha256& left, const Sha256& right) {
  return prefixed('\1', as_bytes(left), as_bytes(right));
}

std::optional<MerkleEdge> MerkleEdge::from(std::uint64_t size, std::string_view bytes) {
  MerkleEdge edge;
  edge.size_ = size;
  edge.subtrees_.resize(static_cast<std::size_t>(std::popcount(size)));
  if (bytes.size() != edge.subtrees_.size() * sizeof(Sha256)) return std::nullopt;
  for (Sha256& subtree : edge.subtrees_) {
    std::ranges::copy(bytes.substr(0, subtree.size()), subtree.begin());
    bytes.remove_prefix(subtree.size());
  }
  return edge;
}

void MerkleEdge::add(const Sha256& leaf) {
  subtrees_.push_back(leaf);
  // Every set low bit of the old size is a subtree as large as the one just completed.
  for (std::uint64_t bits = size_; (bits & 1U) != 0; bits >>= 1U) {
    const Sha256 right = subtrees_.back();
    subtrees_.pop_back();
    subtrees_.back() = merkle_node(subtrees_.back(), right);
  }
  ++size_;
}

Sha256 MerkleEdge::root() const {
  if (subtrees_.empty()) return sha256({});
  Sha256 root = subtrees_.back();
  for (auto left = subtrees_.rbegin() + 1; left != subtrees_.rend(); ++left) {
    root = merkle_node(*left, root);
  }
  return root;
}

std::string MerkleEdge::bytes() const {
  std::string out;
  for (const Sha256& subtree : subtrees_) out += as_bytes(subtree);
  return out;
}

}  // namespace mlc::store
