// The packed index against a scan of all boxes.
#include "spatial/packed_index.hpp"

#include <algorithm>
#include <catch2/catch.hpp>

#include "slow_twins.hpp"
#include "support/drawn_geometry.hpp"

using namespace xiangtu;
using namespace xiangtu::spatial;
using geodesy::LonLat;
using geodesy::LonLatBox;
using tests::Lattice;
using tests::Random;

namespace {

LonLatBox box_of(LonLat a, LonLat b) {
  LonLatBox box;
  box.add(a);
  box.add(b);
  return box;
}

// Boxes that touch, nest and coincide, without height or width, a single position, or empty.
LonLatBox draw_box(Random& random, const Lattice& lattice) {
  const LonLat a = lattice.draw(random), b = lattice.draw(random);
  switch (random.whole(0, 7)) {
    case 0:
      return {};
    case 1:
      return box_of(a, a);
    case 2:
      return box_of(a, {a.lon, b.lat});
    case 3:
      return box_of(a, {b.lon, a.lat});
    case 4:
      return box_of(a, {a.lon + lattice.step.lon, a.lat + lattice.step.lat});
    default:
      return box_of(a, b);
  }
}

std::vector<std::size_t> sorted_query(const PackedIndex& index, const LonLatBox& box) {
  std::vector<std::size_t> found;
  index.query(box, [&](std::size_t item) {
    found.push_back(item);
    return true;
  });
  std::sort(found.begin(), found.end());
  return found;
}

constexpr Lattice fields[] = {tests::lattices::county, tests::lattices::zero, tests::lattices::garden,
                              tests::lattices::hemisphere};

}  // namespace

TEST_CASE("the packed index finds what a scan finds, each once, and touching counts as meeting",
          "[spatial]") {
  for (const Lattice& lattice : fields)
    for (const std::size_t count : {0u, 1u, 2u, 15u, 16u, 17u, 256u, 257u, 1500u}) {
      Random random(count);
      std::vector<LonLatBox> boxes(count);
      for (LonLatBox& box : boxes) box = draw_box(random, lattice);
      const PackedIndex index(boxes);
      for (int i = 0; i < 60; ++i) {
        const LonLatBox query = draw_box(random, lattice);
        INFO(lattice.name << ", " << count << " boxes, query " << i);
        CHECK(sorted_query(index, query) == slow::query(boxes, query));
      }
    }
}

TEST_CASE("many boxes of every size and place are found as by a scan", "[spatial]") {
  Random random(3);
  std::vector<LonLatBox> boxes(20000);  // more than one task of the build
  for (LonLatBox& box : boxes) {
    const LonLat p{random.between(-180, 180), random.between(-90, 90)};
    const double size = random.chance(0.01) ? 100 : random.between(0, 0.5);
    box = box_of(p, {p.lon + size * random.between(0, 1), p.lat + size * random.between(0, 1)});
  }
  const PackedIndex index(boxes);
  for (int i = 0; i < 100; ++i) {
    const LonLat p{random.between(-181, 181), random.between(-91, 91)};
    const LonLatBox query = box_of(p, {p.lon + random.between(0, 5), p.lat + random.between(0, 5)});
    CHECK(sorted_query(index, query) == slow::query(boxes, query));
  }
}

TEST_CASE("boxes that all coincide are all found, or none", "[spatial]") {
  for (const LonLatBox& box : {box_of({109, 37}, {109, 37}), box_of({-180, -90}, {180, 90})}) {
    const std::vector<LonLatBox> boxes(1000, box);
    const PackedIndex index(boxes);
    CHECK(index.size() == 1000);
    CHECK(sorted_query(index, box).size() == 1000);
    CHECK(sorted_query(index, box_of({180.5, 0}, {181, 1})).empty());
  }
  CHECK(PackedIndex(std::vector<LonLatBox>(1000)).size() == 0);
}

TEST_CASE("a query ends with the visit that returns false", "[spatial]") {
  Random random(5);
  std::vector<LonLatBox> boxes(300);
  for (LonLatBox& box : boxes) box = box_of({0, 0}, tests::lattices::county.draw(random));
  const PackedIndex index(boxes);
  for (const int wanted : {1, 2, 16, 17, 299}) {
    int visits = 0;
    index.query(box_of({0, 0}, {1, 1}), [&](std::size_t) { return ++visits < wanted; });
    CHECK(visits == wanted);
  }
}
