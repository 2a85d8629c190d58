// Deterministic random numbers: the same seed gives the same region on every machine and compiler.
// The generator is splitmix64 (Steele, Lea & Flood 2014); distributions are ours, because the
// standard library's differ between implementations.
#pragma once

#include <cstdint>

namespace xiangtu::synth {

class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed) {}

  std::uint64_t next() {
    state_ += 0x9E3779B97F4A7C15ull;
    std::uint64_t z = state_;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ull;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBull;
    return z ^ (z >> 31);
  }
  // In [0, 1).
  double unit() { return static_cast<double>(next() >> 11) * 0x1.0p-53; }
  double between(double low, double high) { return low + (high - low) * unit(); }
  // In [0, count).
  std::uint64_t below(std::uint64_t count) { return count == 0 ? 0 : next() % count; }
  std::int64_t whole(std::int64_t low, std::int64_t high) {  // both ends included
    return low + static_cast<std::int64_t>(below(static_cast<std::uint64_t>(high - low + 1)));
  }
  bool chance(double probability) { return unit() < probability; }

 private:
  std::uint64_t state_;
};

// A seed of its own for each thing that is numbered by up to three numbers.
inline std::uint64_t seed_for(std::uint64_t seed, std::uint64_t a, std::uint64_t b = 0, std::uint64_t c = 0) {
  Random random(seed * 0x2545F4914F6CDD1Dull + a);
  Random mixed(random.next() + b);
  return mixed.next() + c * 0x9E3779B97F4A7C15ull;
}

}  // namespace xiangtu::synth
