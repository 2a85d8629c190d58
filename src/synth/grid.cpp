#include "synth/grid.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "synth/fractal.hpp"
#include "synth/random.hpp"

namespace xiangtu::synth {

using geodesy::LonLat;

namespace {

constexpr double cell_deg = 0.1;
constexpr double corner_jitter = 0.04;  // of a cell
constexpr double border_roughness = 0.05;
constexpr int border_depth = 6;        // 64 vertices a side, 256 a township
constexpr double inner_margin = 0.14;  // of a cell: further in than any border strays
constexpr LonLat middle_of_regions{109.5, 34.0};

enum SeedOf : std::uint64_t { corners = 1, horizontal_sides, vertical_sides, towns };

}  // namespace

Grid::Grid(std::uint64_t townships, std::uint64_t seed) : seed_(seed) {
  const double counties = std::ceil(static_cast<double>(townships) / (county_side * county_side));
  counties_wide_ = std::max<std::uint64_t>(1, static_cast<std::uint64_t>(std::ceil(std::sqrt(counties))));
  const double half = static_cast<double>(counties_wide_ * county_side) * cell_deg / 2;
  origin_ = {middle_of_regions.lon - half, middle_of_regions.lat - half};
}

Grid::Cell Grid::cell_of(std::uint64_t township) const {
  const std::uint64_t county = county_of(township), within = township % (county_side * county_side);
  return {county % counties_wide_ * county_side + within % county_side,
          county / counties_wide_ * county_side + within / county_side};
}

bool Grid::inside(std::int64_t column, std::int64_t row) const {
  const auto side = static_cast<std::int64_t>(counties_wide_ * county_side);
  return column >= 0 && row >= 0 && column < side && row < side;
}

// Two digits each for province (from 11), city and county (from 01 and 21): valid in form, real nowhere
// by intention.
std::string Grid::county_code(std::uint64_t county) const {
  return fmt::format("{:02}{:02}{:02}", 11 + county / 700, 1 + county / 70 % 10, 21 + county % 70);
}

std::string Grid::township_code(std::uint64_t township) const {
  return fmt::format("{}{:03}", county_code(county_of(township)),
                     100 + township % (county_side * county_side));
}

LonLat Grid::corner(std::uint64_t column, std::uint64_t row) const {
  Random random(seed_for(seed_, corners, column, row));
  return {
      origin_.lon + (static_cast<double>(column) + random.between(-corner_jitter, corner_jitter)) * cell_deg,
      origin_.lat + (static_cast<double>(row) + random.between(-corner_jitter, corner_jitter)) * cell_deg};
}

// Sides: 0 south, 1 east, 2 north, 3 west. A border is drawn from west to east or south to north and
// turned round for the cell on its other side.
void Grid::append_side(std::uint64_t column, std::uint64_t row, int side, std::vector<LonLat>& ring) const {
  const bool horizontal = side % 2 == 0;
  const std::uint64_t c = side == 1 ? column + 1 : column, r = side == 2 ? row + 1 : row;
  const LonLat from = corner(c, r), to = horizontal ? corner(c + 1, r) : corner(c, r + 1);
  const std::uint64_t seed = seed_for(seed_, horizontal ? horizontal_sides : vertical_sides, c, r);
  std::vector<LonLat> line;
  append_fractal(from, to, border_depth, border_roughness, seed, line);
  line.push_back(to);
  if (side >= 2) std::reverse(line.begin(), line.end());
  ring.insert(ring.end(), line.begin(), line.end() - 1);
}

std::vector<LonLat> Grid::township_ring(std::uint64_t township) const {
  const Cell cell = cell_of(township);
  std::vector<LonLat> ring;
  for (int side = 0; side < 4; ++side) append_side(cell.column, cell.row, side, ring);
  ring.push_back(ring.front());
  return ring;
}

std::vector<LonLat> Grid::county_ring(std::uint64_t county) const {
  const std::uint64_t west = county % counties_wide_ * county_side,
                      south = county / counties_wide_ * county_side;
  const std::uint64_t last = county_side - 1;
  std::vector<LonLat> ring;
  for (std::uint64_t i = 0; i <= last; ++i) append_side(west + i, south, 0, ring);
  for (std::uint64_t i = 0; i <= last; ++i) append_side(west + last, south + i, 1, ring);
  for (std::uint64_t i = 0; i <= last; ++i) append_side(west + last - i, south + last, 2, ring);
  for (std::uint64_t i = 0; i <= last; ++i) append_side(west, south + last - i, 3, ring);
  ring.push_back(ring.front());
  return ring;
}

LonLat Grid::town(std::uint64_t column, std::uint64_t row) const {
  Random random(seed_for(seed_, towns, column, row));
  return place(column, row, random.between(0.35, 0.65), random.between(0.35, 0.65));
}

LonLat Grid::place(std::uint64_t column, std::uint64_t row, double x, double y) const {
  const double inner = 1 - 2 * inner_margin;
  return {origin_.lon + (static_cast<double>(column) + inner_margin + x * inner) * cell_deg,
          origin_.lat + (static_cast<double>(row) + inner_margin + y * inner) * cell_deg};
}

}  // namespace xiangtu::synth
