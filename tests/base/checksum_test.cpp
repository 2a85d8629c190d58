#include "base/checksum.hpp"

#include <catch2/catch.hpp>
#include <set>
#include <vector>

using namespace xiangtu;

namespace {

// No byte is like its neighbour.
std::vector<std::byte> uneven(std::size_t size) {
  std::vector<std::byte> bytes;
  for (std::size_t i = 0; i < size; ++i) bytes.push_back(static_cast<std::byte>(i * 151 + 7));
  return bytes;
}

}  // namespace

TEST_CASE("any flipped bit of a short input changes the checksum", "[base]") {
  for (std::size_t size = 0; size <= 100; ++size) {
    std::vector<std::byte> bytes = uneven(size);
    std::set<std::uint64_t> sums{checksum(bytes)};
    for (std::size_t bit = 0; bit < size * 8; ++bit) {
      const auto mask = static_cast<std::byte>(1 << bit % 8);
      bytes[bit / 8] ^= mask;
      sums.insert(checksum(bytes));
      bytes[bit / 8] ^= mask;
    }
    INFO(size);
    CHECK(sums.size() == size * 8 + 1);
  }
}

TEST_CASE("how many bytes there are matters, also of zeros", "[base]") {
  std::set<std::uint64_t> sums;
  for (std::size_t size = 0; size <= 300; ++size) sums.insert(checksum(std::vector<std::byte>(size)));
  CHECK(sums.size() == 301);
}

TEST_CASE("bytes and words in another order are others", "[base]") {
  const std::vector<std::byte> bytes = uneven(128);
  for (const std::size_t width : {1u, 8u, 32u})
    for (std::size_t at = 0; at + 2 * width <= bytes.size(); at += width) {
      std::vector<std::byte> swapped = bytes;
      for (std::size_t i = 0; i < width; ++i) std::swap(swapped[at + i], swapped[at + width + i]);
      INFO(width << " bytes at " << at);
      CHECK(checksum(swapped) != checksum(bytes));
    }
}

TEST_CASE("a checksum goes on from another", "[base]") {
  const std::vector<std::byte> bytes = uneven(40);
  CHECK(checksum(bytes, 1) != checksum(bytes, 2));
  CHECK(checksum(bytes) == checksum(bytes, 0));
  CHECK(checksum({}, 1) != checksum({}, 2));
}
