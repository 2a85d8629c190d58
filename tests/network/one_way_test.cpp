// Roads that may be travelled one way only: what is asked of the graph is the way to a destination.
#include <algorithm>
#include <array>
#include <catch2/catch.hpp>
#include <cmath>
#include <limits>
#include <set>
#include <vector>

#include "drawn_roads.hpp"
#include "network/attachment.hpp"
#include "network/foothold.hpp"

using namespace xiangtu;
using namespace xiangtu::network;
using table::GeometryColumn;
using tests::at;
using tests::graph_of;
using tests::joined;
using tests::lines_of;
using tests::metres_between;
using tests::Path;
using tests::Random;

namespace {

constexpr Direction both = Direction::both, forward = Direction::forward, backward = Direction::backward;
constexpr double infinity = std::numeric_limits<double>::infinity();

NodeIx begin_of(const RoadGraph& graph, std::size_t row) {
  return graph.edges_of(row).front().from;
}
NodeIx end_of(const RoadGraph& graph, std::size_t row) {
  return graph.edges_of(row).back().to;
}

}  // namespace

TEST_CASE("a road is travelled as its direction says", "[network]") {
  const GeometryColumn lines = lines_of({{at(0, 0), at(500, 0)}});
  for (const Direction direction : {both, forward, backward}) {
    const RoadGraph graph = graph_of(lines, {}, {direction});
    const NodeIx begin = begin_of(graph, 0), end = end_of(graph, 0);
    CHECK(graph.direction_of(EdgeIx{std::size_t{0}}) == direction);
    CHECK((metres_between(graph, begin, end) == Approx(500)) == (direction != backward));
    CHECK((metres_between(graph, end, begin) == Approx(500)) == (direction != forward));
    // The arcs of a node are those over which it is come to.
    CHECK(graph.arcs_from(end).size() == (direction != backward));
    CHECK(graph.arcs_from(begin).size() == (direction != forward));
  }
  CHECK(graph_of(lines).direction_of(EdgeIx{std::size_t{0}}) == both);
}

TEST_CASE("roads lead from one way to the next only where both run on", "[network]") {
  const GeometryColumn lines =
      lines_of({{at(0, 0), at(500, 0)}, {at(1000, 0), at(500, 0)}, {at(1000, 0), at(1500, 0)}});
  struct Case {
    std::vector<Direction> directions;
    bool east, west;
  };
  for (const Case& each : {Case{{both, both, both}, true, true},
                           {{forward, backward, forward}, true, false},
                           {{backward, forward, backward}, false, true},
                           {{forward, forward, forward}, false, false},
                           {{both, backward, both}, true, false}}) {
    const RoadGraph graph = graph_of(lines, {}, each.directions);
    CHECK((metres_between(graph, begin_of(graph, 0), end_of(graph, 2)) < infinity) == each.east);
    CHECK((metres_between(graph, end_of(graph, 2), begin_of(graph, 0)) < infinity) == each.west);
  }
}

TEST_CASE("around a roundabout one goes one way", "[network]") {
  // A square of 4 × 100 m, drawn against the clock from the east, with arms on its four corners.
  const Path ring{at(50, 0), at(0, 50), at(-50, 0), at(0, -50), at(50, 0)};
  const double side = std::hypot(50, 50);
  const GeometryColumn lines = lines_of({ring,
                                         {at(50, 0), at(500, 0)},
                                         {at(0, 50), at(0, 500)},
                                         {at(-50, 0), at(-500, 0)},
                                         {at(0, -50), at(0, -500)}});
  for (const Direction direction : {forward, backward}) {
    const RoadGraph graph = graph_of(lines, {}, {direction, both, both, both, both});
    REQUIRE(graph.edges_of(0).size() == 4);
    for (std::size_t from = 0; from < 4; ++from)
      for (std::size_t to = 0; to < 4; ++to) {
        INFO("arm " << from << " to arm " << to);
        const std::size_t sides = direction == forward ? (to + 4 - from) % 4 : (from + 4 - to) % 4;
        const double expected = from == to ? 0 : 900 + static_cast<double>(sides) * side;
        CHECK(metres_between(graph, end_of(graph, from + 1), end_of(graph, to + 1)) ==
              Approx(expected).margin(0.1));
      }
  }
}

