#include "spatial/within_distance.hpp"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <limits>
#include <numeric>

#include "base/parallel.hpp"

namespace xiangtu::spatial {

using geodesy::LocalFrame;
using geodesy::LonLat;
using geodesy::LonLatBox;

namespace {

constexpr std::size_t places_per_task = 256, rows_per_task = 1 << 13;
constexpr std::uint32_t segments_per_run = 16;

constexpr double metres_per_degree = 111320, radius_m = 6335000, degree = 0.017453292519943295;
constexpr double polar = 85, tan_polar = 11.44;

// b.lon − a.lon the short way round.
double turn(LonLat a, LonLat b) {
  const double lon = b.lon - a.lon;
  return lon > 180 ? lon - 360 : lon < -180 ? lon + 360 : lon;
}

// Geodesics bulge off the straight line in longitude and latitude, towards the pole: a segment of s metres
// by s²·tan(lat)/(8R) (geodesy/measure.hpp). The box has room for it: as for the longest segment of all, or
// up to the pole where that is no good measure; for short ones, of centimetres wherever they are. Across 180°
// it goes on beyond.
LonLatBox box_of_run(std::span<const LonLat> vertices) {
  constexpr double far_deg = 20, short_m = 500;
  LonLat at = vertices.front();
  LonLatBox box;
  box.add(at);
  double widest = 0;
  for (std::size_t i = 1; i < vertices.size(); ++i) {
    const double east = turn(vertices[i - 1], vertices[i]);
    at = {at.lon + east, vertices[i].lat};
    box.add(at);
    widest = std::max(widest, std::abs(east));
  }
  const double steepest = std::max(std::abs(box.min.lat), std::abs(box.max.lat));
  if (steepest > polar || widest > far_deg) {
    if (box.max.lat > 0) box.max.lat = 90;
    if (box.min.lat < 0) box.min.lat = -90;
    return box;
  }
  const double east_m = widest * metres_per_degree;
  const double tan_lat = east_m < short_m ? tan_polar : std::tan(steepest * degree);
  const double bulge = 1.2 * east_m * east_m * tan_lat / (8 * radius_m) / metres_per_degree;
  box.min.lat -= bulge;
  box.max.lat += bulge;
  return box;
}

}  // namespace

// Calls visit(run) for each run of a row.
template <class Visit>
void SegmentIndex::each_run(const table::GeometryColumn& features, std::size_t row, Visit&& visit) {
  for (std::size_t part = features.part_begin(row); part < features.part_end(row); ++part) {
    const auto line = features.part(part);
    const auto begin = static_cast<std::uint32_t>(line.data() - features.vertices().data()),
               end = begin + static_cast<std::uint32_t>(line.size());
    for (std::uint32_t first = begin; first < end; first += segments_per_run) {
      const std::uint32_t last = std::min(first + segments_per_run, end - 1);
      if (last > first || first == begin) visit(Run{first, last, static_cast<std::uint32_t>(row)});
    }
  }
}

SegmentIndex::SegmentIndex(const table::GeometryColumn& features, const Progress& progress)
    : vertices_(features.vertices()) {
  const std::size_t tasks = (features.size() + rows_per_task - 1) / rows_per_task;
  std::vector<std::size_t> begin_of(tasks + 1, 0);  // where the runs of a task's rows begin
  const auto each_run_of = [&](std::size_t task, auto&& visit) {
    const std::size_t end = std::min((task + 1) * rows_per_task, features.size());
    for (std::size_t row = task * rows_per_task; row < end; ++row) each_run(features, row, visit);
  };
  parallel_for(tasks, 1, progress, [&](std::size_t begin, std::size_t end) {
    for (std::size_t task = begin; task < end; ++task)
      each_run_of(task, [&](const Run&) { ++begin_of[task + 1]; });
  });
  std::partial_sum(begin_of.begin(), begin_of.end(), begin_of.begin());
  runs_.resize(begin_of.back());
  LargeVector<LonLatBox> boxes(runs_.size());
  std::atomic<bool> crosses = false;
  parallel_for(tasks, 1, progress, [&](std::size_t begin, std::size_t end) {
    for (std::size_t task = begin; task < end; ++task) {
      std::size_t next = begin_of[task];
      each_run_of(task, [&](const Run& run) {
        boxes[next] = box_of_run(vertices_.subspan(run.first, run.last - run.first + 1));
        if (boxes[next].min.lon < -180 || boxes[next].max.lon > 180) crosses = true;
        runs_[next++] = run;
      });
    }
  });
  if (progress.stop_requested()) return;
  crosses_180_ = crosses;
  index_ = PackedIndex(boxes, progress);
}

template <class Visit>
void SegmentIndex::query(const LonLatBox& box, const Visit& visit) const {
  index_.query(box, visit);
  if (box.min.lon < -180 || crosses_180_)
    index_.query({{box.min.lon + 360, box.min.lat}, {box.max.lon + 360, box.max.lat}}, visit);
  if (box.max.lon > 180 || crosses_180_)
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

void SegmentIndex::within(LonLat p, Metres distance, std::span<const std::span<const Counts>> counts,
                          std::span<Counts> best) const {
  const LocalFrame frame(p);
  std::fill(best.begin(), best.end(), Counts::no);
  query(frame.box_within(distance), [&](std::size_t i) {
    const Run& run = runs_[i];
    bool could_better = false;
    for (std::size_t k = 0; k < best.size(); ++k) could_better |= counts[k][run.row] > best[k];
    if (!could_better || !run_within(run, p, frame, distance)) return true;
    bool done = true;
    for (std::size_t k = 0; k < best.size(); ++k) {
      best[k] = std::max(best[k], counts[k][run.row]);
      done &= best[k] == Counts::yes;
    }
    return !done;
  });
}

Counts SegmentIndex::within(LonLat p, Metres distance, std::span<const Counts> counts) const {
  Counts best = Counts::no;
  within(p, distance, {&counts, 1}, {&best, 1});
  return best;
}

SegmentIndex::Nearest SegmentIndex::nearest(LonLat p, Metres within, std::span<const Counts> counts,
                                            Counts at_least) const {
  const LocalFrame frame(p);
  Nearest best{RowIx{}, {std::numeric_limits<double>::infinity()}, p};
  query(frame.box_within(within), [&](std::size_t i) {
    const Run& run = runs_[i];
    if (!counts.empty() && counts[run.row] < at_least) return true;
    for (std::uint32_t v = run.first; v < std::max(run.last, run.first + 1); ++v) {
      const LonLat a = vertices_[v], b = vertices_[std::min(v + 1, run.last)];
      const LocalFrame::ToSegment planar = frame.to_segment(a, b);
      if (planar.distance - frame.error_bound(planar) > std::min(best.distance, within)) continue;
      const Metres exact = geodesy::distance_to_segment(p, a, b);
      if (exact <= within && (exact < best.distance || (exact == best.distance && RowIx{run.row} < best.row)))
        best = {RowIx{run.row}, exact, frame.foot_on(a, b)};
    }
    return true;
  });
  return best;
}

Result<std::vector<std::vector<Counts>>> within_distance(const table::GeometryColumn& places,
                                                         std::span<const RowIx> rows,
                                                         const SegmentIndex& features,
                                                         std::span<const std::span<const Counts>> counts,
                                                         Metres distance, Progress& progress) {
  progress.begin("measuring reach", rows.size());
  std::vector<std::vector<Counts>> within(counts.size(), std::vector<Counts>(rows.size(), Counts::no));
  parallel_for(rows.size(), places_per_task, progress, [&](std::size_t begin, std::size_t end) {
    std::vector<Counts> best(counts.size());
    for (std::size_t i = begin; i < end; ++i) {
      if (places.empty_at(rows[i].value)) continue;
      features.within(places.representative(rows[i].value), distance, counts, best);
      for (std::size_t k = 0; k < best.size(); ++k) within[k][i] = best[k];
    }
    progress.advance(end - begin);
  });
  if (progress.stop_requested()) return cancelled_issue();
  return within;
}

}  // namespace xiangtu::spatial
