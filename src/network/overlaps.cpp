#include "network/overlaps.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <optional>
#include <tuple>

#include "base/parallel.hpp"
#include "geodesy/measure.hpp"
#include "network/side_of_line.hpp"

namespace xiangtu::network {

using geodesy::LocalFrame;
using geodesy::LonLat;
using geodesy::LonLatBox;

namespace {

constexpr std::size_t runs_per_task = 1 << 10;
constexpr Metres least_overlap{1};

// Two segments that run together, along the first.
struct Together {
  std::uint32_t a, b;
  LinePlace begin, end;

  auto rank() const { return std::tie(a, b, begin, end); }
};

LonLatBox box_of(LonLat a, LonLat b) {
  LonLatBox box;
  box.add(a);
  box.add(b);
  return box;
}

LonLatBox widened(LonLatBox box, LonLat by) {
  return {{box.min.lon - by.lon, box.min.lat - by.lat}, {box.max.lon + by.lon, box.max.lat + by.lat}};
}

class OverlapFinder {
 public:
  OverlapFinder(const table::GeometryColumn& lines, const RoadParts& roads, const RunIndex& index,
                std::span<const std::int8_t> levels, Metres tolerance)
      : vertices_(lines.vertices()), roads_(roads), index_(index), levels_(levels), tolerance_(tolerance) {}

  // Of the segments of a run with those of runs after it.
  void find_of_run(std::size_t i, std::vector<Together>& found) const {
    const LonLat margin = margin_at(index_.box_of(i));
    index_.query(widened(index_.box_of(i), margin), [&](std::size_t j) {
      const Run &a = index_.runs()[i], &b = index_.runs()[j];
      if (j < i || a.road == b.road || level_of(a.road) != level_of(b.road)) return;
      const LonLatBox box_b = widened(index_.box_of(j), margin);
      for (std::uint32_t v = a.first; v < a.last; ++v)
        if (box_of(vertices_[v], vertices_[v + 1]).intersects(box_b))
          find_of_segment(a.road, v, b, margin, found);
    });
  }

 private:
  int level_of(std::uint32_t road) const { return levels_.empty() ? 0 : levels_[roads_.rows[road].value]; }

  // The tolerance in degrees, or somewhat more.
  LonLat margin_at(const LonLatBox& box) const {
    constexpr double least_metres_per_degree = 110000, slack = 1.1;
    const double latitude = std::min(std::max(std::abs(box.min.lat), std::abs(box.max.lat)) + 0.01, 89.9);
    const double north = slack * tolerance_.value / least_metres_per_degree;
    return {north / std::cos(latitude * std::numbers::pi / 180), north};
  }

  void find_of_segment(std::uint32_t road, std::uint32_t v, const Run& run, LonLat margin,
                       std::vector<Together>& found) const {
    const LonLat a = vertices_[v], b = vertices_[v + 1];
    if (a == b || std::abs(a.lon - b.lon) > 180) return;
    const LonLatBox box = widened(box_of(a, b), margin);
    for (std::uint32_t w = run.first; w < run.last; ++w) {
      const LonLat c = vertices_[w], d = vertices_[w + 1];
      if (!box.intersects(box_of(c, d)) || std::abs(c.lon - d.lon) > 180) continue;
      const std::optional<LinePlace> places[]{
          place_near(v, c, margin), place_near(v, d, margin),
          place_near(w, a, margin) ? std::optional{LinePlace{v, 0}} : std::nullopt,
          place_near(w, b, margin) ? std::optional{LinePlace{v + 1, 0}} : std::nullopt};
      LinePlace first{v + 1, 1}, last{0, 0};
      for (const auto& place : places) {
        if (!place) continue;
        first = std::min(first, *place);
        last = std::max(last, *place);
      }
      if (first < last) found.push_back({road, run.road, first, last});
    }
  }

