// Which positions have a feature within a geodesic distance.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/ids.hpp"
#include "base/large_vector.hpp"
#include "base/progress.hpp"
#include "base/quantities.hpp"
#include "base/result.hpp"
#include "geodesy/measure.hpp"
#include "spatial/packed_index.hpp"
#include "table/geometry.hpp"

namespace xiangtu::spatial {

// Whether a feature counts for a question.
enum class Counts : std::uint8_t { no, maybe, yes };

// The segments of a line, polygon or point layer under one index: a point is a segment without length,
// a polygon its boundary. Segments are indexed in short runs along their line, so that the index is far
// smaller than the layer. Thread-safe after it is built; the layer outlives it.
class SegmentIndex {
 public:
  // After a requested stop it finds nothing.
  explicit SegmentIndex(const table::GeometryColumn& features, const Progress& progress = Progress{});

  // The best that any feature within the distance of p, inclusive, counts for: yes as soon as one does.
  // counts has an entry per row of the layer. A flat frame with a proved error bound decides; the
  // geodesic only where the bound leaves doubt.
  Counts within(geodesy::LonLat p, Metres distance, std::span<const Counts> counts) const;
  // The same for several questions at once: counts and best have an entry per question.
  void within(geodesy::LonLat p, Metres distance, std::span<const std::span<const Counts>> counts,
              std::span<Counts> best) const;

  struct Nearest {
    RowIx row;
    Metres distance;
    geodesy::LonLat at;  // on the feature, found in a flat frame: for drawing, not for measuring
  };
  // The nearest feature within the distance (tie: the lowest row); row none when there is none. counts: an
  // entry per row of the layer, of which only those that count at least so much are looked at; empty: all.
  Nearest nearest(geodesy::LonLat p, Metres within, std::span<const Counts> counts = {},
                  Counts at_least = Counts::yes) const;

 private:
  // Vertices first … last of the layer, joined by segments; a point is one vertex. Trivial, so that many are
  // made without being touched.
  struct Run {
    std::uint32_t first, last, row;
  };
  template <class Visit>
  static void each_run(const table::GeometryColumn& features, std::size_t row, Visit&& visit);
  // Calls visit(run) for runs whose box meets the box or its images across ±180°.
  template <class Visit>
  void query(const geodesy::LonLatBox& box, const Visit& visit) const;
  bool run_within(const Run& run, geodesy::LonLat p, const geodesy::LocalFrame& frame, Metres distance) const;

  std::span<const geodesy::LonLat> vertices_;
  LargeVector<Run> runs_;
  bool crosses_180_ = false;  // some run's box goes on beyond ±180°
  PackedIndex index_;
};

// For each of several questions, and each of some rows of a point layer (others: their representative
// position): what the features within the distance count for. Rows with an empty geometry: no; the caller
// knows them.
Result<std::vector<std::vector<Counts>>> within_distance(const table::GeometryColumn& places,
                                                         std::span<const RowIx> rows,
                                                         const SegmentIndex& features,
                                                         std::span<const std::span<const Counts>> counts,
                                                         Metres distance, Progress& progress);

}  // namespace xiangtu::spatial
