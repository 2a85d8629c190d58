// The search against rounds over all edges until nothing gets better.
#include "network/shortest_distances.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <limits>
#include <vector>

#include "support/drawn_geometry.hpp"

using namespace xiangtu;
using namespace xiangtu::network;
using table::GeometryColumn;
using table::GeometryKind;
using tests::Random;

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

std::vector<double> slow_distances(const RoadGraph& graph, const std::vector<Start>& starts,
                                   const std::vector<char>& open, double limit_m) {
  std::vector<double> metres(graph.nodes().size(), infinity);
  for (const Start& start : starts)
    if (start.distance_m <= limit_m)
      metres[start.node.value] = std::min(metres[start.node.value], start.distance_m);
  for (bool better = true; better;) {
    better = false;
    for (std::size_t i = 0; i < graph.edges().size(); ++i) {
      if (!open[i]) continue;
      const Edge& edge = graph.edges()[i];
      for (const auto& [from, to] : {std::pair{edge.from, edge.to}, {edge.to, edge.from}}) {
        const double there = metres[from.value] + graph.lengths_m()[i];
        if (there <= limit_m && there < metres[to.value]) {
          metres[to.value] = there;
          better = true;
        }
      }
    }
  }
  return metres;
}

}  // namespace

TEST_CASE("distances are the least sums of lengths, and the way back has them", "[network]") {
  Random random(3);
  for (int round = 0; round < 200; ++round) {
    INFO("round " << round);
    GeometryColumn lines(GeometryKind::line);
    const auto& lattice = random.chance(0.5) ? tests::lattices::county : tests::lattices::medium;
    for (int row = random.whole(1, 60); row > 0; --row)
      tests::add_feature(lines, {lattice.draw(random), lattice.draw(random)});
    Progress progress;
    const RoadGraph graph = RoadGraph::build(lines, {}, {}, {}, progress).value();
    std::vector<char> open(graph.edges().size());
    for (char& each : open) each = random.chance(0.7);
    std::vector<Start> starts;
    for (int i = random.whole(0, 4); i > 0; --i)
      starts.push_back(
          {NodeIx{static_cast<std::size_t>(random.whole(0, static_cast<int>(graph.nodes().size()) - 1))},
           random.chance(0.5) ? 0 : random.between(0, 3000)});
    const double limit_m = random.chance(0.5) ? infinity : random.between(0, 20000);
    const auto is_open = [&](EdgeIx edge) { return open[edge.value] != 0; };
    const Distances found = shortest_distances(graph, starts, is_open, progress, limit_m);
    CHECK(found.metres == slow_distances(graph, starts, open, limit_m));
    for (std::size_t node = 0; node < graph.nodes().size(); ++node) {
      const Arc back = found.back[node];
      if (!back.edge.exists()) continue;
      CHECK(open[back.edge.value]);
      CHECK(found.metres[back.to.value] + graph.lengths_m()[back.edge.value] == found.metres[node]);
    }
  }
}
