// Roads become a graph by the rule that junctions.hpp states.
#include "network/road_graph.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <limits>
#include <stop_token>

#include "drawn_roads.hpp"
#include "geodesy/measure.hpp"
#include "network/shortest_distances.hpp"
#include "network/side_of_line.hpp"
#include "slow_network.hpp"

using namespace xiangtu;
using namespace xiangtu::network;
using geodesy::LonLat;
using table::GeometryColumn;
using table::GeometryKind;
using tests::at;
using tests::graph_of;
using tests::joined;
using tests::lines_of;
using tests::Path;
using tests::Random;

TEST_CASE("ends within the tolerance join, others do not", "[network]") {
  for (const double gap_m : {0.0, 0.5, 2.0, 10.0})
    for (const double tolerance_m : {0.0, 0.4999, 0.5001, 1.9999, 2.0001, 11.0}) {
      INFO("gap " << gap_m << " m, tolerance " << tolerance_m << " m");
      const NodingRule rule{{tolerance_m}, {}, false, {}};
      CHECK(joined({{at(-500, 0), at(0, 0)}, {at(gap_m, 0), at(500, 0)}}, rule) == (gap_m <= tolerance_m));
      CHECK(joined({{at(0, gap_m), at(0, 500)}, {at(-500, 0), at(0, 0), at(500, 0)}}, rule) ==
            (gap_m <= tolerance_m));
    }
}

TEST_CASE("a tolerance of 0 joins ends that coincide to the bit", "[network]") {
  const LonLat p = at(0, 0), beside{std::nextafter(p.lon, 180), p.lat};
  CHECK(joined({{at(-500, 0), p}, {p, at(500, 0)}}, {{0}, {}, false, {}}));
  CHECK_FALSE(joined({{at(-500, 0), p}, {beside, at(500, 0)}}, {{0}, {}, false, {}}));
  CHECK(joined({{at(-500, 0), p}, {beside, at(500, 0)}}));
}

TEST_CASE("an end on the inside of a road divides it", "[network]") {
  const GeometryColumn lines = lines_of({{at(-500, 0), at(500, 0)}, {at(100, 0.05), at(100, 300)}});
  const RoadGraph graph = graph_of(lines);
  REQUIRE(graph.edges().size() == 3);
  CHECK(graph.nodes().size() == 4);
  CHECK(graph.lengths_m()[0] == Approx(600).margin(0.2));
  CHECK(graph.lengths_m()[1] == Approx(400).margin(0.2));
  CHECK(graph.edges_of(0)[0].to == graph.edges_of(1)[0].from);
}

TEST_CASE("an end joins a long segment where it is drawn, not where the geodesic bulges to", "[network]") {
  // Between these ends the geodesic lies half a metre to four metres north of the straight line of the map.
  for (const double degrees : {0.05, 0.1, 0.15})
    for (const double share : {0.3, 0.5, 0.8}) {
      const LonLat a{109, 38}, b{109 + degrees, 38 + 0.6 * degrees};
      const LonLat on_line{a.lon + share * (b.lon - a.lon), a.lat + share * (b.lat - a.lat)};
      const auto joins = [&](double north_m, double tolerance_m) {
        const LonLat end{on_line.lon, on_line.lat + north_m / 111000};
        const LonLat away{end.lon, end.lat + (north_m > 0 ? 0.02 : -0.02)};
        return joined({{a, b}, {end, away}}, {{tolerance_m}, {}, false, {}});
      };
      INFO("span " << degrees << ", share " << share);
      CHECK(joins(0.0001, 0.1));
      CHECK(joins(0.1, 0.1));
      CHECK_FALSE(joins(0.15, 0.1));  // 0.15 m north, 0.12 m across the line
      CHECK_FALSE(joins(-0.15, 0.1));
      CHECK_FALSE(joins(0.0001, 0));
    }
}

