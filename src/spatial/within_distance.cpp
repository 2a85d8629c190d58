#include "spatial/within_distance.hpp"

#include <algorithm>
#include <limits>

#include "base/parallel.hpp"
#include "geodesy/measure.hpp"

namespace xiangtu::spatial {

using geodesy::LocalFrame;
using geodesy::LonLat;
using geodesy::LonLatBox;

namespace {

constexpr std::size_t places_per_task = 256;
// Beyond this a flat frame has no useful bound and the geodesic is asked at once.
constexpr double frame_reach_m = 20000;

}  // namespace

SegmentIndex::SegmentIndex(const table::GeometryColumn& features, std::span<const RowIx> rows) {
  for (const RowIx row : rows) {
    for (std::size_t part = features.part_begin(row.value); part < features.part_end(row.value); ++part) {
      const auto line = features.part(part);
      if (line.size() == 1) segments_.push_back({line[0], line[0], row});
      for (std::size_t i = 0; i + 1 < line.size(); ++i) segments_.push_back({line[i], line[i + 1], row});
    }
  }
  std::vector<LonLatBox> boxes;
  boxes.reserve(segments_.size());
  for (const Segment& segment : segments_) {
    LonLatBox box;
    box.add(segment.a);
    box.add(segment.b);
    boxes.push_back(box);
  }
  index_ = PackedIndex(boxes);
}

bool SegmentIndex::any_within(LonLat p, Metres distance) const {
  const LocalFrame frame(p);
  bool within = false;
  index_.query(frame.box_within(distance), [&](std::size_t i) {
    const Segment& s = segments_[i];
    const Metres planar = frame.distance_to_segment(s.a, s.b);
    const Metres length = geodesy::segment_length(s.a, s.b);
    const bool near_enough = planar.value + length.value < frame_reach_m;
    const Metres bound = frame.error_bound(planar, length);
    if (near_enough && planar + bound <= distance)
      within = true;
    else if (!near_enough || planar - bound <= distance)
      within = geodesy::distance_to_segment(p, s.a, s.b) <= distance;
    return !within;
  });
  return within;
}

SegmentIndex::Nearest SegmentIndex::nearest(LonLat p, Metres within) const {
  const LocalFrame frame(p);
  Nearest best{RowIx{}, {std::numeric_limits<double>::infinity()}};
  index_.query(frame.box_within(within), [&](std::size_t i) {
    const Segment& s = segments_[i];
    const Metres planar = frame.distance_to_segment(s.a, s.b);
    const Metres length = geodesy::segment_length(s.a, s.b);
    if (planar.value + length.value < frame_reach_m &&
        planar - frame.error_bound(planar, length) > std::min(best.distance, within))
      return true;
    const Metres exact = geodesy::distance_to_segment(p, s.a, s.b);
    if (exact <= within && (exact < best.distance || (exact == best.distance && s.row < best.row)))
      best = {s.row, exact};
    return true;
  });
  return best;
}

Result<std::vector<std::uint8_t>> within_distance(const table::GeometryColumn& places,
                                                  std::span<const RowIx> rows, const SegmentIndex& features,
                                                  Metres distance, Progress& progress) {
  progress.begin("measuring reach", rows.size());
  std::vector<std::uint8_t> within(rows.size(), 0);
  parallel_for(rows.size(), places_per_task, progress, [&](std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) {
      if (places.empty_at(rows[i].value)) continue;
      within[i] = features.any_within(places.representative(rows[i].value), distance) ? 1 : 0;
    }
    progress.advance(end - begin);
  });
  if (progress.stop_requested()) return cancelled_issue();
  return within;
}

}  // namespace xiangtu::spatial
