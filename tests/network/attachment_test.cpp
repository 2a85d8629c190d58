// Positions attached to roads against a look at every segment and every end.
#include "network/attachment.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <limits>
#include <tuple>

#include "geodesy/measure.hpp"
#include "support/drawn_geometry.hpp"

using namespace xiangtu;
using namespace xiangtu::network;
using geodesy::LonLat;
using table::GeometryColumn;
using table::GeometryKind;
using tests::Random;

namespace {

// So small that a geodesic is as good as a line straight in longitude and latitude: within centimetres.
constexpr tests::Lattice parish{"a parish", {109, 37}, {0x1p-14, 0x1p-14}, 256, 256};

GeometryColumn draw_roads(Random& random) {
  GeometryColumn lines(GeometryKind::line);
  for (int row = random.whole(1, 12); row > 0; --row) {
    tests::Path path;
    for (int v = random.whole(2, 6); v > 0; --v) path.push_back(parish.draw(random));
    tests::add_feature(lines, path);
  }
  return lines;
}

}  // namespace

TEST_CASE("positions are attached to the nearest edge", "[network]") {
  Random random(8);
  for (int round = 0; round < 60; ++round) {
    INFO("round " << round);
    const GeometryColumn lines = draw_roads(random);
    Progress progress;
    const RoadGraph graph = RoadGraph::build(lines, {}, {}, {}, progress).value();
    for (int i = 0; i < 20; ++i) {
      const LonLat p = parish.draw(random);
      const Metres within{random.between(0, 600)};
      Metres nearest{std::numeric_limits<double>::infinity()};
      for (std::size_t part = 0; part < lines.part_count(); ++part)
        for (std::size_t v = 1; v < lines.part(part).size(); ++v)
          nearest = std::min(nearest,
                             geodesy::distance_to_segment(p, lines.part(part)[v - 1], lines.part(part)[v]));
      const auto found = nearest_edge(graph, lines, {}, p, within);
      REQUIRE(found.has_value() == (nearest <= within));
      // And on each road within the distance, the nearest road first.
      const auto places = places_within(graph.runs(), graph.roads(), lines, {}, p, within);
      std::size_t near_roads = 0;
      for (std::size_t part = 0; part < lines.part_count(); ++part) {
        double to_road = std::numeric_limits<double>::infinity();
        for (std::size_t v = 1; v < lines.part(part).size(); ++v)
          to_road =
              std::min(to_road, tests::metres_to_drawn_line(p, lines.part(part)[v - 1], lines.part(part)[v]));
        if (to_road > within.value) continue;
        ++near_roads;
        CHECK(std::count_if(places.begin(), places.end(), [&](const NearestPlace& place) {
                return place.road == part && std::abs(place.distance.value - to_road) < 1e-4;
              }) == 1);
      }
      CHECK(places.size() == near_roads);
      CHECK(std::is_sorted(places.begin(), places.end(), [](const NearestPlace& x, const NearestPlace& y) {
        return x.distance < y.distance;
      }));
      if (!found) continue;
      CHECK(found->access == nearest);
      CHECK(places.front().road == graph[found->edge].row.value);
      // As far along the edge as it says, it is so near.
      const Edge& edge = graph[found->edge];
      const double length = graph.lengths_m()[found->edge.value];
      REQUIRE(found->from_begin.value >= 0);
      REQUIRE(found->from_begin.value <= length);
      double walked = 0;
      LonLat before = position_of(lines, edge.begin), there = before;
      for (std::uint32_t v = edge.begin.vertex + 1; v <= edge.end.vertex + 1; ++v) {
        const LonLat next = v <= edge.end.vertex ? lines.vertices()[v] : position_of(lines, edge.end);
        const double step = geodesy::distance(before, next).value;
        if (walked + step >= found->from_begin.value) {
          there = geodesy::destination(before, geodesy::azimuth(before, next),
                                       {found->from_begin.value - walked});
          break;
        }
        walked += step;
        before = there = next;
      }
      CHECK(geodesy::distance(p, there).value == Approx(nearest.value).margin(0.05));
    }
  }
}

TEST_CASE("positions are attached to the nearest road end, of equals the western, then the southern",
          "[network]") {
  Random random(9);
  for (int round = 0; round < 60; ++round) {
    INFO("round " << round);
    const GeometryColumn lines = draw_roads(random);
    Progress progress;
    const RoadGraph graph = RoadGraph::build(lines, {}, {}, {}, progress).value();
    const RoadEnds ends(graph, lines, {}, progress);
    for (int i = 0; i < 20; ++i) {
      const LonLat p = parish.draw(random);
      const Metres within{random.between(0, 900)};
      std::tuple best{std::numeric_limits<double>::infinity(), 0.0, 0.0};
      for (std::size_t part = 0; part < lines.part_count(); ++part)
        for (const LonLat end : {lines.part(part).front(), lines.part(part).back()})
          best = std::min(best, {geodesy::distance(p, end).value, end.lon, end.lat});
      const auto found = ends.nearest(p, within);
      REQUIRE(found.has_value() == (std::get<0>(best) <= within.value));
      if (!found) continue;
      CHECK(found->distance.value == Approx(std::get<0>(best)).epsilon(1e-9));
      CHECK(graph.nodes()[found->node.value] == LonLat{std::get<1>(best), std::get<2>(best)});
    }
  }
  // Two ends alike far away, west and east.
  GeometryColumn lines(GeometryKind::line);
  tests::add_feature(lines, {{109.001, 37}, {109.1, 37.1}});
  tests::add_feature(lines, {{108.999, 37}, {108.9, 37.1}});
  Progress progress;
  const RoadGraph graph = RoadGraph::build(lines, {}, {}, {}, progress).value();
  const auto found = RoadEnds(graph, lines, {}, progress).nearest({109, 37}, {1000});
  REQUIRE(found);
  CHECK(graph.nodes()[found->node.value].lon == Approx(108.999));
}
