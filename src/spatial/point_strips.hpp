// Positions in strips of latitude, ordered by longitude in each: those in a small box are found without a
// tree, and those that coincide stand side by side. Built in O(n log √n) where they are spread evenly.
// Read-only and thread-safe after it is built.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "base/large_vector.hpp"
#include "base/progress.hpp"
#include "geodesy/position.hpp"

namespace xiangtu::spatial {

class PointStrips {
 public:
  struct Entry {
    geodesy::LonLat at;
    std::uint32_t item;  // of the positions that were given
  };

  PointStrips() = default;
  // After a requested stop it finds nothing.
  explicit PointStrips(std::span<const geodesy::LonLat> positions, const Progress& progress = Progress{});

  // Strip by strip from the south, in each by longitude, latitude and item.
  std::span<const Entry> entries() const { return {entries_.data(), entries_.size()}; }

  // Calls visit(entry) for every position in the box, its edges included.
  template <class Visit>
  void query(const geodesy::LonLatBox& box, Visit&& visit) const {
    if (entries_.empty() || box.empty()) return;
    for (std::size_t strip = strip_of(box.min.lat); strip <= strip_of(box.max.lat); ++strip) {
      const Entry *begin = entries_.data() + strip_begin_[strip],
                  *end = entries_.data() + strip_begin_[strip + 1];
      const Entry* entry = std::lower_bound(
          begin, end, box.min.lon, [](const Entry& before, double west) { return before.at.lon < west; });
      for (; entry != end && entry->at.lon <= box.max.lon; ++entry)
        if (entry->at.lat >= box.min.lat && entry->at.lat <= box.max.lat) visit(*entry);
    }
  }

 private:
  std::size_t strip_of(double lat) const {
    const double strip = (lat - south_) * strips_per_degree_;
    return strip > 0 ? static_cast<std::size_t>(std::min(strip, last_strip_)) : 0;
  }

  double south_ = 0, strips_per_degree_ = 0, last_strip_ = 0;
  LargeVector<Entry> entries_;
  std::vector<std::uint32_t> strip_begin_;  // of each strip, and one more
};

}  // namespace xiangtu::spatial
