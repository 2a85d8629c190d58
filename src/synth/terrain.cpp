#include "synth/terrain.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "synth/fractal.hpp"
#include "synth/random.hpp"

namespace xiangtu::synth {

using geodesy::LonLat;

namespace {

// Degrees from the line, positive on its left.
double side_of(LonLat p, const std::vector<LonLat>& line) {
  double nearest = std::numeric_limits<double>::infinity(), side = 0;
  for (std::size_t i = 0; i + 1 < line.size(); ++i) {
    const double dx = line[i + 1].lon - line[i].lon, dy = line[i + 1].lat - line[i].lat;
    const double px = p.lon - line[i].lon, py = p.lat - line[i].lat;
    const double t = std::clamp((px * dx + py * dy) / (dx * dx + dy * dy), 0.0, 1.0);
    const double distance = std::hypot(px - t * dx, py - t * dy);
    if (distance >= nearest) continue;
    nearest = distance;
    side = dx * py - dy * px > 0 ? distance : -distance;
  }
  return side;
}

}  // namespace

Terrain::Terrain(const Lattice& lattice, const std::vector<LonLat>& sand_divide,
                 const std::vector<std::vector<LonLat>>& rivers, std::uint64_t seed, const Progress& progress)
    : sand_(lattice.size()),
      height_(lattice.size()),
      roughness_(lattice.size()),
      river_(lattice.size(), no_river) {
  constexpr double transition_deg = 0.12;
  for (std::size_t cell = 0; cell < lattice.size() && !progress.stop_requested(); ++cell) {
    const double x = lattice.x_km(cell), y = lattice.y_km(cell);
    const double blurred = side_of(lattice.centre(cell), sand_divide) + 0.1 * noise(x, y, 30, 2, seed + 5);
    const double sand = std::clamp(0.5 + blurred / transition_deg, 0.0, 1.0);
    // Ridged noise: valleys where it crosses zero, so that they branch and join.
    const double gully = std::abs(noise(x, y, 9, 4, seed + 17));
    const double dune = 0.5 * std::abs(noise(x, y, 5, 3, seed + 31));
    sand_[cell] = static_cast<float>(sand);
    height_[cell] = static_cast<float>(400 * std::lerp(gully, dune, sand));
    roughness_[cell] = static_cast<float>(std::clamp(0.5 + noise(x, y, 6, 5, seed + 47), 0.0, 1.0));
  }
  for (std::size_t i = 0; i < rivers.size(); ++i)
    carve(lattice, rivers[i], static_cast<std::uint8_t>(i), seed_for(seed, 61, i));
  lower_valleys(lattice);
}

void Terrain::carve(const Lattice& lattice, const std::vector<LonLat>& river, std::uint8_t number,
                    std::uint64_t seed) {
  constexpr double wandering = 0.22;
  std::vector<LonLat> course;
  for (std::size_t i = 0; i + 1 < river.size(); ++i)
    append_fractal(river[i], river[i + 1], 6, wandering, seed_for(seed, i), course);
  course.push_back(river.back());
  std::size_t last = lattice.cell_of(course.front());
  for (std::size_t i = 0; i + 1 < course.size(); ++i) {
    constexpr int steps = 24;  // finer than a cell
    for (int s = 0; s <= steps; ++s) {
      const double t = static_cast<double>(s) / steps;
      const std::size_t cell = lattice.cell_of(
          {std::lerp(course[i].lon, course[i + 1].lon, t), std::lerp(course[i].lat, course[i + 1].lat, t)});
      river_[cell] = number;
      // A diagonal step gets a corner, so that no road slips through between two cells.
      if (lattice.column(cell) != lattice.column(last) && lattice.row(cell) != lattice.row(last))
        river_[lattice.row(last) * lattice.width() + lattice.column(cell)] = number;
      last = cell;
    }
  }
}

// Heights fall towards the rivers: a flat floor, then slopes.
void Terrain::lower_valleys(const Lattice& lattice) {
  constexpr int floor_cells = 2, valley_cells = 12;
  std::vector<std::size_t> front, next;
  std::vector<std::uint8_t> away(lattice.size(), 255);
  for (std::size_t cell = 0; cell < lattice.size(); ++cell)
    if (river_[cell] != no_river) {
      away[cell] = 0;
      front.push_back(cell);
    }
  for (std::uint8_t distance = 0; distance < valley_cells && !front.empty(); ++distance, front.swap(next)) {
    next.clear();
    for (const std::size_t cell : front) {
      const double rise = std::clamp((distance - floor_cells) / double{valley_cells - floor_cells}, 0.0, 1.0);
      height_[cell] = static_cast<float>(height_[cell] * rise * rise);
      const std::size_t x = lattice.column(cell), y = lattice.row(cell);
      const std::size_t around[] = {x > 0 ? cell - 1 : cell, x + 1 < lattice.width() ? cell + 1 : cell,
                                    y > 0 ? cell - lattice.width() : cell,
                                    y + 1 < lattice.height() ? cell + lattice.width() : cell};
      for (const std::size_t other : around)
        if (away[other] == 255) {
          away[other] = static_cast<std::uint8_t>(distance + 1);
          next.push_back(other);
        }
    }
  }
}

}  // namespace xiangtu::synth
