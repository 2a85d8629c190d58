// Bridges and tunnels among the roads: what joins there, and what a closed bridge parts.
#include <catch2/catch.hpp>
#include <limits>
#include <set>
#include <vector>

#include "drawn_roads.hpp"

using namespace xiangtu;
using namespace xiangtu::network;
using table::GeometryColumn;
using tests::at;
using tests::graph_of;
using tests::joined;
using tests::lines_of;
using tests::metres_between;

namespace {

NodeIx begin_of(const RoadGraph& graph, std::size_t row) {
  return graph.edges_of(row).front().from;
}
NodeIx end_of(const RoadGraph& graph, std::size_t row) {
  return graph.edges_of(row).back().to;
}

// Roads that no way joins, each with its rows.
std::set<std::set<std::size_t>> islands(const RoadGraph& graph, std::size_t rows) {
  std::set<std::set<std::size_t>> found;
  for (std::size_t row = 0; row < rows; ++row) {
    std::set<std::size_t> island;
    for (std::size_t other = 0; other < rows; ++other)
      if (joined(graph, row, other)) island.insert(other);
    found.insert(island);
  }
  return found;
}

}  // namespace

TEST_CASE("an overpass is reached by its ramps alone", "[network]") {
  // A motorway in three rows with a bridge over a village road; the ramp leads from the road to the motorway
  // beyond the bridge.
  const GeometryColumn lines = lines_of({{at(-1000, 0), at(-60, 0)},
                                         {at(-60, 0), at(0, 0), at(60, 0)},
                                         {at(60, 0), at(1000, 0)},
                                         {at(0, -500), at(0, 0), at(0, 500)},
                                         {at(0, -200), at(200, 0)}});
  const std::int8_t levels[] = {0, 1, 0, 0, 0}, ground[] = {0, 0, 0, 0, 0};
  const RoadGraph graph = graph_of(lines, {{0.1}, levels, false, {}});
  const double ramp = geodesy::distance(at(0, -200), at(200, 0)).value;
  CHECK(metres_between(graph, end_of(graph, 3), begin_of(graph, 0)) == Approx(700 + ramp + 1200).margin(0.1));
  CHECK(metres_between(graph, end_of(graph, 3), begin_of(graph, 3)) == Approx(1000).margin(0.1));
  const RoadGraph flat = graph_of(lines, {{0.1}, ground, false, {}});
  CHECK(metres_between(flat, end_of(flat, 3), begin_of(flat, 0)) == Approx(1500).margin(0.1));
}

TEST_CASE("a tunnel leads under roads, and bridges over bridges", "[network]") {
  const GeometryColumn lines = lines_of({{at(-500, 0), at(500, 0)},        // on the ground
                                         {at(-100, 300), at(-100, -300)},  // a tunnel
                                         {at(0, 300), at(0, -300)},        // a bridge
                                         {at(-500, 100), at(500, 100)},    // a bridge over the bridge
                                         {at(100, 300), at(100, -300)},    // on the ground
                                         {at(-300, 200), at(300, 200)}});  // a tunnel under all but one
  const std::int8_t levels[] = {0, -1, 1, 2, 0, -1};
  using Islands = std::set<std::set<std::size_t>>;
  CHECK(islands(graph_of(lines, {{0.1}, levels, false, {}}), 6) == Islands{{0, 4}, {1, 5}, {2}, {3}});
  CHECK(islands(graph_of(lines), 6) == Islands{{0, 1, 2, 3, 4, 5}});
}

TEST_CASE("roads far from all others are islands", "[network]") {
  const GeometryColumn lines = lines_of({{at(0, 0), at(500, 0)},
                                         {at(500, 0), at(1000, 0)},
                                         {at(0, 10), at(500, 10)},
                                         {at(250, 10), at(250, 300)},
                                         {at(250, 300), at(250, 300)}});
  using Islands = std::set<std::set<std::size_t>>;
  CHECK(islands(graph_of(lines, {{9.9}, {}, false, {}}), 5) == Islands{{0, 1}, {2, 3, 4}});
  CHECK(islands(graph_of(lines, {{10.1}, {}, false, {}}), 5) == Islands{{0, 1, 2, 3, 4}});
}

