#include "spatial/packed_index.hpp"

#include <algorithm>
#include <mutex>
#include <utility>

#include "base/parallel.hpp"

namespace xiangtu::spatial {

using geodesy::LonLat;
using geodesy::LonLatBox;

namespace {

constexpr std::size_t boxes_per_task = 8192;
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

PackedIndex::PackedIndex(std::span<const LonLatBox> boxes, const Progress& progress) {
  LonLatBox whole;
  bool some_empty = false;
  std::mutex mutex;
  parallel_for(boxes.size(), boxes_per_task, progress, [&](std::size_t begin, std::size_t end) {
    LonLatBox part;
    bool empty = false;
    for (std::size_t i = begin; i < end; ++i) {
      part.add(boxes[i]);
      empty = empty || boxes[i].empty();
    }
    const std::lock_guard lock(mutex);
    whole.add(part);
    some_empty = some_empty || empty;
  });
  struct Placed {
    std::uint32_t position, item;
    auto operator<=>(const Placed&) const = default;
  };
  LargeVector<Placed> order(boxes.size());
  parallel_for(order.size(), boxes_per_task, progress, [&](std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) {
      const LonLat c = boxes[i].empty() ? whole.min : boxes[i].centre();
      order[i] = {hilbert_position(cell(c.lon, whole.min.lon, whole.max.lon),
                                   cell(c.lat, whole.min.lat, whole.max.lat)),
                  static_cast<std::uint32_t>(i)};
    }
  });
  if (progress.stop_requested()) return;
  if (some_empty) std::erase_if(order, [&](const Placed& placed) { return boxes[placed.item].empty(); });
  if (order.empty()) return;
  parallel_sort(order.begin(), order.end(), progress);
  if (progress.stop_requested()) return;

  std::size_t total = order.size();
  for (std::size_t level = total; level > 1;) total += level = (level + fan_out - 1) / fan_out;
  nodes_.resize(total);
  item_of_leaf_.resize(order.size());
  parallel_for(order.size(), boxes_per_task, progress, [&](std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) {
      const LonLatBox& box = boxes[order[i].item];
      nodes_[i] = {box.min.lon, box.min.lat, box.max.lon, box.max.lat, 0, 0};
      item_of_leaf_[i] = order[i].item;
    }
  });
  if (progress.stop_requested()) nodes_.clear();  // some are not filled
  if (nodes_.empty()) return;
  std::size_t next = order.size();
  for (std::size_t begin = 0, end = next; end - begin > 1; begin = end, end = next)
    for (std::size_t first = begin; first < end; first += fan_out, ++next) {
      const std::size_t last = std::min(first + fan_out, end);
      Node parent = nodes_[first];
      for (std::size_t i = first + 1; i < last; ++i) {
        parent.west = std::min(parent.west, nodes_[i].west);
        parent.south = std::min(parent.south, nodes_[i].south);
        parent.east = std::max(parent.east, nodes_[i].east);
        parent.north = std::max(parent.north, nodes_[i].north);
      }
      parent.first = static_cast<std::uint32_t>(first);
      parent.last = static_cast<std::uint32_t>(last);
      nodes_[next] = parent;
    }
}

}  // namespace xiangtu::spatial
