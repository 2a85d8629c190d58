// The ground plan of a synthetic region: a grid of township cells with shared fractal borders.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "geodesy/position.hpp"

namespace xiangtu::synth {

// Townships are numbered county by county, so that codes ascend with the number.
class Grid {
 public:
  Grid(std::uint64_t townships, std::uint64_t seed);

  static constexpr std::uint64_t county_side = 4;  // townships along a county's side
  std::uint64_t townships() const { return counties_wide_ * counties_wide_ * county_side * county_side; }
  std::uint64_t counties() const { return counties_wide_ * counties_wide_; }

  struct Cell {
    std::uint64_t column, row;
  };
  Cell cell_of(std::uint64_t township) const;
  // False outside the grid.
  bool inside(std::int64_t column, std::int64_t row) const;
  std::string county_code(std::uint64_t county) const;
  std::string township_code(std::uint64_t township) const;
  std::uint64_t county_of(std::uint64_t township) const { return township / (county_side * county_side); }

  // Closed rings, counter-clockwise; neighbours share their vertices exactly.
  std::vector<geodesy::LonLat> township_ring(std::uint64_t township) const;
  std::vector<geodesy::LonLat> county_ring(std::uint64_t county) const;

  // The town of a cell: where its roads meet.
  geodesy::LonLat town(std::uint64_t column, std::uint64_t row) const;
  // A place within a cell by fractions 0–1 of its safe inner part, never across its border.
  geodesy::LonLat place(std::uint64_t column, std::uint64_t row, double x, double y) const;

 private:
  geodesy::LonLat corner(std::uint64_t column, std::uint64_t row) const;
  // Appends a cell's side from its first corner on, without the last.
  void append_side(std::uint64_t column, std::uint64_t row, int side,
                   std::vector<geodesy::LonLat>& ring) const;

  std::uint64_t counties_wide_;
  std::uint64_t seed_;
  geodesy::LonLat origin_;
};

}  // namespace xiangtu::synth
