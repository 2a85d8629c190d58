// A packed R-tree over boxes: built once in bulk in Hilbert order (Kamel & Faloutsos 1993), flat
// arrays, no allocation per box. Read-only and thread-safe after it is built.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "base/large_vector.hpp"
#include "base/progress.hpp"
#include "geodesy/position.hpp"

namespace xiangtu::spatial {

class PackedIndex {
 public:
  PackedIndex() = default;
  // Item i has the box boxes[i]; empty boxes are never found. O(n log n). After a requested stop it finds
  // nothing.
  explicit PackedIndex(std::span<const geodesy::LonLatBox> boxes, const Progress& progress = Progress{});

  std::size_t size() const { return item_of_leaf_.size(); }

  // Calls visit(item) for every item whose box meets the query; visit returns false to stop.
  template <class Visit>
  void query(const geodesy::LonLatBox& box, Visit&& visit) const {
    if (nodes_.empty()) return;
    Stack stack;
    stack.push(nodes_.size() - 1);
    while (!stack.empty()) {
      const std::size_t node = stack.pop();
      if (!nodes_[node].meets(box)) continue;
      if (node < item_of_leaf_.size()) {
        if (!visit(static_cast<std::size_t>(item_of_leaf_[node]))) return;
      } else {
        for (std::uint32_t i = nodes_[node].first; i < nodes_[node].last; ++i)
          if (nodes_[i].meets(box)) stack.push(i);
      }
    }
  }

 private:
  static constexpr std::size_t fan_out = 16;

  // Trivial, so that many are made without being touched.
  struct Node {
    double west, south, east, north;
    std::uint32_t first, last;  // children; leaves have none

    bool meets(const geodesy::LonLatBox& box) const {
      return west <= box.max.lon && box.min.lon <= east && south <= box.max.lat && box.min.lat <= north;
    }
  };
  // Deep enough for fan_out children a level of a tree over 2^32 items.
  class Stack {
   public:
    void push(std::size_t node) { entries_[count_++] = static_cast<std::uint32_t>(node); }
    std::size_t pop() { return entries_[--count_]; }
    bool empty() const { return count_ == 0; }

   private:
    std::uint32_t entries_[fan_out * 9];
    std::size_t count_ = 0;
  };

  LargeVector<Node> nodes_;  // leaves in Hilbert order, then each level above; the root is last
  LargeVector<std::uint32_t> item_of_leaf_;
};

}  // namespace xiangtu::spatial