TEST_CASE("a loop with one way in and out is travelled all around, and alone it is one node", "[network]") {
  const Path ring{at(50, 0), at(0, 50), at(-50, 0), at(0, -50), at(50, 0)};
  const GeometryColumn lines = lines_of({ring, {at(50, 0), at(500, 0)}});
  const RoadGraph graph = graph_of(lines, {}, {forward, both});
  REQUIRE(graph.edges_of(0).size() == 1);
  CHECK(graph.arcs_from(begin_of(graph, 0)).size() == 2);  // the loop once, the road once
  CHECK(graph_of(lines).arcs_from(begin_of(graph, 0)).size() == 3);
  CHECK(metres_between(graph, begin_of(graph, 0), end_of(graph, 1)) == Approx(450).margin(0.1));
}

TEST_CASE("on a road with two carriageways one turns where they are joined", "[network]") {
  // Eastward the southern one, westward the northern one, both drawn from the west and joined at their ends;
  // a village road ends on each of them halfway, and a link joins them 300 m east of these.
  const GeometryColumn lines = lines_of({{at(-1000, 0), at(1000, 0)},
                                         {at(-1000, 0), at(-1000, 20), at(1000, 20), at(1000, 0)},
                                         {at(0, -400), at(0, 0)},
                                         {at(0, 400), at(0, 20)},
                                         {at(300, 0), at(300, 20)}});
  const RoadGraph graph = graph_of(lines, {}, {forward, backward, both, both, both});
  const NodeIx west = begin_of(graph, 0), east = end_of(graph, 0), south = begin_of(graph, 2),
               north = begin_of(graph, 3);
  CHECK(metres_between(graph, west, east) == Approx(2000).margin(0.2));
  CHECK(metres_between(graph, east, west) == Approx(2040).margin(0.2));
  CHECK(metres_between(graph, south, east) == Approx(1400).margin(0.2));
  CHECK(metres_between(graph, south, west) == Approx(400 + 300 + 20 + 1300 + 20).margin(0.2));
  CHECK(metres_between(graph, north, west) == Approx(380 + 1000 + 20).margin(0.2));
  CHECK(metres_between(graph, north, east) == Approx(380 + 1000 + 20 + 2000).margin(0.2));
  CHECK(metres_between(graph, south, north) == Approx(400 + 300 + 20 + 300 + 380).margin(0.2));
  CHECK(metres_between(graph, north, south) == Approx(380 + 1000 + 20 + 1000 + 400).margin(0.2));
}

TEST_CASE("a gate on a one-way road lets nobody through the wrong way", "[network]") {
  const GeometryColumn lines = lines_of({{at(-500, 0), at(500, 0)}, {at(0, 0), at(0, 300)}});
  const LinePlace gates[] = {{0, 0.25}, {0, 0.5}};
  const RoadGraph graph = graph_of(lines, {{0.1}, {}, false, gates}, {forward, both});
  const NodeIx west = begin_of(graph, 0), east = end_of(graph, 0), north = end_of(graph, 1);
  for (std::size_t gate = 0; gate < 2; ++gate) CHECK(graph.direction_of(graph.edge_of_gate(gate)) == forward);
  CHECK(metres_between(graph, west, east) == Approx(1000).margin(0.1));
  CHECK(metres_between(graph, east, west) == infinity);
  CHECK(metres_between(graph, west, north) == Approx(800).margin(0.1));
  CHECK(metres_between(graph, west, north, graph.edge_of_gate(0)) == infinity);
  CHECK(metres_between(graph, north, east) == Approx(800).margin(0.1));
}