TEST_CASE("a bridge that two roads share is one way over the river for both", "[network]") {
  // Two roads run over one bridge, each with the same stretch in its line; a gate on each of them there.
  const GeometryColumn lines = lines_of({{at(-1000, 500), at(-50, 0), at(50, 0), at(1000, 500)},
                                         {at(-1000, -500), at(-50, 0), at(50, 0), at(1000, -500)}});
  const LinePlace gates[] = {{1, 0.5}, {5, 0.5}};
  const std::int8_t levels[] = {1, 1};
  for (const NodingRule& rule :
       {NodingRule{{0.1}, {}, false, gates}, NodingRule{{0.1}, levels, false, gates}}) {
    const RoadGraph graph = graph_of(lines, rule);
    CHECK(joined(graph, 0, 1));
    CHECK(joined(graph, 1, 0));
    Progress progress;
    const Start destination{end_of(graph, 0), 0};
    const Distances closed = shortest_distances(
        graph, {&destination, 1},
        [&](EdgeIx edge) { return edge != graph.edge_of_gate(0) && edge != graph.edge_of_gate(1); },
        progress);
    CHECK(closed.reached(end_of(graph, 1)));
    CHECK_FALSE(closed.reached(begin_of(graph, 0)));
    CHECK_FALSE(closed.reached(begin_of(graph, 1)));
  }
  // As a row of its own it is shared as well.
  const GeometryColumn parted = lines_of({{at(-1000, 500), at(-50, 0)},
                                          {at(-50, 0), at(50, 0)},
                                          {at(50, 0), at(1000, 500)},
                                          {at(-1000, -500), at(-50, 0)},
                                          {at(50, 0), at(1000, -500)}});
  const std::int8_t own_level[] = {0, 1, 0, 0, 0};
  const LinePlace gate[] = {{2, 0.5}};
  const RoadGraph graph = graph_of(parted, {{0.1}, own_level, false, gate});
  CHECK(joined(graph, 0, 4));
  CHECK(joined(graph, 3, 2));
  CHECK_FALSE(joined(graph, 0, 4, graph.edge_of_gate(0)));
  CHECK_FALSE(joined(graph, 3, 2, graph.edge_of_gate(0)));
  CHECK(joined(graph, 0, 3) == joined(graph, 0, 3, graph.edge_of_gate(0)));
}

TEST_CASE("a bridge at a node closes its own road there and no other", "[network]") {
  // Four arms; the gate lies on the eastern one at the crossroads, as its begin or as a place inside.
  const GeometryColumn arms = lines_of(
      {{at(-500, 0), at(0, 0)}, {at(0, 0), at(500, 0)}, {at(0, -500), at(0, 0)}, {at(0, 0), at(0, 500)}});
  const LinePlace at_begin[] = {{2, 0}};
  const RoadGraph graph = graph_of(arms, {{0.1}, {}, false, at_begin});
  const EdgeIx shut = graph.edge_of_gate(0);
  CHECK_FALSE(joined(graph, 0, 1, shut));
  CHECK_FALSE(joined(graph, 2, 1, shut));
  CHECK(joined(graph, 0, 3, shut));
  CHECK(joined(graph, 2, 3, shut));

  const GeometryColumn crossing =
      lines_of({{at(-500, 0), at(0, 0), at(500, 0)}, {at(0, -500), at(0, 0), at(0, 500)}});
  const LinePlace inside[] = {{1, 0}};
  const RoadGraph crossed = graph_of(crossing, {{0.1}, {}, false, inside});
  CHECK(joined(crossed, 1, 0));
  CHECK_FALSE(joined(crossed, 0, 0, crossed.edge_of_gate(0)));
  CHECK_FALSE(joined(crossed, 1, 0, crossed.edge_of_gate(0)));
  CHECK(joined(crossed, 0, 1, crossed.edge_of_gate(0)));
  CHECK(joined(crossed, 1, 1, crossed.edge_of_gate(0)));
}

TEST_CASE("an end joins a road each time that it passes there", "[network]") {
  // An eight from its crossing, out and back; and a road that goes out and comes back on itself, one way.
  const GeometryColumn lines =
      lines_of({{at(0, 0), at(500, 0), at(0, 500), at(0, 0), at(-400, 0), at(0, -400), at(0, 0)},
                {at(0, 0), at(-500, 500)},
                {at(2000, 0), at(3000, 0), at(2000, 0), at(1900, 0)},
                {at(2400, 300), at(2400, 0)}});
  const RoadGraph graph =
      graph_of(lines, {}, {Direction::both, Direction::both, Direction::forward, Direction::both});
  CHECK(graph.edges_of(0).size() == 2);
  CHECK(graph.edges_of(0)[0].to == begin_of(graph, 0));
  CHECK(metres_between(graph, begin_of(graph, 3), end_of(graph, 2)) == Approx(300 + 500).margin(0.1));
}
