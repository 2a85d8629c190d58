#include "network/crossings.hpp"

#include <algorithm>
#include <cmath>
#include <tuple>

#include "base/parallel.hpp"
#include "network/side_of_line.hpp"

namespace xiangtu::network {

using geodesy::LonLat;
using geodesy::LonLatBox;

namespace {

constexpr std::size_t rows_per_task = 16;

LonLatBox box_of(LonLat a, LonLat b) {
  LonLatBox box;
  box.add(a);
  box.add(b);
  return box;
}

class CrossingFinder {
 public:
  CrossingFinder(const table::GeometryColumn& lines, const RunIndex& index)
      : vertices_(lines.vertices()), index_(index) {}

  void find(LonLat c, LonLat d, RowIx other, std::vector<Crossing>& found) const {
    if (std::abs(c.lon - d.lon) > 180) return;
    const LonLatBox box = box_of(c, d);
    index_.query(box, [&](std::size_t i) {
      const Run& run = index_.runs()[i];
      for (std::uint32_t v = run.first; v < run.last; ++v) {
        const LonLat a = vertices_[v], b = vertices_[v + 1];
        if (std::abs(a.lon - b.lon) > 180 || !box.intersects(box_of(a, b))) continue;
        // What lies on a line counts as left of it, so that a vertex there is passed once.
        const double a_side = side_of_line(c, d, a), b_side = side_of_line(c, d, b);
        if ((a_side >= 0) == (b_side >= 0)) continue;
        if ((side_of_line(a, b, c) >= 0) == (side_of_line(a, b, d) >= 0)) continue;
        found.push_back({run.road, place_at(v, a_side / (a_side - b_side)), other});
      }
    });
  }

 private:
  std::span<const LonLat> vertices_;
  const RunIndex& index_;
};

}  // namespace

std::vector<Crossing> find_crossings(const table::GeometryColumn& lines, const RunIndex& index,
                                     const table::GeometryColumn& others, Progress& progress) {
  const CrossingFinder finder(lines, index);
  progress.begin("looking for rivers without bridges", others.size());
  const auto found = parallel_collect<std::vector<Crossing>>(
      others.size(), rows_per_task, progress, [&](std::size_t row, std::vector<Crossing>& some) {
        for (std::size_t part = others.part_begin(row); part < others.part_end(row); ++part) {
          const auto line = others.part(part);
          for (std::size_t v = 1; v < line.size(); ++v) finder.find(line[v - 1], line[v], RowIx(row), some);
        }
      });
  std::vector<Crossing> crossings;
  for (const auto& some : found) crossings.insert(crossings.end(), some.begin(), some.end());
  std::sort(crossings.begin(), crossings.end(), [](const Crossing& a, const Crossing& b) {
    return std::tie(a.road, a.place, a.other) < std::tie(b.road, b.place, b.other);
  });
  return crossings;
}

}  // namespace xiangtu::network
