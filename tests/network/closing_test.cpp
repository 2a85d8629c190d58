// Searches that are cut short, taken up again and mended, against searches of the whole graph.
#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <vector>

#include "network/components.hpp"
#include "network/cut_groups.hpp"
#include "network/local_search.hpp"
#include "network/repair.hpp"
#include "network/shortest_distances.hpp"
#include "network/way_tree.hpp"
#include "support/drawn_geometry.hpp"

using namespace xiangtu;
using namespace xiangtu::network;
using table::GeometryColumn;
using table::GeometryKind;
using tests::Random;

namespace {

struct Drawn {
  RoadGraph graph;
  std::vector<std::uint8_t> open;
  EdgeGroups groups;  // of one to three edges, apart

  NodeIx node(Random& random) const {
    return NodeIx(static_cast<std::size_t>(random.whole(0, static_cast<int>(graph.nodes().size()) - 1)));
  }
  std::vector<std::uint8_t> without(std::size_t group) const {
    std::vector<std::uint8_t> left = open;
    for (const EdgeIx edge : groups[group]) left[edge.value] = 0;
    return left;
  }
  Distances search(std::span<const Start> starts, const std::vector<std::uint8_t>& through) const {
    return shortest_distances(
        graph, starts, [&](EdgeIx edge) { return through[edge.value] != 0; }, Progress{});
  }
};

Drawn draw(Random& random, bool one_way = false) {
  GeometryColumn lines(GeometryKind::line);
  std::vector<Direction> directions;
  const auto& lattice = tests::lattices::county;
  const auto within = [&](int whole, int most) { return std::clamp(whole, 0, most); };
  for (int row = random.whole(30, 130); row > 0; --row) {
    const int x = random.whole(0, lattice.columns), y = random.whole(0, lattice.rows);
    tests::add_feature(lines, {lattice.at(x, y), lattice.at(within(x + random.whole(-2, 2), lattice.columns),
                                                            within(y + random.whole(-2, 2), lattice.rows))});
    if (one_way) directions.push_back(static_cast<Direction>(random.chance(0.6) ? 0 : random.whole(1, 2)));
  }
  Progress progress;
  Drawn drawn{RoadGraph::build(lines, {}, {}, {}, progress, directions).value(), {}, {}};
  const std::size_t edges = drawn.graph.edges().size();
  std::vector<EdgeIx> free;
  for (std::size_t edge = 0; edge < edges; ++edge) {
    drawn.open.push_back(random.chance(0.93));
    free.insert(free.begin() + random.whole(0, static_cast<int>(free.size())), EdgeIx(edge));
  }
  while (free.size() > edges / 2) {
    for (int i = random.chance(0.7) ? 1 : random.whole(2, 3); i > 0 && !free.empty(); --i) {
      drawn.groups.edges.push_back(free.back());
      free.pop_back();
    }
    drawn.groups.begin.push_back(static_cast<std::uint32_t>(drawn.groups.edges.size()));
  }
  return drawn;
}

}  // namespace

TEST_CASE("components are what a search reaches", "[network]") {
  Random random(4);
  for (int round = 0; round < 60; ++round) {
    const Drawn drawn = draw(random);
    const Components components(drawn.graph, drawn.open);
    const NodeIx start = drawn.node(random);
    const Distances found = drawn.search(std::vector<Start>{{start, 0}}, drawn.open);
    for (std::size_t node = 0; node < drawn.graph.nodes().size(); ++node)
      CHECK((components.of(NodeIx(node)) == components.of(start)) == found.reached(NodeIx(node)));
  }
}

TEST_CASE("a group parts what a search without it no longer reaches", "[network]") {
  Random random(5);
  int parted = 0;
  for (int round = 0; round < 60; ++round) {
    const Drawn drawn = draw(random);
    const CutGroups cuts(drawn.graph, drawn.open, drawn.groups);
    const NodeIx start = drawn.node(random);
    const std::vector<Start> starts{{start, 0}};
    const Distances before = drawn.search(starts, drawn.open);
    for (std::size_t group = 0; group < drawn.groups.size(); ++group) {
      const Distances after = drawn.search(starts, drawn.without(group));
      for (std::size_t node = 0; node < drawn.graph.nodes().size(); ++node) {
        if (!before.reached(NodeIx(node))) continue;
        INFO("round " << round << ", group " << group << ", node " << node);
        CHECK(cuts.parts(group, start, NodeIx(node)) == !after.reached(NodeIx(node)));
        parted += !after.reached(NodeIx(node));
      }
    }
  }
  CHECK(parted > 500);
}

TEST_CASE("a repair has the distances of a new search", "[network]") {
  Random random(6);
  int changed = 0;
  for (int round = 0; round < 60; ++round) {
    const Drawn drawn = draw(random, round % 2 == 1);
    std::vector<Start> starts;
    for (int i = random.whole(1, 3); i > 0; --i)
      starts.push_back({drawn.node(random), random.between(0, 900)});
    WayTree tree(drawn.graph);
    tree.assign(drawn.search(starts, drawn.open));
    Repair repair(drawn.graph, tree);
    for (std::size_t group = 0; group < drawn.groups.size(); ++group) {
      repair.without(drawn.groups[group], drawn.open);
      const Distances after = drawn.search(starts, drawn.without(group));
      for (std::uint32_t position = 0; position < tree.size(); ++position) {
        const NodeIx node = tree.node_at(position);
        INFO("round " << round << ", group " << group << ", node " << node.value);
        if (after.reached(node))
          CHECK(repair.metres(node) == Approx(after.metres[node.value]));
        else
          CHECK(std::isinf(repair.metres(node)));
        changed += !(repair.metres(node) == tree.metres_at(position));
        if (!repair.is_behind(node)) CHECK(repair.metres(node) == tree.metres_at(position));
      }
    }
  }
  CHECK(changed > 500);
}

TEST_CASE("a local search settles its targets, goes on, and forgets", "[network]") {
  Random random(7);
  for (int round = 0; round < 60; ++round) {
    const Drawn drawn = draw(random, round % 2 == 1);
    const auto is_open = [&](EdgeIx edge) { return drawn.open[edge.value] != 0; };
    LocalSearch search(drawn.graph);
    for (int again = 0; again < 4; ++again) {
      const std::vector<Start> starts{{drawn.node(random), 0}, {drawn.node(random), 100}};
      const Distances found = drawn.search(starts, drawn.open);
      const std::vector<NodeIx> targets{drawn.node(random), drawn.node(random), starts[0].node};
      search.begin(starts);
      search.settle(targets, is_open);
      for (const NodeIx target : targets) CHECK(search.metres(target) == found.metres[target.value]);
      const auto check_settled = [&] {
        for (std::size_t node = 0; node < drawn.graph.nodes().size(); ++node) {
          const bool settled = search.is_settled(NodeIx(node));
          if (settled) CHECK(search.metres(NodeIx(node)) == found.metres[node]);
          if (found.metres[node] < search.radius()) CHECK(settled == found.reached(NodeIx(node)));
        }
      };
      check_settled();
      search.settle_within(search.radius() + 2000, is_open);
      check_settled();
    }
  }
}
