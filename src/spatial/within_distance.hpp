// Which positions have a feature within a geodesic distance.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/ids.hpp"
#include "base/progress.hpp"
#include "base/quantities.hpp"
#include "base/result.hpp"
#include "spatial/packed_index.hpp"
#include "table/geometry.hpp"

namespace xiangtu::spatial {

// The segments of some rows of a line, polygon or point layer under one index: a point is a segment
// without length, a polygon its boundary. Thread-safe after it is built.
class SegmentIndex {
 public:
  SegmentIndex(const table::GeometryColumn& features, std::span<const RowIx> rows);

  struct Segment {
    geodesy::LonLat a, b;
    RowIx row;
  };
  bool empty() const { return segments_.empty(); }
  const PackedIndex& index() const { return index_; }
  const Segment& operator[](std::size_t i) const { return segments_[i]; }

  // Whether a feature lies within the distance of p, inclusive. A flat frame with a proved error
  // bound decides; the geodesic only where the bound leaves doubt.
  bool any_within(geodesy::LonLat p, Metres distance) const;

  struct Nearest {
    RowIx row;
    Metres distance;
  };
  // The nearest feature within the distance (tie: the lowest row); row none when there is none.
  Nearest nearest(geodesy::LonLat p, Metres within) const;

 private:
  std::vector<Segment> segments_;
  PackedIndex index_;
};

// For each row of a point layer (others: their representative position): 1 when a feature is within
// the distance, else 0. Rows with an empty geometry: 0; the caller knows them.
Result<std::vector<std::uint8_t>> within_distance(const table::GeometryColumn& places,
                                                  std::span<const RowIx> rows, const SegmentIndex& features,
                                                  Metres distance, Progress& progress);

}  // namespace xiangtu::spatial
