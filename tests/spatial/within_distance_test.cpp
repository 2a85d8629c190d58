// Nearness against the geodesic to every segment of every feature.
#include "spatial/within_distance.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <limits>
#include <stop_token>

#include "slow_twins.hpp"
#include "support/drawn_geometry.hpp"

using namespace xiangtu;
using namespace xiangtu::spatial;
using geodesy::LonLat;
using table::GeometryColumn;
using table::GeometryKind;
using tests::Lattice;
using tests::Random;

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

GeometryColumn draw_features(Random& random, const Lattice& lattice, int rows) {
  switch (random.whole(0, 3)) {
    case 0:
      return tests::draw_points(random, lattice, rows);
    case 1:
      return tests::draw_polygons(random, lattice, rows / 2);
    default:
      return tests::draw_lines(random, lattice, rows);
  }
}

std::vector<Counts> draw_counts(Random& random, std::size_t rows) {
  std::vector<Counts> counts;
  for (std::size_t row = 0; row < rows; ++row) counts.push_back(static_cast<Counts>(random.whole(0, 2)));
  return counts;
}

// Nothing, everything, a lattice's step; and the exact distances of some rows with the numbers beside them.
std::vector<double> draw_thresholds(Random& random, const std::vector<Metres>& distances) {
  std::vector<double> thresholds{0, 1, 2000, 1e7};
  for (int i = 0; i < 3 && !distances.empty(); ++i) {
    const double exact = distances[random.whole(0, static_cast<int>(distances.size()) - 1)].value;
    if (exact < infinity)
      for (const double neighbour : {0., exact, infinity})
        thresholds.push_back(std::nextafter(exact, neighbour));
  }
  return thresholds;
}

void check_place(Random& random, const SegmentIndex& index, const GeometryColumn& features, LonLat p) {
  const std::vector<Metres> distances = slow::distances(features, p);
  const std::vector<Counts> counts = draw_counts(random, features.size());
  for (const double threshold : draw_thresholds(random, distances)) {
    INFO(threshold << " m from " << p.lon << " " << p.lat);
    CHECK(index.within(p, {threshold}, counts) == slow::within(distances, {threshold}, counts));
    const auto found = index.nearest(p, {threshold}), expected = slow::nearest(distances, {threshold});
    CHECK(found.row.value == expected.row.value);
    CHECK(found.distance.value == expected.distance.value);
    for (const Counts at_least : {Counts::maybe, Counts::yes}) {
      std::vector<Metres> of_those = distances;
      for (std::size_t row = 0; row < of_those.size(); ++row)
        if (counts[row] < at_least) of_those[row] = {std::numeric_limits<double>::infinity()};
      CHECK(index.nearest(p, {threshold}, counts, at_least).row.value ==
            slow::nearest(of_those, {threshold}).row.value);
    }
  }
}

void check_ground(const Lattice& of_features, const Lattice& of_places, int seeds) {
  for (int seed = 0; seed < seeds; ++seed) {
    Random random(static_cast<std::uint64_t>(seed));
    const GeometryColumn features = draw_features(random, of_features, 6);
    const SegmentIndex index(features);
    INFO(of_features.name << " from " << of_places.name << ", seed " << seed);
    for (int place = 0; place < 4; ++place)
      check_place(random, index, features, of_places.draw_between(random));
  }
}

void check_ground(const Lattice& lattice, int seeds) {
  check_ground(lattice, lattice, seeds);
}

bool near_line(LonLat a, LonLat b, LonLat p, double distance_m) {
  GeometryColumn line(GeometryKind::line);
  tests::add_feature(line, {a, b});
  const std::vector<Counts> yes{Counts::yes};
  return SegmentIndex(line).within(p, {distance_m}, yes) == Counts::yes;
}

}  // namespace

TEST_CASE("nearness is the geodesic's to the bit: the threshold included, the lowest row of equals",
          "[spatial]") {
  check_ground(tests::lattices::county, 8);
  check_ground(tests::lattices::zero, 4);
  check_ground(tests::lattices::fine, 8);
}

TEST_CASE("nearness is the geodesic's in a garden, the lowest row of equals", "[spatial]") {
  check_ground(tests::lattices::garden, 20);
}

TEST_CASE("nearness is the geodesic's beside segments of 100 km, the threshold included", "[spatial]") {
  check_ground(tests::lattices::province, 5);
}

TEST_CASE("nearness is the geodesic's above 80°, the threshold included", "[spatial]") {
  check_ground(tests::lattices::arctic, 4);
  check_ground(tests::lattices::antarctic, 5);
}

TEST_CASE("nearness is the geodesic's across 180°, the threshold included", "[spatial]") {
  check_ground(tests::lattices::before_180, tests::lattices::across_180, 6);
  check_ground(tests::lattices::after_180, tests::lattices::across_180, 6);
}