  // Where on the segment that begins at a vertex a position lies, when it is within the tolerance of it.
  std::optional<LinePlace> place_near(std::uint32_t v, LonLat p, LonLat margin) const {
    const LonLat a = vertices_[v], b = vertices_[v + 1];
    if (p == a) return LinePlace{v, 0};
    if (p == b) return LinePlace{v + 1, 0};
    const LonLatBox box = box_of(a, b);
    if (!widened(box, margin).contains(p)) return std::nullopt;
    const double side = side_of_line(a, b, p);
    if (side == 0 && box.contains(p)) return place_on(v, a, b, p);
    if (tolerance_ == Metres{0} || is_far_off(side, a, b, margin)) return std::nullopt;
    const LocalFrame frame(p);
    if (frame.to_segment(a, b).distance > tolerance_) return std::nullopt;
    return place_on(v, a, b, frame.foot_on(a, b));
  }

  // From the line through a and b, surely: the distance is the area of the triangle by its base.
  static bool is_far_off(double side, LonLat a, LonLat b, LonLat margin) {
    const double shrink = margin.lat / margin.lon, east = (b.lon - a.lon) * shrink, north = b.lat - a.lat;
    const double most = 1.2 * margin.lat;
    return side * side * shrink * shrink > most * most * (east * east + north * north);
  }

  std::span<const LonLat> vertices_;
  const RoadParts& roads_;
  const RunIndex& index_;
  std::span<const std::int8_t> levels_;
  Metres tolerance_;
};

// Whole roads, for what is told of a stretch.
class Roads {
 public:
  Roads(const table::GeometryColumn& lines, const RoadParts& roads, Metres tolerance)
      : lines_(lines), roads_(roads), tolerance_(tolerance) {}

  bool follow_each_other(const Together& before, const Together& after) const {
    if (before.a != after.a || before.b != after.b) return false;
    return after.begin <= before.end || length_between(lines_, before.end, after.begin) <= tolerance_;
  }

  Overlap overlap(const Together& stretch) const {
    const Metres length = length_between(lines_, stretch.begin, stretch.end);
    return {stretch.a, stretch.b, stretch.begin, stretch.end, length, is_all(stretch, length)};
  }

 private:
  bool is_all(const Together& stretch, Metres length) const {
    const auto a = line(stretch.a), b = line(stretch.b);
    const Metres near = std::min(tolerance_, length * 0.1);  // among roads of centimetres all are near
    const auto same = [&](LonLat p, LonLat q) { return p == q || geodesy::distance(p, q) <= near; };
    const bool forward = same(a.front(), b.front()) && same(a.back(), b.back()),
               backward = same(a.front(), b.back()) && same(a.back(), b.front());
    const auto reaches = [&](std::span<const LonLat> road) {
      constexpr Metres rounding{0.001};
      return geodesy::length(road) <= length + near * 2 + rounding;
    };
    return length > Metres{0} && (forward || backward) && reaches(a) && reaches(b);
  }
  std::span<const LonLat> line(std::uint32_t road) const { return lines_.part(roads_.parts[road].value); }

  const table::GeometryColumn& lines_;
  const RoadParts& roads_;
  Metres tolerance_;
};

}  // namespace

std::vector<Overlap> find_overlaps(const table::GeometryColumn& lines, const RoadParts& roads,
                                   const RunIndex& index, std::span<const std::int8_t> levels,
                                   Metres tolerance, Progress& progress) {
  const OverlapFinder finder(lines, roads, index, levels, tolerance);
  progress.begin("looking for roads that were drawn twice", index.runs().size());
  const auto found = parallel_collect<std::vector<Together>>(
      index.runs().size(), runs_per_task, progress,
      [&](std::size_t run, std::vector<Together>& together) { finder.find_of_run(run, together); });
  std::vector<Together> all;
  for (const std::vector<Together>& some : found) all.insert(all.end(), some.begin(), some.end());
  std::sort(all.begin(), all.end(), [](const Together& a, const Together& b) { return a.rank() < b.rank(); });

  const Roads whole(lines, roads, tolerance);
  std::vector<Overlap> overlaps;
  for (std::size_t i = 0; i < all.size();) {
    Together stretch = all[i];
    for (++i; i < all.size() && whole.follow_each_other(stretch, all[i]); ++i)
      stretch.end = std::max(stretch.end, all[i].end);
    const Overlap overlap = whole.overlap(stretch);
    if (overlap.length > least_overlap || overlap.is_all) overlaps.push_back(overlap);
  }
  return overlaps;
}

}  // namespace xiangtu::network
