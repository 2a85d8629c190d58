#include "synth/terrain.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

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

Terrain::Terrain(const Lattice& lattice, const std::vector<LonLat>& sand_divide, std::uint64_t seed)
    : sand_(lattice.size()), height_(lattice.size()) {
  constexpr double transition_deg = 0.12;
  for (std::size_t cell = 0; cell < lattice.size(); ++cell) {
    const double x = lattice.x_km(cell), y = lattice.y_km(cell);
    const double blurred = side_of(lattice.centre(cell), sand_divide) + 0.1 * noise(x, y, 30, 2, seed + 5);
    const double sand = std::clamp(0.5 + blurred / transition_deg, 0.0, 1.0);
    // Ridged noise: valleys where it crosses zero, so that they branch and join.
    const double gully = std::abs(noise(x, y, 9, 4, seed + 17));
    const double dune = 0.5 * std::abs(noise(x, y, 5, 3, seed + 31));
    sand_[cell] = static_cast<float>(sand);
    height_[cell] = static_cast<float>(400 * std::lerp(gully, dune, sand));
  }
}

}  // namespace xiangtu::synth
