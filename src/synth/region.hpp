// Synthetic regions of any size, for tests and benchmarks. Streamed: memory does not grow with the
// number of villages. The same options give the same bytes.
#pragma once

#include <cstdint>
#include <string>

#include "base/progress.hpp"
#include "base/result.hpp"

namespace xiangtu::synth {

struct RegionOptions {
  std::uint64_t villages = 5000;  // natural villages, exactly
  std::uint64_t seed = 1;
};

// A grid of townships with fractal borders (about 250 vertices), sixteen to a county; in each a town,
// about 18 administrative villages with 4–5 natural ones each, and a road network with shared ends:
// about four sections a village of 10–30 vertices. EPSG:4490. The file appears when it is complete.
Status make_region(const RegionOptions& options, const std::string& path, Progress& progress);

}  // namespace xiangtu::synth
