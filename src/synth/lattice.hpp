// A fine grid of cells over a region: what is where before it becomes polygons and lines.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "geodesy/position.hpp"

namespace xiangtu::synth {

// Cells of about 265 m. Cell (column, row) is number row × width + column; row 0 is the southernmost.
class Lattice {
 public:
  static constexpr double lon_step = 0.003, lat_step = 0.0024;
  static constexpr double cell_km = 0.265;  // near 38° N, both ways within a few metres

  explicit Lattice(const geodesy::LonLatBox& box);

  std::size_t width() const { return width_; }
  std::size_t height() const { return height_; }
  std::size_t size() const { return width_ * height_; }
  std::size_t column(std::size_t cell) const { return cell % width_; }
  std::size_t row(std::size_t cell) const { return cell / width_; }
  geodesy::LonLat centre(std::size_t cell) const;
  // The south-western corner of a cell; corners have one column and row more than cells.
  geodesy::LonLat corner(std::size_t column, std::size_t row) const;
  // The cell of a position, moved to the nearest one when it lies outside.
  std::size_t cell_of(geodesy::LonLat p) const;
  // Flat kilometres from the lattice's origin, good enough for layout.
  double x_km(std::size_t cell) const { return (static_cast<double>(column(cell)) + 0.5) * cell_km; }
  double y_km(std::size_t cell) const { return (static_cast<double>(row(cell)) + 0.5) * cell_km; }

  // Cells whose centre lies in the ring.
  std::vector<std::uint8_t> inside(const std::vector<geodesy::LonLat>& ring) const;

 private:
  geodesy::LonLat origin_;
  std::size_t width_, height_;
};

// Smooth noise of several octaves in about [-1, 1] with features of `size_km` and smaller.
double noise(double x_km, double y_km, double size_km, int octaves, std::uint64_t seed);

}  // namespace xiangtu::synth