TEST_CASE("true crossings join on one level and not between levels", "[network]") {
  const std::vector<Path> crossing{{at(-500, 10), at(500, 0)}, {at(0, -500), at(10, 500)}};
  const std::int8_t ground[] = {0, 0}, bridge[] = {0, 1}, tunnel[] = {-1, 0}, both[] = {1, 1};
  CHECK(joined(crossing));
  CHECK(joined(crossing, {{0.1}, ground, false, {}}));
  CHECK(joined(crossing, {{0.1}, both, false, {}}));
  CHECK_FALSE(joined(crossing, {{0.1}, bridge, false, {}}));
  CHECK_FALSE(joined(crossing, {{0.1}, tunnel, false, {}}));
  CHECK_FALSE(joined(crossing, {{0.1}, {}, true, {}}));  // ends only
  CHECK_FALSE(joined({{at(0, 0), at(0, 500)}, {at(-500, 0), at(0, 0), at(500, 0)}}, {{0.1}, {}, true, {}}));
  CHECK(joined({{at(-500, 0), at(0, 0)}, {at(0, 0), at(500, 0)}}, {{0.1}, {}, true, {}}));
  // A vertex in common makes no difference.
  const std::vector<Path> vertex{{at(-500, 0), at(0, 0), at(500, 0)}, {at(0, -500), at(0, 0), at(0, 500)}};
  CHECK(joined(vertex));
  CHECK_FALSE(joined(vertex, {{0.1}, bridge, false, {}}));
}

TEST_CASE("a bridge joins the roads at its ends and none below it", "[network]") {
  // Over the road 3 leads a bridge, which goes on as a road on both sides.
  const GeometryColumn lines = lines_of({{at(-500, 0), at(-50, 0)},
                                         {at(-50, 0), at(50, 0)},
                                         {at(50, 0), at(500, 0)},
                                         {at(0, -300), at(0, 300)},
                                         {at(200, 0), at(200, 300)}});
  const std::int8_t levels[] = {0, 1, 0, 0, 0};
  const RoadGraph graph = graph_of(lines, {{0.1}, levels, false, {}});
  CHECK(joined(graph, 0, 2));
  CHECK(joined(graph, 0, 4));
  CHECK_FALSE(joined(graph, 0, 3));
}

TEST_CASE("an end of a bridge on the inside of a road joins where the road has that vertex", "[network]") {
  const std::int8_t levels[] = {1, 0};
  CHECK(joined({{at(0, 200), at(0, 0)}, {at(-100, 0), at(0, 0), at(100, 0)}}, {{0.1}, levels, false, {}}));
  const GeometryColumn lines =
      lines_of({{{109, 37.5}, {109, 37}}, {{108, 37}, {110, 37}}});  // no vertex there
  CHECK_FALSE(joined(graph_of(lines, {{0.1}, levels, false, {}}), 0, 1));
}

TEST_CASE("a road across 180° crosses nothing on the other side of the earth", "[network]") {
  CHECK_FALSE(joined({{{179.9, 37}, {-179.9, 37.1}}, {{109, 36}, {109, 38}}}));
  CHECK(joined({{{179.9, 37}, {-179.9, 37.1}}, {{-179.9, 37.1}, {-179.8, 37}}}));
}

TEST_CASE("loops, repeated vertices, parallel roads and roads without length stay", "[network]") {
  const Path roundabout{at(0, 30), at(30, 0), at(0, -30), at(-30, 0), at(0, 30)};
  const GeometryColumn lines = lines_of({roundabout,
                                         {at(30, 0), at(500, 0)},
                                         {at(-500, 0), at(-30, 0), at(-30, 0)},
                                         {at(500, 0), at(600, 0)},
                                         {at(500, 0), at(550, 20), at(600, 0)},
                                         {at(600, 0), at(600, 0)},
                                         {at(900, 900), at(900, 900)},
                                         {at(2000, 0), at(2030, 30), at(2000, 60), at(2000, 0)}});
  const RoadGraph graph = graph_of(lines);
  CHECK(joined(graph, 2, 1));
  CHECK(graph.edges_of(0).size() == 3);
  CHECK(graph.edges_of(3)[0].from == graph.edges_of(4)[0].from);
  CHECK(graph.edges_of(3)[0].to == graph.edges_of(4)[0].to);
  for (const std::size_t row : {5u, 6u, 7u}) {
    REQUIRE(graph.edges_of(row).size() == 1);
    CHECK(graph.edges_of(row)[0].from == graph.edges_of(row)[0].to);
  }
  CHECK(graph.edges_of(5)[0].from == graph.edges_of(3)[0].to);
  CHECK_FALSE(joined(graph, 6, 1));
  CHECK_FALSE(joined(graph, 7, 1));
}

