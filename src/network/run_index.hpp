// The segments of lines under one index, in short runs along their part.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/large_vector.hpp"
#include "base/progress.hpp"
#include "network/line_place.hpp"
#include "spatial/packed_index.hpp"
#include "table/geometry.hpp"

namespace xiangtu::network {

// Parts with at least two vertices of the rows that are used: the roads of a graph.
struct RoadParts {
  std::vector<PartIx> parts;  // ascending
  std::vector<RowIx> rows;    // the row of each of them

  // used: an entry per row, 0 for rows to leave out; empty: all rows.
  RoadParts(const table::GeometryColumn& lines, std::span<const std::uint8_t> used);
  std::size_t size() const { return parts.size(); }
};

// Vertices first … last of the column, joined by segments; of the road parts[road].
struct Run {
  std::uint32_t first, last, road;
};

// Read-only and thread-safe after it is built; the lines outlive it. A segment across ±180° is
// found by the box of its ends, which goes around the earth.
class RunIndex {
 public:
  RunIndex() = default;  // of nothing
  // After a requested stop it finds nothing.
  RunIndex(const table::GeometryColumn& lines, const RoadParts& roads, const Progress& progress);

  std::span<const Run> runs() const { return {runs_.data(), runs_.size()}; }
  const geodesy::LonLatBox& box_of(std::size_t run) const { return boxes_[run]; }

  // Calls visit(index of the run) for every run whose box meets the query.
  template <class Visit>
  void query(const geodesy::LonLatBox& box, Visit&& visit) const {
    index_.query(box, [&](std::size_t run) {
      visit(run);
      return true;
    });
  }

 private:
  static constexpr std::uint32_t segments_per_run = 16;

  LargeVector<Run> runs_;
  LargeVector<geodesy::LonLatBox> boxes_;
  spatial::PackedIndex index_;
};

}  // namespace xiangtu::network
