#include "spatial/within_distance.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/parallel.hpp"

namespace xiangtu::spatial {

using geodesy::LocalFrame;
using geodesy::LonLat;
using geodesy::LonLatBox;

namespace {

constexpr std::size_t places_per_task = 256;
constexpr std::uint32_t segments_per_run = 16;

// Geodesics bulge off the straight line in longitude and latitude, towards the pole: a segment of s metres
// by s²·tan(lat)/(8R) (geodesy/measure.hpp). The box of a run has room for it.
LonLatBox box_of_segment(LonLat a, LonLat b) {
  constexpr double metres_per_degree = 111320, radius_m = 6335000, degree = 0.017453292519943295;
  LonLatBox box;
  box.add(a);
  box.add(b);
  const double steepest = std::min(std::max(std::abs(a.lat), std::abs(b.lat)), 89.0) * degree;
  const double east_m =
      (b.lon - a.lon) * metres_per_degree * std::cos(std::min(std::abs(a.lat), std::abs(b.lat)) * degree);
  const double bulge = 1.2 * east_m * east_m * std::tan(steepest) / (8 * radius_m) / metres_per_degree;
  box.min.lat -= bulge;
  box.max.lat += bulge;
  return box;
}

}  // namespace

SegmentIndex::SegmentIndex(const table::GeometryColumn& features) : vertices_(features.vertices()) {
  for (std::size_t row = 0; row < features.size(); ++row) {
    for (std::size_t part = features.part_begin(row); part < features.part_end(row); ++part) {
      const auto line = features.part(part);
      const auto begin = static_cast<std::uint32_t>(line.data() - vertices_.data()),
                 end = begin + static_cast<std::uint32_t>(line.size());
      for (std::uint32_t first = begin; first < end; first += segments_per_run) {
        const std::uint32_t last = std::min(first + segments_per_run, end - 1);
        if (last > first || first == begin) runs_.push_back({first, last, RowIx{row}});
      }
    }
  }
  std::vector<LonLatBox> boxes(runs_.size());
  parallel_for(runs_.size(), places_per_task, Progress{}, [&](std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i)
      for (std::uint32_t v = runs_[i].first; v < std::max(runs_[i].last, runs_[i].first + 1); ++v)
        boxes[i].add(box_of_segment(vertices_[v], vertices_[std::min(v + 1, runs_[i].last)]));
  });
  index_ = PackedIndex(boxes);
}

template <class Visit>
void SegmentIndex::query(const LonLatBox& box, const Visit& visit) const {
  index_.query(box, visit);
  if (box.min.lon < -180)
    index_.query({{box.min.lon + 360, box.min.lat}, {box.max.lon + 360, box.max.lat}}, visit);
  if (box.max.lon > 180)
    index_.query({{box.min.lon - 360, box.min.lat}, {box.max.lon - 360, box.max.lat}}, visit);
}

bool SegmentIndex::run_within(const Run& run, LonLat p, const LocalFrame& frame, Metres distance) const {
  for (std::uint32_t v = run.first; v < std::max(run.last, run.first + 1); ++v) {
    const LonLat a = vertices_[v], b = vertices_[std::min(v + 1, run.last)];
    const LocalFrame::ToSegment planar = frame.to_segment(a, b);
    const Metres bound = frame.error_bound(planar);
    if (planar.distance + bound <= distance) return true;
    if (planar.distance - bound <= distance && geodesy::distance_to_segment(p, a, b) <= distance) return true;
  }
  return false;
}

Counts SegmentIndex::within(LonLat p, Metres distance, std::span<const Counts> counts) const {
  const LocalFrame frame(p);
  Counts best = Counts::no;
  query(frame.box_within(distance), [&](std::size_t i) {
    const Run& run = runs_[i];
    if (counts[run.row.value] > best && run_within(run, p, frame, distance)) best = counts[run.row.value];
    return best != Counts::yes;
  });
  return best;
}

SegmentIndex::Nearest SegmentIndex::nearest(LonLat p, Metres within) const {
  const LocalFrame frame(p);
  Nearest best{RowIx{}, {std::numeric_limits<double>::infinity()}};
  query(frame.box_within(within), [&](std::size_t i) {
    const Run& run = runs_[i];
    for (std::uint32_t v = run.first; v < std::max(run.last, run.first + 1); ++v) {
      const LonLat a = vertices_[v], b = vertices_[std::min(v + 1, run.last)];
      const LocalFrame::ToSegment planar = frame.to_segment(a, b);
      if (planar.distance - frame.error_bound(planar) > std::min(best.distance, within)) continue;
      const Metres exact = geodesy::distance_to_segment(p, a, b);
      if (exact <= within && (exact < best.distance || (exact == best.distance && run.row < best.row)))
        best = {run.row, exact};
    }
    return true;
  });
  return best;
}

Result<std::vector<Counts>> within_distance(const table::GeometryColumn& places, std::span<const RowIx> rows,
                                            const SegmentIndex& features, std::span<const Counts> counts,
                                            Metres distance, Progress& progress) {
  progress.begin("measuring reach", rows.size());
  std::vector<Counts> within(rows.size(), Counts::no);
  parallel_for(rows.size(), places_per_task, progress, [&](std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) {
      if (places.empty_at(rows[i].value)) continue;
      within[i] = features.within(places.representative(rows[i].value), distance, counts);
    }
    progress.advance(end - begin);
  });
  if (progress.stop_requested()) return cancelled_issue();
  return within;
}

}  // namespace xiangtu::spatial
