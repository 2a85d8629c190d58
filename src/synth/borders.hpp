// From labelled cells to polygons that tile: neighbours share their borders to the last vertex.
#pragma once

#include <cstdint>
#include <vector>

#include "geodesy/position.hpp"
#include "synth/lattice.hpp"

namespace xiangtu::synth {

class Borders {
 public:
  // labels: one per cell, negative outside. Borders are traced between the cells, cut into arcs where
  // three areas meet (by these labels), and each arc is smoothed once for both its sides.
  Borders(const Lattice& lattice, const std::vector<std::int32_t>& labels, std::uint64_t seed);

  // The outer ring of all cells whose label is mapped to `group`: closed, counter-clockwise, made of
  // the arcs between groups. group_of has an entry per label.
  std::vector<geodesy::LonLat> ring(const std::vector<std::int32_t>& group_of, std::int32_t group) const;

 private:
  using Corner = std::uint32_t;

  std::int32_t label(std::int64_t column, std::int64_t row) const;
  int border_sides(Corner corner) const;
  Corner corner_at(std::size_t column, std::size_t row) const {
    return static_cast<Corner>(row * (lattice_.width() + 1) + column);
  }
  geodesy::LonLat position(Corner corner) const {
    return lattice_.corner(corner % (lattice_.width() + 1), corner / (lattice_.width() + 1));
  }
  std::vector<geodesy::LonLat> smoothed(const std::vector<Corner>& arc) const;

  const Lattice& lattice_;
  const std::vector<std::int32_t>& labels_;
  std::uint64_t seed_;
};

}  // namespace xiangtu::synth
