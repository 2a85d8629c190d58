#include "render/scene/nearby_projection.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <random>

using namespace xiangtu;
using namespace xiangtu::render::scene;
using geodesy::LonLat;

TEST_CASE("places near each other are projected as by themselves, however large their box is") {
  std::mt19937 random{11};
  std::uniform_real_distribution<double> lon{-179, 170}, lat{-89, 80}, share{0, 1};
  const double side = GENERATE(0.0, 1e-4, 0.05, 0.7, 8.0);
  const double most_wrong = GENERATE(1e-6, 1e-9, 1e-13);
  for (int i = 0; i < 200; ++i) {
    const LonLat corner{lon(random), lat(random)};
    WorldBox box;
    box.add(world_of(corner));
    box.add(world_of(LonLat{corner.lon + side, corner.lat + side}));
    const NearbyProjection projection{box, most_wrong};
    for (int k = 0; k < 10; ++k) {
      const LonLat place{corner.lon + side * share(random), corner.lat + side * share(random)};
      const WorldPoint near = projection(place), exact = world_of(place);
      CHECK(near.x == exact.x);
      CHECK(std::abs(near.y - exact.y) <= most_wrong + 1e-15);
    }
  }
}

TEST_CASE("a projection of nothing still projects") {
  const NearbyProjection projection{WorldBox{}, 1};
  CHECK(projection(LonLat{110, 35}) == world_of(LonLat{110, 35}));
}
