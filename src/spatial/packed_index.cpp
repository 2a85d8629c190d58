#include "spatial/packed_index.hpp"

#include <algorithm>
#include <utility>

namespace xiangtu::spatial {

using geodesy::LonLat;
using geodesy::LonLatBox;

namespace {

constexpr std::uint32_t hilbert_bits = 16;
constexpr double hilbert_cells = (1u << hilbert_bits) - 1;

// Position on the Hilbert curve of order 16 (Wikipedia, "Hilbert curve": xy2d).
std::uint32_t hilbert_position(std::uint32_t x, std::uint32_t y) {
  std::uint32_t position = 0;
  for (std::uint32_t side = 1u << (hilbert_bits - 1); side > 0; side >>= 1) {
    const std::uint32_t right = (x & side) ? 1 : 0, up = (y & side) ? 1 : 0;
    position += side * side * ((3 * right) ^ up);
    if (up == 0) {
      if (right == 1) {
        x = (2 * side - 1) - (x & (2 * side - 1));
        y = (2 * side - 1) - (y & (2 * side - 1));
      }
      std::swap(x, y);
    }
  }
  return position;
}

std::uint32_t cell(double value, double low, double high) {
  if (!(high > low)) return 0;
  return static_cast<std::uint32_t>((value - low) / (high - low) * hilbert_cells);
}

}  // namespace

PackedIndex::PackedIndex(std::span<const LonLatBox> boxes) {
  LonLatBox whole;
  for (const LonLatBox& box : boxes) whole.add(box);
  std::vector<std::pair<std::uint32_t, std::uint32_t>> order;
  order.reserve(boxes.size());
  for (std::size_t i = 0; i < boxes.size(); ++i) {
    if (boxes[i].empty()) continue;
    const LonLat c = boxes[i].centre();
    order.emplace_back(hilbert_position(cell(c.lon, whole.min.lon, whole.max.lon),
                                        cell(c.lat, whole.min.lat, whole.max.lat)),
                       static_cast<std::uint32_t>(i));
  }
  if (order.empty()) return;
  std::sort(order.begin(), order.end());

  nodes_.reserve(order.size() + order.size() / (fan_out - 1) + 8);
  item_of_leaf_.reserve(order.size());
  for (const auto& [position, item] : order) {
    nodes_.push_back({boxes[item], 0, 0});
    item_of_leaf_.push_back(item);
  }
  for (std::size_t begin = 0, end = nodes_.size(); end - begin > 1; begin = end, end = nodes_.size()) {
    for (std::size_t first = begin; first < end; first += fan_out) {
      const std::size_t last = std::min(first + fan_out, end);
      Node parent{{}, static_cast<std::uint32_t>(first), static_cast<std::uint32_t>(last)};
      for (std::size_t i = first; i < last; ++i) parent.box.add(nodes_[i].box);
      nodes_.push_back(parent);
    }
  }
}

}  // namespace xiangtu::spatial
