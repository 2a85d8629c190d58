#include "synth/lattice.hpp"

#include <algorithm>
#include <cmath>

#include "synth/random.hpp"

namespace xiangtu::synth {

using geodesy::LonLat;

Lattice::Lattice(const geodesy::LonLatBox& box)
    : origin_{box.min.lon - 2 * lon_step, box.min.lat - 2 * lat_step},
      width_(static_cast<std::size_t>((box.max.lon - box.min.lon) / lon_step) + 5),
      height_(static_cast<std::size_t>((box.max.lat - box.min.lat) / lat_step) + 5) {}

LonLat Lattice::corner(std::size_t column, std::size_t row) const {
  return {origin_.lon + static_cast<double>(column) * lon_step,
          origin_.lat + static_cast<double>(row) * lat_step};
}

LonLat Lattice::centre(std::size_t cell) const {
  const LonLat corner_of_cell = corner(column(cell), row(cell));
  return {corner_of_cell.lon + lon_step / 2, corner_of_cell.lat + lat_step / 2};
}

std::size_t Lattice::cell_of(LonLat p) const {
  const double x = std::clamp((p.lon - origin_.lon) / lon_step, 0.0, static_cast<double>(width_ - 1));
  const double y = std::clamp((p.lat - origin_.lat) / lat_step, 0.0, static_cast<double>(height_ - 1));
  return static_cast<std::size_t>(y) * width_ + static_cast<std::size_t>(x);
}

std::vector<std::uint8_t> Lattice::inside(const std::vector<LonLat>& ring) const {
  std::vector<std::uint8_t> mask(size(), 0);
  std::vector<double> crossings;
  for (std::size_t r = 0; r < height_; ++r) {
    const double lat = centre(r * width_).lat;
    crossings.clear();
    for (std::size_t i = 0; i < ring.size(); ++i) {
      const LonLat a = ring[i], b = ring[(i + 1) % ring.size()];
      if ((a.lat > lat) != (b.lat > lat))
        crossings.push_back(a.lon + (lat - a.lat) / (b.lat - a.lat) * (b.lon - a.lon));
    }
    std::sort(crossings.begin(), crossings.end());
    for (std::size_t c = 0; c < width_; ++c) {
      const double lon = centre(r * width_ + c).lon;
      const auto before = std::lower_bound(crossings.begin(), crossings.end(), lon) - crossings.begin();
      mask[r * width_ + c] = before % 2 == 1 ? 1 : 0;
    }
  }
  return mask;
}

namespace {

double lattice_value(std::int64_t x, std::int64_t y, std::uint64_t seed) {
  return Random(seed_for(seed, static_cast<std::uint64_t>(x), static_cast<std::uint64_t>(y))).between(-1, 1);
}

double smooth(double t) {
  return t * t * (3 - 2 * t);
}

double value_noise(double x, double y, std::uint64_t seed) {
  const double fx = std::floor(x), fy = std::floor(y);
  const auto ix = static_cast<std::int64_t>(fx), iy = static_cast<std::int64_t>(fy);
  const double tx = smooth(x - fx), ty = smooth(y - fy);
  const double south = std::lerp(lattice_value(ix, iy, seed), lattice_value(ix + 1, iy, seed), tx);
  const double north = std::lerp(lattice_value(ix, iy + 1, seed), lattice_value(ix + 1, iy + 1, seed), tx);
  return std::lerp(south, north, ty);
}

}  // namespace

double noise(double x_km, double y_km, double size_km, int octaves, std::uint64_t seed) {
  double sum = 0, strength = 0.5, scale = 1 / size_km;
  for (int octave = 0; octave < octaves; ++octave) {
    sum += strength * value_noise(x_km * scale, y_km * scale, seed + static_cast<std::uint64_t>(octave));
    strength /= 2;
    scale *= 2;
  }
  return sum;
}

}  // namespace xiangtu::synth
