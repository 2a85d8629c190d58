// Geometry drawn by lot, with a taste for the degenerate: positions lie on a coarse lattice, so that
// vertices coincide, lines follow borders and pass through corners, and polygons touch. The lattice's
// steps are powers of two (or whole degrees), so that differences and their products are exact in
// double: "on the boundary" means on it.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <random>
#include <vector>

#include "geodesy/measure.hpp"
#include "table/geometry.hpp"

namespace xiangtu::tests {

using geodesy::LonLat;
using table::GeometryColumn;
using table::GeometryKind;

// The standard library's distributions differ between implementations; these do not.
class Random {
 public:
  explicit Random(std::uint64_t seed) : engine_(seed) {}
  // In [low, high).
  double between(double low, double high) {
    return low + (high - low) * (static_cast<double>(engine_() >> 11) * 0x1p-53);
  }
  // Both ends included.
  int whole(int low, int high) {
    return low + static_cast<int>(engine_() % static_cast<std::uint64_t>(high - low + 1));
  }
  bool chance(double share) { return between(0, 1) < share; }

 private:
  std::mt19937_64 engine_;
};

// From a position to a straight line of the map, by halving towards its nearest place.
inline double metres_to_drawn_line(LonLat p, LonLat a, LonLat b) {
  if (std::abs(b.lon - a.lon) > 180) b.lon += b.lon < a.lon ? 360 : -360;
  const auto metres = [&](double share) {
    return geodesy::distance(p, {a.lon + share * (b.lon - a.lon), a.lat + share * (b.lat - a.lat)}).value;
  };
  double low = 0, high = 1;
  for (int step = 0; step < 80; ++step) {
    const double third = (high - low) / 3;
    if (metres(low + third) < metres(high - third))
      high -= third;
    else
      low += third;
  }
  return std::min({metres(0), metres(1), metres((low + high) / 2)});
}

struct Lattice {
  const char* name;
  LonLat corner, step;  // the south-west corner
  int columns, rows;    // in steps

