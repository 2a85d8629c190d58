// Positions in strips against a scan of all of them.
#include "spatial/point_strips.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <tuple>

#include "slow_twins.hpp"
#include "support/drawn_geometry.hpp"

using namespace xiangtu;
using namespace xiangtu::spatial;
using geodesy::LonLat;
using geodesy::LonLatBox;
using tests::Lattice;
using tests::Random;

namespace {

std::vector<std::size_t> sorted_query(const PointStrips& strips, const LonLatBox& box) {
  std::vector<std::size_t> found;
  strips.query(box, [&](const PointStrips::Entry& entry) { found.push_back(entry.item); });
  std::sort(found.begin(), found.end());
  return found;
}

std::vector<LonLatBox> boxes_of(std::span<const LonLat> positions) {
  std::vector<LonLatBox> boxes;
  for (const LonLat& at : positions) boxes.push_back({at, at});
  return boxes;
}

LonLatBox box_between(LonLat a, LonLat b) {
  LonLatBox box;
  box.add(a);
  box.add(b);
  return box;
}

void check_queries(std::span<const LonLat> positions, const std::vector<LonLatBox>& queries) {
  const PointStrips strips(positions);
  const std::vector<LonLatBox> boxes = boxes_of(positions);
  for (const LonLatBox& query : queries) CHECK(sorted_query(strips, query) == slow::query(boxes, query));
}

}  // namespace

TEST_CASE("strips find the positions that a scan finds, each once, those on the box's edge too",
          "[spatial]") {
  for (const Lattice& lattice :
       {tests::lattices::county, tests::lattices::garden, tests::lattices::hemisphere})
    for (const std::size_t count : {0u, 1u, 2u, 16u, 400u}) {
      INFO(lattice.name << ", " << count << " positions");
      Random random(count);
      std::vector<LonLat> positions(count);
      for (LonLat& at : positions) at = lattice.draw(random);
      std::vector<LonLatBox> queries(60);
      for (LonLatBox& query : queries) query = box_between(lattice.draw(random), lattice.draw(random));
      check_queries(positions, queries);
    }
}

TEST_CASE("strips find what lies far from the rest, and in boxes beyond all of it", "[spatial]") {
  Random random(7);
  std::vector<LonLat> positions{{0, 0}, {-180, -90}};
  for (int i = 0; i < 3000; ++i) positions.push_back({random.between(109, 109.1), random.between(37, 37.1)});
  check_queries(positions, {box_between({-1, -1}, {1, 1}),
                            box_between({109.03, 37.02}, {109.04, 37.05}),
                            box_between({-200, -200}, {200, 200}),
                            box_between({100, 95}, {120, 100}),
                            box_between({100, -100}, {120, -95}),
                            {}});
}

TEST_CASE("strips hold positions of one latitude and of one place, and what coincides stands together",
          "[spatial]") {
  Random random(11);
  std::vector<LonLat> level(500), one(500, {109, 37});
  for (LonLat& at : level) at = {random.between(100, 110), 37};
  check_queries(level, {box_between({104, 37}, {106, 37}), box_between({104, 36}, {106, 36.9})});
  check_queries(one, {box_between({109, 37}, {109, 37}), box_between({109, 37.1}, {110, 38})});
  std::vector<LonLat> coarse(2000);
  for (LonLat& at : coarse) at = tests::lattices::county.draw(random);
  const PointStrips strips(coarse);
  std::vector<std::pair<double, double>> seen;
  for (std::size_t i = 0; i < strips.entries().size(); ++i) {
    const LonLat at = strips.entries()[i].at;
    if (i > 0 && at == strips.entries()[i - 1].at) {
      CHECK(strips.entries()[i].item > strips.entries()[i - 1].item);
      continue;
    }
    seen.emplace_back(at.lon, at.lat);
  }
  std::sort(seen.begin(), seen.end());
  CHECK(std::adjacent_find(seen.begin(), seen.end()) == seen.end());
  CHECK(strips.entries().size() == 2000);
}

TEST_CASE("after a requested stop strips find nothing", "[spatial]") {
  std::stop_source stop;
  stop.request_stop();
  const std::vector<LonLat> positions(100, {109, 37});
  const PointStrips strips(positions, Progress{stop.get_token()});
  CHECK(sorted_query(strips, box_between({0, 0}, {120, 90})).empty());
}
