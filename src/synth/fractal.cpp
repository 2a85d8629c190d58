#include "synth/fractal.hpp"

#include <cmath>

#include "synth/random.hpp"

namespace xiangtu::synth {

using geodesy::LonLat;

namespace {

void split(LonLat a, LonLat b, int depth, double roughness, Random& random, std::vector<LonLat>& line) {
  if (depth == 0) {
    line.push_back(a);
    return;
  }
  const double dx = b.lon - a.lon, dy = b.lat - a.lat;
  const double aside = random.between(-roughness, roughness);
  const LonLat middle{(a.lon + b.lon) / 2 - dy * aside, (a.lat + b.lat) / 2 + dx * aside};
  split(a, middle, depth - 1, roughness, random, line);
  split(middle, b, depth - 1, roughness, random, line);
}

}  // namespace

void append_fractal(LonLat a, LonLat b, int depth, double roughness, std::uint64_t seed,
                    std::vector<LonLat>& line) {
  Random random(seed);
  split(a, b, depth, roughness, random, line);
}

}  // namespace xiangtu::synth