TEST_CASE("places of any kind get the best that counts within the distance, and none without geometry",
          "[spatial]") {
  for (std::uint64_t seed = 0; seed < 3; ++seed) {
    Random random(seed);
    const GeometryColumn features = tests::draw_lines(random, tests::lattices::county, 3);
    const std::vector<Counts> counts = draw_counts(random, features.size()),
                              others = draw_counts(random, features.size());
    const std::vector<std::span<const Counts>> questions{counts, others};
    const GeometryColumn places = seed == 0   ? tests::draw_points(random, tests::lattices::county, 200)
                                  : seed == 1 ? tests::draw_lines(random, tests::lattices::county, 200)
                                              : tests::draw_polygons(random, tests::lattices::county, 200);
    std::vector<RowIx> rows;  // more than one task; in no order, some twice
    for (int i = 0; i < 300; ++i) rows.emplace_back(static_cast<std::size_t>(random.whole(0, 199)));
    Progress progress;
    const auto found = within_distance(places, rows, SegmentIndex(features), questions, {1500}, progress);
    REQUIRE(found);
    REQUIRE(found->size() == 2);
    for (std::size_t i = 0; i < rows.size(); ++i) {
      std::vector<Counts> expected{Counts::no, Counts::no};
      if (!places.empty_at(rows[i].value)) {
        const auto distances = slow::distances(features, places.representative(rows[i].value));
        expected = {slow::within(distances, {1500}, counts), slow::within(distances, {1500}, others)};
      }
      INFO("seed " << seed << ", row " << rows[i].value);
      CHECK((*found)[0][i] == expected[0]);
      CHECK((*found)[1][i] == expected[1]);
    }
  }
}

TEST_CASE("nearness holds across the antimeridian and beside long straight roads", "[spatial]") {
  CHECK(near_line({-179.999, 10}, {-179.99, 10.01}, {179.999, 10}, 250));
  CHECK_FALSE(near_line({-179.999, 10}, {-179.99, 10.01}, {179.999, 10}, 200));
  // The geodesic bulges 4.3 km north of the parallel that its box follows.
  const LonLat village{101, 45.0216};
  CHECK(geodesy::distance_to_segment(village, {100, 45}, {102, 45}).value == Approx(1913.9).margin(1));
  CHECK(near_line({100, 45}, {102, 45}, village, 2000));
  CHECK_FALSE(near_line({100, 45}, {102, 45}, village, 1900));
}

TEST_CASE("a place between the ends of a segment that spans 180° is near it", "[spatial]") {
  for (const double lon : {179.95, 180., -180., -179.95})
    CHECK(near_line({179.9, 10}, {-179.9, 10}, {lon, 10}, 10));
}

TEST_CASE("a segment that spans 180° is near along its short way", "[spatial]") {
  check_ground(tests::lattices::across_180, 8);
}

TEST_CASE("what lies beyond the pole is near", "[spatial]") {
  CHECK(near_line({0, 89.99}, {0, 89.99}, {180, 89.99}, 2234));  // 2,233.88 m
  CHECK(near_line({0, -89.99}, {0, -89.99}, {180, -89.99}, 2234));
  CHECK(near_line({90, 89.99}, {90, 89.99}, {0, 90}, 1117));     // 1,116.94 m from the pole itself
  CHECK(near_line({90, 89.95}, {90, 89.95}, {0, 89.95}, 7900));  // 7,897.96 m
}

TEST_CASE("a segment that passes close to the pole is near there", "[spatial]") {
  CHECK(near_line({0, 89.5}, {170, 89.5}, {85, 89.95}, 720));  // 717.19 m
  CHECK(near_line({0, 89.9}, {180, 89.9}, {0, 90}, 10));       // over the pole
}

TEST_CASE("a segment of 9,800 km is near where its geodesic bulges", "[spatial]") {
  CHECK(near_line({0, 10}, {90, 10}, {45, 14}, 4000));  // 3,970.12 m
}

TEST_CASE("nearness is the geodesic's at the poles, the threshold included", "[spatial]") {
  check_ground(tests::lattices::north_pole, 4);
  check_ground(tests::lattices::south_pole, 4);
}

TEST_CASE("an index of many features, built on several threads, answers as a scan", "[spatial]") {
  Random random(41);
  const Lattice lattice{"many", {109, 37}, {0x1p-8, 0x1p-8}, 600, 600};
  GeometryColumn lines(GeometryKind::line);
  for (int row = 0; row < 20000; ++row) {
    const int x = random.whole(0, 590), y = random.whole(0, 590);
    tests::add_part(lines, {lattice.at(x, y), lattice.at(x + random.whole(0, 3), y + random.whole(0, 3))});
    lines.end_feature();
  }
  const SegmentIndex index(lines);
  for (int i = 0; i < 5; ++i) check_place(random, index, lines, lattice.draw_between(random));
}

TEST_CASE("a stop leaves an index that finds nothing", "[spatial]") {
  std::stop_source stop;
  stop.request_stop();
  Random random(3);
  const GeometryColumn lines = tests::draw_lines(random, tests::lattices::county, 50);
  const SegmentIndex index(lines, Progress(stop.get_token()));
  const std::vector<Counts> all(lines.size(), Counts::yes);
  for (int i = 0; i < 20; ++i) {
    const LonLat p = tests::lattices::county.draw_between(random);
    CHECK(index.within(p, {1e6}, all) == Counts::no);
    CHECK_FALSE(index.nearest(p, {1e6}).row.exists());
  }
}
