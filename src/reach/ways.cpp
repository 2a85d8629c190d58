#include "reach/ways.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/parallel.hpp"
#include "network/local_search.hpp"
#include "network/shortest_distances.hpp"

namespace xiangtu::reach {

using geodesy::LonLat;
using network::ComponentIx;
using network::EdgeIx;
using network::Foothold;
using network::NodeIx;
using network::Start;

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr std::size_t villages_per_task = 256, townships_per_task = 4;

void measure_township(const Township& township, const Villages& villages,
                      const network::Components& components, std::span<const std::uint8_t> open,
                      network::LocalSearch& search, std::span<double> metres) {
  const auto hangs_together = [&](const Foothold& foothold) {
    return foothold.exists() && components.of(foothold.nodes[0]) == components.of(township.foothold.nodes[0]);
  };
  std::vector<NodeIx> targets;
  if (township.foothold.exists())
    for (const std::uint32_t village : township.villages)
      if (const Foothold& foothold = villages.footholds[village]; hangs_together(foothold))
        for (const NodeIx node : foothold.nodes)
          if (node.exists()) targets.push_back(node);
  search.begin(starts_at(township.foothold));
  search.settle(targets, [&](EdgeIx edge) { return open[edge.value] != 0; });
  for (const std::uint32_t village : township.villages) {
    const Foothold& foothold = villages.footholds[village];
    if (villages.has_place(village) && villages.place(village) == township.seat)
      metres[village] = 0;
    else if (foothold.exists())
      metres[village] = std::min(along_one_edge(foothold, township.foothold),
                                 metres_from(foothold, [&](NodeIx node) { return search.metres(node); }));
  }
}

}  // namespace

std::vector<Start> starts_at(const Foothold& foothold) {
  std::vector<Start> starts;
  for (std::size_t i = 0; i < foothold.nodes.size(); ++i)
    if (foothold.nodes[i].exists()) starts.push_back({foothold.nodes[i], foothold.metres[i]});
  return starts;
}

// Between two positions that stand on one edge, along it; infinite for others.
double along_one_edge(const Foothold& a, const Foothold& b) {
  if (!a.edge.exists() || a.edge != b.edge) return infinity;
  return a.access.value + b.access.value + std::abs(a.from_begin.value - b.from_begin.value);
}

std::vector<double> metres_to_trunk(const RoadNetwork& network, const Villages& villages,
                                    std::span<const std::uint8_t> open, const Progress& progress) {
  std::vector<Start> starts;
  for (const NodeIx node : network.trunk_nodes(what_is_sure)) starts.push_back({node, 0});
  const network::Distances distances = network::shortest_distances(
      network.graph, starts, [&](EdgeIx edge) { return open[edge.value] != 0; }, progress);
  const auto metres_of = [&](NodeIx node) { return distances.metres[node.value]; };
  const auto is_trunk = [&](EdgeIx edge) {
    return edge.exists() && network.trunk[network.graph[edge].row.value] == Counts::yes;
  };
  std::vector<double> metres(villages.size());
  for (std::size_t i = 0; i < metres.size(); ++i) {
    const Foothold& foothold = villages.footholds[i];
    metres[i] = is_trunk(foothold.edge) ? foothold.access.value : metres_from(foothold, metres_of);
  }
  return metres;
}

std::vector<double> metres_to_seats(const RoadNetwork& network, const Villages& villages,
                                    std::span<const Township> townships, std::span<const std::uint8_t> open,
                                    Progress& progress) {
  const network::Components components(network.graph, open);
  std::vector<double> metres(villages.size(), infinity);
  progress.begin("searching from township seats", townships.size());
  PerThread<network::LocalSearch> searches([&] { return network::LocalSearch(network.graph); });
  parallel_for(townships.size(), townships_per_task, progress, [&](std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i)
      measure_township(townships[i], villages, components, open, searches.local(), metres);
    progress.advance(end - begin);
  });
  return metres;
}

PossibleWays::PossibleWays(const RoadNetwork& network, const Footing& footing)
    : network_(network), footing_(footing), components_(network.graph, network.open_edges(what_may_be)) {}

std::vector<ComponentIx> PossibleWays::components_at(LonLat position, const Foothold& own) const {
  std::vector<ComponentIx> components;
  if (own.exists()) components.push_back(components_.of(own.nodes[0]));
  for (const NodeIx node : footing_.doubtful(position, own)) components.push_back(components_.of(node));
  std::sort(components.begin(), components.end());
  return components;
}

std::vector<std::uint8_t> PossibleWays::to_trunk(const Villages& villages, std::span<const double> metres,
                                                 const Progress& progress) const {
  std::vector<std::uint8_t> has_trunk(components_.size()), possible(villages.size());
  for (const NodeIx node : network_.trunk_nodes(what_may_be)) has_trunk[components_.of(node).value] = 1;
  parallel_for(villages.size(), villages_per_task, progress, [&](std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) {
      if (metres[i] < infinity || !villages.has_place(i)) continue;
      const auto components = components_at(villages.place(i), villages.footholds[i]);
      possible[i] = std::any_of(components.begin(), components.end(),
                                [&](ComponentIx component) { return has_trunk[component.value] != 0; });
    }
  });
  return possible;
}

std::vector<std::uint8_t> PossibleWays::to_seats(const Villages& villages,
                                                 std::span<const Township> townships,
                                                 std::span<const double> metres,
                                                 const Progress& progress) const {
  std::vector<std::uint8_t> possible(villages.size());
  parallel_for(townships.size(), townships_per_task, progress, [&](std::size_t begin, std::size_t end) {
    for (const Township& township : townships.subspan(begin, end - begin)) {
      const auto seat = components_at(township.seat, township.foothold);
      for (const std::uint32_t i : township.villages) {
        if (metres[i] < infinity || !villages.has_place(i)) continue;
        const auto own = components_at(villages.place(i), villages.footholds[i]);
        possible[i] = std::any_of(own.begin(), own.end(), [&](ComponentIx component) {
          return std::binary_search(seat.begin(), seat.end(), component);
        });
      }
    }
  });
  return possible;
}

}  // namespace xiangtu::reach