  // May lie across 180°: it is numbered on from −180° there.
  LonLat at(double x, double y) const {
    const double lon = corner.lon + x * step.lon;
    return {lon > 180 ? lon - 360 : lon < -180 ? lon + 360 : lon, corner.lat + y * step.lat};
  }
  LonLat draw(Random& random) const {
    const int x = random.whole(0, columns), y = random.whole(0, rows);
    return at(x, y);
  }
  // On the lattice, on its halves and quarters, or a little outside.
  LonLat draw_between(Random& random) const {
    const int parts = 1 << random.whole(0, 2);
    const double x = random.whole(-parts, (columns + 1) * parts), y = random.whole(0, rows * parts);
    return at(x / parts, y / parts);
  }
};

namespace lattices {

inline constexpr Lattice county{"a county", {109, 37}, {0x1p-6, 0x1p-6}, 12, 12};
inline constexpr Lattice zero{"around 0° 0°", {-0.09375, -0.09375}, {0x1p-6, 0x1p-6}, 12, 12};
inline constexpr Lattice before_180{"west of 180°", {179.8125, -17}, {0x1p-6, 0x1p-6}, 12, 12};
inline constexpr Lattice after_180{"east of −180°", {-180, -17}, {0x1p-6, 0x1p-6}, 12, 12};
inline constexpr Lattice across_180{"on both sides of 180°", {179.90625, -17}, {0x1p-6, 0x1p-6}, 12, 12};
inline constexpr Lattice arctic{"84° north", {20, 84}, {0x1p-4, 0x1p-6}, 12, 12};
inline constexpr Lattice antarctic{"86° south", {-70, -86}, {0x1p-3, 0x1p-7}, 12, 12};
inline constexpr Lattice province{"a province", {100, 40}, {0x1p-2, 0x1p-2}, 12, 12};
inline constexpr Lattice garden{"a garden", {109.5, 30.25}, {0x1p-28, 0x1p-28}, 12, 12};
inline constexpr Lattice hemisphere{"half the earth, poles included", {0, -90}, {15, 15}, 12, 12};
inline constexpr Lattice north_pole{"the north pole", {0, 89.875}, {15, 0x1p-6}, 11, 8};
inline constexpr Lattice south_pole{"the south pole", {-165, -90}, {15, 0x1p-6}, 11, 8};
// Coincidences are rarer on these: vertices as in real data.
inline constexpr Lattice medium{"a less coarse lattice", {109, 37}, {0x1p-10, 0x1p-10}, 256, 256};
inline constexpr Lattice fine{"a fine lattice", {109, 37}, {0x1p-24, 0x1p-24}, 1 << 22, 1 << 22};

}  // namespace lattices

using Path = std::vector<LonLat>;

// A position so many metres east and north of a place in the loess.
inline LonLat at(double east_m, double north_m) {
  return geodesy::destination(geodesy::destination({109.75, 37.5}, 0, {north_m}), 90, {east_m});
}

inline void add_part(GeometryColumn& column, const Path& path, bool hole = false) {
  column.add_vertices(path);
  column.end_part(hole);
}
inline void add_feature(GeometryColumn& column, const Path& path) {
  add_part(column, path);
  column.end_feature();
}

// A path of lattice positions: leaps, steps to a neighbour, vertices that are repeated.
inline Path draw_path(Random& random, const Lattice& lattice, int vertices) {
  Path path;
  int x = random.whole(0, lattice.columns), y = random.whole(0, lattice.rows);
  for (int i = 0; i < vertices; ++i) {
    path.push_back(lattice.at(x, y));
    switch (random.whole(0, 4)) {
      case 0:
        break;  // the same once more
      case 1:
        x = random.whole(0, lattice.columns), y = random.whole(0, lattice.rows);
        break;
      case 2:
        x = random.whole(0, lattice.columns);
        break;
      case 3:
        y = random.whole(0, lattice.rows);
        break;
      default:
        x = std::clamp(x + random.whole(-1, 1), 0, lattice.columns);
        y = std::clamp(y + random.whole(-1, 1), 0, lattice.rows);
    }
  }
  return path;
}

// One vertex, a segment without length, ordinary lines, and lines of several runs of the segment index.
inline Path draw_line(Random& random, const Lattice& lattice) {
  switch (random.whole(0, 7)) {
    case 0:
      return {lattice.draw(random)};
    case 1:
      return Path(static_cast<std::size_t>(random.whole(2, 3)), lattice.draw(random));
    case 2:
      return draw_path(random, lattice, random.whole(16, 34));
    default:
      return draw_path(random, lattice, random.whole(2, 7));
  }
}

// Rows without geometry, of one line, of several, and rows that repeat the row before.
inline GeometryColumn draw_lines(Random& random, const Lattice& lattice, int rows) {
  GeometryColumn lines(GeometryKind::line);
  Path last = draw_line(random, lattice);
  for (int row = 0; row < rows; ++row) {
    const int parts = random.chance(0.1) ? 0 : random.chance(0.2) ? random.whole(2, 3) : 1;
    for (int part = 0; part < parts; ++part) {
      if (!random.chance(0.1)) last = draw_line(random, lattice);
      add_part(lines, last);
    }
    lines.end_feature();
  }
  return lines;
}

inline GeometryColumn draw_points(Random& random, const Lattice& lattice, int rows) {
  GeometryColumn points(GeometryKind::point);
  for (int row = 0; row < rows; ++row) {
    const int parts = random.chance(0.1) ? 0 : random.chance(0.1) ? 3 : 1;
    for (int part = 0; part < parts; ++part) add_part(points, {lattice.draw_between(random)});
    points.end_feature();
  }
  return points;
}

inline Path rectangle(const Lattice& lattice, int west, int south, int east, int north) {
  return {lattice.at(west, south), lattice.at(east, south), lattice.at(east, north), lattice.at(west, north),
          lattice.at(west, south)};
}

// Two triangles that share the side from a to b, one on each side of it.
inline GeometryColumn triangles_along(LonLat a, LonLat b) {
  GeometryColumn zones(GeometryKind::polygon);
  for (const LonLat apex : {LonLat{a.lon, b.lat}, LonLat{b.lon, a.lat}}) add_feature(zones, {a, b, apex, a});
  return zones;
}

// A grid of `across` by `across` rectangles that share their borders, south-west first.
inline GeometryColumn grid(const Lattice& lattice, int across) {
  const int width = lattice.columns / across, height = lattice.rows / across;
  GeometryColumn zones(GeometryKind::polygon);
  for (int y = 0; y < across; ++y)
    for (int x = 0; x < across; ++x)
      add_feature(zones, rectangle(lattice, x * width, y * height, (x + 1) * width, (y + 1) * height));
  return zones;
}

// An exterior with up to two holes that may touch it, each other, or coincide.
inline void draw_holed(Random& random, const Lattice& lattice, GeometryColumn& zones) {
  const int west = random.whole(0, lattice.columns - 4), south = random.whole(0, lattice.rows - 4);
  const int east = random.whole(west + 3, lattice.columns), north = random.whole(south + 3, lattice.rows);
  add_part(zones, rectangle(lattice, west, south, east, north));
  for (int holes = random.whole(0, 2); holes > 0; --holes) {
    const int left = random.whole(west, east - 1), low = random.whole(south, north - 1);
    const int right = random.whole(left + 1, east), high = random.whole(low + 1, north);
    if (random.chance(0.5))
      add_part(zones, rectangle(lattice, left, low, right, high), true);
    else  // slanted edges, one corner on the rectangle's
      add_part(zones, {lattice.at(left, low), lattice.at(right, high), lattice.at(left, high)}, true);
  }
}

// Rings of one vertex, of two, of one repeated, and rings without area.
inline Path draw_flat_ring(Random& random, const Lattice& lattice) {
  const LonLat a = lattice.draw(random), b = lattice.draw(random);
  switch (random.whole(0, 3)) {
    case 0:
      return {a};
    case 1:
      return {a, a, a};
    case 2:
      return {a, b, a};
    default:
      return rectangle(lattice, 2, 3, lattice.columns, 3);
  }
}

// Polygons that touch along edges and at corners, overlap, have holes, coincide, cross themselves, have
// no area, or no ring at all.
inline GeometryColumn draw_polygons(Random& random, const Lattice& lattice, int rows) {
  GeometryColumn zones(GeometryKind::polygon);
  if (random.chance(0.5)) zones = grid(lattice, random.whole(2, 4));
  while (static_cast<int>(zones.size()) < rows) {
    switch (random.whole(0, 6)) {
      case 0:
        zones.end_feature();
        continue;
      case 1:
        add_part(zones, draw_flat_ring(random, lattice));
        break;
      case 2:
        if (zones.size() > 0) {
          const GeometryColumn copy = zones;
          zones.add_copy(copy, static_cast<std::size_t>(random.whole(0, static_cast<int>(copy.size()) - 1)));
          continue;
        }
        [[fallthrough]];
      case 3:
        draw_holed(random, lattice, zones);
        break;
      case 4:  // two exteriors
        add_part(zones, draw_path(random, lattice, 3));
        draw_holed(random, lattice, zones);
        break;
      default:
        add_part(zones, draw_path(random, lattice, random.whole(3, 12)));
    }
    zones.end_feature();
  }
  return zones;
}

}  // namespace xiangtu::tests