TEST_CASE("a place on a one-way edge is left and come to as the edge allows", "[network]") {
  const GeometryColumn lines = lines_of({{at(0, 0), at(1000, 0)}, {at(1000, 0), at(0, 500), at(0, 0)}});
  struct Case {
    Direction direction;
    double to_begin, to_end, from_begin, from_end, east, west;
  };
  // Once around it is 1000 m and the other road. The place lies 300 m along, another one 200 m further.
  const double around = geodesy::distance(at(1000, 0), at(0, 500)).value + 500;
  for (const Case& each : {Case{both, 300, 700, 300, 700, 200, 200},
                           {forward, 700 + around, 700, 300, 300 + around, 200, infinity},
                           {backward, 300, 300 + around, 700 + around, 700, infinity, 200}}) {
    const RoadGraph graph = graph_of(lines, {}, {each.direction, both});
    const auto standing = [&](geodesy::LonLat position) {
      return standing_on(graph, nearest_edge(graph, lines, {}, position, {50}).value());
    };
    const Foothold place = standing(at(300, 10)), other = standing(at(500, -5));
    const auto search = [&](const std::vector<Start>& starts) {
      Progress progress;
      return shortest_distances(
          graph, starts, [](EdgeIx) { return true; }, progress);
    };
    const NodeIx begin = begin_of(graph, 0), end = end_of(graph, 0);
    const auto metres_to = [&](NodeIx node) {
      const Distances found = search({{node, 0}});
      return metres_from(place, [&](NodeIx from) { return found.metres[from.value]; });
    };
    CHECK(metres_to(begin) == Approx(10 + each.to_begin).margin(0.1));
    CHECK(metres_to(end) == Approx(10 + each.to_end).margin(0.1));
    const Distances to_place = search(starts_to(place));
    CHECK(to_place.metres[begin.value] == Approx(10 + each.from_begin).margin(0.1));
    CHECK(to_place.metres[end.value] == Approx(10 + each.from_end).margin(0.1));
    const auto same = [](double a, double b) { return a == b || a == Approx(b).margin(0.1); };
    CHECK(same(metres_along_edge(graph, place, other), 15 + each.east));
    CHECK(same(metres_along_edge(graph, other, place), 15 + each.west));
  }
}

TEST_CASE("distances on drawn one-way roads are those of every way by way of every node", "[network]") {
  // Floyd and Warshall over the arcs that directions of rows stand for.
  Random random(11);
  for (int round = 0; round < 100; ++round) {
    INFO("round " << round);
    GeometryColumn lines(table::GeometryKind::line);
    std::vector<Direction> directions;
    for (int row = random.whole(1, 25); row > 0; --row) {
      tests::add_feature(lines, tests::draw_path(random, tests::lattices::county, random.whole(2, 4)));
      directions.push_back(static_cast<Direction>(random.whole(0, 2)));
    }
    const RoadGraph graph = graph_of(lines, {}, directions);
    const std::size_t nodes = graph.nodes().size();
    std::vector<std::vector<double>> metres(nodes, std::vector<double>(nodes, infinity));
    for (std::size_t node = 0; node < nodes; ++node) metres[node][node] = 0;
    const auto add = [&](NodeIx tail, NodeIx head, double length) {
      metres[tail.value][head.value] = std::min(metres[tail.value][head.value], length);
    };
    for (std::size_t i = 0; i < graph.edges().size(); ++i) {
      const Edge& edge = graph.edges()[i];
      const Direction direction = directions[edge.row.value];
      if (direction == both || direction == forward) add(edge.from, edge.to, graph.lengths_m()[i]);
      if (direction == both || direction == backward) add(edge.to, edge.from, graph.lengths_m()[i]);
    }
    for (std::size_t by = 0; by < nodes; ++by)
      for (std::size_t tail = 0; tail < nodes; ++tail)
        for (std::size_t head = 0; head < nodes; ++head)
          metres[tail][head] = std::min(metres[tail][head], metres[tail][by] + metres[by][head]);
    // An arc from which a search comes to a node is one of its other end.
    std::multiset<std::array<std::uint32_t, 3>> from, into;
    for (std::size_t node = 0; node < nodes; ++node) {
      for (const Arc& arc : graph.arcs_from(NodeIx{node}))
        from.insert({static_cast<std::uint32_t>(node), arc.to.value, arc.edge.value});
      for (const Arc& arc : graph.arcs_into(NodeIx{node}))
        into.insert({arc.to.value, static_cast<std::uint32_t>(node), arc.edge.value});
    }
    CHECK(from == into);
    Progress progress;
    for (std::size_t head = 0; head < nodes; ++head) {
      const Start destination{NodeIx{head}, 0};
      const Distances found = shortest_distances(
          graph, {&destination, 1}, [](EdgeIx) { return true; }, progress);
      for (std::size_t tail = 0; tail < nodes; ++tail) {
        if (std::isinf(metres[tail][head]))
          CHECK(std::isinf(found.metres[tail]));
        else
          CHECK(found.metres[tail] == Approx(metres[tail][head]).margin(1e-6));
        const Arc back = found.back[tail];
        if (!back.edge.exists()) continue;  // The way on leaves the node as the road may be travelled.
        const Edge& edge = graph[back.edge];
        const Direction direction = directions[edge.row.value];
        CHECK(((direction != backward && edge.from.value == tail && edge.to == back.to) ||
               (direction != forward && edge.to.value == tail && edge.from == back.to)));
      }
    }
  }
}
