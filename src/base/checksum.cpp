#include "base/checksum.hpp"

#include <array>
#include <cstring>

namespace xiangtu {

namespace {

constexpr std::uint64_t odd = 0x9E3779B97F4A7C15;  // 2^64 over the golden ratio

// A changed word always gives another sum. The shift makes two bits of one that differs only at the top: one
// changed bit of the next word cannot put it right.
std::uint64_t mixed(std::uint64_t sum, std::uint64_t word) {
  sum = (sum ^ word) * odd;
  return sum ^ sum >> 32;
}

}  // namespace

// Four sums beside each other, so that one multiplication does not wait for another.
std::uint64_t checksum(std::span<const std::byte> bytes, std::uint64_t seed) {
  constexpr std::size_t lanes = 4, stride = lanes * sizeof(std::uint64_t);
  std::array<std::uint64_t, lanes> sums{seed, seed + 1, seed + 2, seed + 3};
  const std::size_t whole = bytes.size() / stride * stride;
  for (std::size_t at = 0; at < whole; at += stride) {
    std::array<std::uint64_t, lanes> words;
    std::memcpy(words.data(), bytes.data() + at, stride);
    for (std::size_t i = 0; i < lanes; ++i) sums[i] = mixed(sums[i], words[i]);
  }
  std::uint64_t sum = mixed(seed, bytes.size());
  for (std::size_t at = whole; at < bytes.size(); ++at)
    sum = mixed(sum, static_cast<std::uint64_t>(bytes[at]));
  for (const std::uint64_t lane : sums) sum = mixed(sum, lane);
  return sum ^ sum >> 32;
}

}  // namespace xiangtu
