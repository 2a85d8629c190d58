#include "network/crossings.hpp"

#include <algorithm>
#include <cmath>
#include <tuple>
#include <utility>

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

// Whether a position of that side lies left of the line from a to b, as if all roads were pushed to the east
// and, by far less, to the north: none lies on the line then. push: 1 for positions of roads, -1 for those of
// others.
bool is_left(double side, LonLat a, LonLat b, int push) {
  if (side != 0) return side > 0;
  const double pushed = a.lat != b.lat ? a.lat - b.lat : b.lon - a.lon;
  return pushed * push > 0;
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
        const double a_side = side_of_line(c, d, a), b_side = side_of_line(c, d, b);
        const double c_side = side_of_line(a, b, c), d_side = side_of_line(a, b, d);
        if (is_left(a_side, c, d, 1) == is_left(b_side, c, d, 1)) continue;
        if (is_left(c_side, a, b, -1) == is_left(d_side, a, b, -1)) continue;
        const LinePlace place = c_side == 0   ? place_on(v, a, b, c)
                                : d_side == 0 ? place_on(v, a, b, d)
                                              : place_at(v, a_side / (a_side - b_side));
        found.push_back({run.road, place, other});
      }
    });
  }

 private:
  std::span<const LonLat> vertices_;
  const RunIndex& index_;
};

// Of those at one place: there and back again is none.
void leave_odd_ones(std::vector<Crossing>& crossings) {
  std::vector<Crossing> left;
  for (const Crossing& crossing : crossings) {
    if (!left.empty() && left.back() == crossing)
      left.pop_back();
    else
      left.push_back(crossing);
  }
  crossings = std::move(left);
}

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
  leave_odd_ones(crossings);
  return crossings;
}

}  // namespace xiangtu::network
