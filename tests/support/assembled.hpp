// An atlas of layers drawn up in a test, without findings of their reading.
#pragma once

#include <catch2/catch.hpp>
#include <utility>
#include <vector>

#include "atlas/atlas.hpp"

namespace xiangtu::tests {

inline atlas::Atlas assembled(std::vector<atlas::Layer> layers) {
  Progress progress;
  Result<atlas::Atlas> atlas = atlas::assemble(std::move(layers), {}, progress);
  REQUIRE(atlas);
  return std::move(*atlas);
}

}  // namespace xiangtu::tests