TEST_CASE("a road that comes back to itself divides itself", "[network]") {
  // Its end meets its inside, and it crosses itself.
  const GeometryColumn lines = lines_of({{{109, 37}, {109.5, 37}, {109.5, 37.5}, {109.25, 37}},
                                         {{110, 37}, {110.5, 37.5}, {110.5, 37}, {110, 37.5}}});
  const RoadGraph graph = graph_of(lines);
  CHECK(graph.edges_of(0).size() == 2);
  CHECK(graph.edges_of(1).size() == 3);
  CHECK(graph.edges_of(0)[0].to == graph.edges_of(0)[1].to);
  CHECK(graph.edges_of(1)[1].from == graph.edges_of(1)[1].to);
}

TEST_CASE("rows that are left out and lines of several parts", "[network]") {
  GeometryColumn lines(GeometryKind::line);
  tests::add_part(lines, {at(0, 0), at(100, 0)});
  tests::add_part(lines, {at(100, 0), at(200, 0)});
  tests::add_part(lines, {at(5, 5)});  // no line
  lines.end_feature();
  lines.end_feature();  // empty
  tests::add_feature(lines, {at(200, 0), at(300, 0)});
  tests::add_feature(lines, {at(300, 0), at(400, 0)});
  const std::uint8_t used[] = {1, 1, 0, 1};
  Progress progress;
  const auto graph = RoadGraph::build(lines, used, {}, {}, progress);
  REQUIRE(graph);
  REQUIRE(graph->edges().size() == 3);
  CHECK(graph->edges()[1].row == RowIx{std::size_t{0}});
  CHECK(graph->edges()[2].row == RowIx{std::size_t{3}});
  CHECK_FALSE(joined(*graph, 0, 2));
}

TEST_CASE("known lengths are taken for whole rows and measured for the rest", "[network]") {
  const GeometryColumn lines =
      lines_of({{at(-500, 0), at(500, 0)}, {at(0, 0), at(0, 300)}, {at(0, 300), at(0, 400)}});
  const double known[] = {1, 2, 3};
  Progress progress;
  const auto graph = RoadGraph::build(lines, {}, known, {}, progress);
  REQUIRE(graph->edges().size() == 4);
  CHECK(graph->lengths_m()[0] == Approx(500).margin(0.01));
  CHECK(graph->lengths_m()[2] == 2);
  CHECK(graph->lengths_m()[3] == 3);
}

TEST_CASE("no roads make an empty graph, and a requested stop is heard", "[network]") {
  Progress progress;
  const auto none = RoadGraph::build(GeometryColumn(GeometryKind::line), {}, {}, {}, progress);
  REQUIRE(none);
  CHECK(none->nodes().empty());
  std::stop_source stop;
  stop.request_stop();
  Progress stopped(stop.get_token());
  const GeometryColumn lines = lines_of({{at(0, 0), at(100, 0)}});
  const auto result = RoadGraph::build(lines, {}, {}, {}, stopped);
  REQUIRE_FALSE(result);
  CHECK(result.issue().code == IssueCode::cancelled);
}

