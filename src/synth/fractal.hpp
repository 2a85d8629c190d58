// Natural-looking lines: midpoint displacement between two ends.
#pragma once

#include <cstdint>
#include <vector>

#include "geodesy/position.hpp"

namespace xiangtu::synth {

// Appends the line from a to b without b itself: 2^depth vertices. Each midpoint is moved aside by up to
// `roughness` times the piece's length, so that no vertex strays further than about
// roughness × 1.2 × |ab| from the chord. The same seed gives the same line.
void append_fractal(geodesy::LonLat a, geodesy::LonLat b, int depth, double roughness, std::uint64_t seed,
                    std::vector<geodesy::LonLat>& line);

}  // namespace xiangtu::synth
