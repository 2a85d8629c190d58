// Dividing a region among places: each gets a connected piece of about the area it should have.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/progress.hpp"
#include "synth/lattice.hpp"

namespace xiangtu::synth {

struct Place {
  std::size_t cell;   // stays in its own piece where that is possible
  double area_share;  // of the whole; shares need not add up to one
};

// Gives each of the cells the number of a place. A power diagram (Aurenhammer 1987) over slightly
// warped positions, its weights adjusted until the areas fit; stray islands go to their neighbours,
// so every piece is connected and has no hole.
// labels: one per lattice cell; only those of `cells` are written. After a requested stop the areas are
// rough.
void partition(const Lattice& lattice, std::span<const std::size_t> cells, std::span<const Place> places,
               double warp_km, std::uint64_t seed, std::vector<std::int32_t>& labels,
               std::int32_t first_label, const Progress& progress);

}  // namespace xiangtu::synth