TEST_CASE("ways are as long as over segments that are all cut where any touch", "[network]") {
  Random random(5);
  constexpr auto all_open = [](EdgeIx) { return true; };
  for (int round = 0; round < 300; ++round) {
    INFO("round " << round);
    const bool with_levels = random.chance(0.5), one_way = random.chance(0.5);
    INFO((with_levels ? "levels " : "") << (one_way ? "one-way" : ""));
    GeometryColumn lines(GeometryKind::line);
    std::vector<std::int8_t> levels;
    std::vector<Direction> directions;
    const int rows = random.whole(2, 14);
    for (int row = 0; row < rows; ++row) {
      Path path;
      for (int v = random.whole(2, random.chance(0.1) ? 40 : 6); v > 0; --v)
        path.push_back(tests::lattices::county.draw(random));
      tests::add_feature(lines, path);
      if (with_levels) levels.push_back(static_cast<std::int8_t>(std::max(random.whole(-3, 2), -1)));
      if (one_way) directions.push_back(static_cast<Direction>(random.whole(0, 2)));
    }
    const RoadGraph graph = graph_of(lines, {{0}, levels, false, {}}, directions);
    tests::SlowNetwork slow(lines, levels, directions);
    const auto level_of = [&](std::size_t row) { return levels.empty() ? 0 : levels[row]; };
    Progress progress;
    for (int row = 0; row < rows; ++row) {
      const Start destination{graph.edges_of(row).front().from, 0};
      const Distances distances = shortest_distances(graph, {&destination, 1}, all_open, progress);
      const std::vector<double> expected = slow.to(lines.vertices_of(row).front(), level_of(row));
      for (const Edge& edge : graph.edges())
        for (const auto& [node, place] : {std::pair{edge.from, edge.begin}, {edge.to, edge.end}}) {
          const std::size_t same = slow.node(position_of(lines, place), level_of(edge.row.value));
          REQUIRE(same < expected.size());
          if (std::isinf(expected[same]))
            CHECK(std::isinf(distances.metres[node.value]));
          else
            CHECK(distances.metres[node.value] == Approx(expected[same]).epsilon(1e-7).margin(1e-3));
        }
    }
  }
}

TEST_CASE("gates are edges without length, and closing them parts what lies behind", "[network]") {
  // Three sections in a row with a side road at 0; gates inside, at a begin, at an end, and two at one place.
  const GeometryColumn lines = lines_of({{at(-500, 0), at(-400, 0), at(0, 0)},
                                         {at(0, 0), at(500, 0)},
                                         {at(500, 0), at(900, 0), at(1000, 0)},
                                         {at(0, 0), at(0, 300)}});
  const LinePlace gates[] = {{5, 0.5}, {1, 0}, {3, 0}, {2, 0}, {5, 0.5}, {77, 0}};
  const RoadGraph graph = graph_of(lines, {{0.1}, {}, false, gates});
  CHECK_FALSE(graph.edge_of_gate(5).exists());
  double length = 0;
  for (const double each : graph.lengths_m()) length += each;
  CHECK(length == Approx(1800).margin(0.1));
  struct Closed {
    std::size_t gate;
    bool first_to_second, first_to_third, side_to_third, side_to_first;
  };
  // Between the begin of row 0, the end of rows 1 and 2, and the end of row 3.
  for (const Closed& closed : {Closed{0, true, false, false, true},
                               {1, false, false, true, false},
                               {2, false, false, false, true},
                               {3, false, false, true, false},
                               {4, true, false, false, true}}) {
    INFO("gate " << closed.gate);
    const EdgeIx shut = graph.edge_of_gate(closed.gate);
    REQUIRE(shut.exists());
    CHECK(graph.lengths_m()[shut.value] == 0);
    Progress progress;
    const auto reached = [&](NodeIx from, NodeIx to) {
      const Start start{from, 0};
      return shortest_distances(
                 graph, {&start, 1}, [&](EdgeIx edge) { return edge != shut; }, progress)
          .reached(to);
    };
    const NodeIx first = graph.edges_of(0).front().from, second = graph.edges_of(1).back().to,
                 third = graph.edges_of(2).back().to, side = graph.edges_of(3).back().to;
    CHECK(reached(first, second) == closed.first_to_second);
    CHECK(reached(first, third) == closed.first_to_third);
    CHECK(reached(side, third) == closed.side_to_third);
    CHECK(reached(side, first) == closed.side_to_first);
  }
  CHECK(joined(graph, 0, 2));
}

TEST_CASE("the side of a line is never wrong near it", "[network]") {
  // Multiples of 2^-40 near 0.5: products of differences are exact in 113 bits, not in double.
  constexpr double step = 0x1p-53;
  const LonLat a{12, 12}, b{24, 24};
  for (int i = 0; i < 64; ++i)
    for (int j = 0; j < 64; ++j) {
      const double side = side_of_line(a, b, {0.5 + i * step * 2, 0.5 + j * step * 2});
      CHECK((side > 0) == (j > i));
      CHECK((side < 0) == (j < i));
    }
}
