#include "reach/ways.hpp"

#include <algorithm>
#include <limits>

#include "base/parallel.hpp"
#include "network/local_search.hpp"
#include "network/shortest_distances.hpp"
#include "network/way_line.hpp"

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

// From one seat to the villages of its township.
struct SeatSearch {
  const RoadNetwork& network;
  const Villages& villages;
  const network::Components& components;
  std::span<const std::uint8_t> open;

  void measure(const Township& township, network::LocalSearch& search, std::span<double> metres,
               std::vector<WayLine>* lines) const {
    search.begin(starts_to(township.foothold));
    search.settle(targets_of(township), [&](EdgeIx edge) { return open[edge.value] != 0; });
    const auto metres_of = [&](NodeIx node) { return search.metres(node); };
    for (const std::uint32_t village : township.villages) {
      const Foothold& foothold = villages.footholds[village];
      const double around = metres_from(foothold, metres_of);
      const double direct = metres_along_edge(network.graph, foothold, township.foothold);
      const bool is_seat = villages.has_place(village) && villages.place(village) == township.seat;
      metres[village] = is_seat ? 0 : std::min(direct, around);
      if (!lines || metres[village] == infinity) continue;
      WayLine& line = (*lines)[village];
      line.push_back(villages.place(village));
      if (is_seat) continue;
      if (direct <= around)
        network::append_stretch(network.lines(), foothold.place, township.foothold.place, line);
      else
        append_way_to_seat(township, foothold, search, line);
      line.push_back(township.seat);
    }
  }

 private:
  std::vector<NodeIx> targets_of(const Township& township) const {
    std::vector<NodeIx> targets;
    if (!township.foothold.exists()) return targets;
    const auto component = components.of(township.foothold.nodes[0]);
    for (const std::uint32_t village : township.villages) {
      const Foothold& foothold = villages.footholds[village];
      if (!foothold.exists() || components.of(foothold.nodes[0]) != component) continue;
      for (const NodeIx node : foothold.nodes)
        if (node.exists()) targets.push_back(node);
    }
    return targets;
  }

  void append_way_to_seat(const Township& township, const Foothold& foothold,
                          const network::LocalSearch& search, WayLine& line) const {
    const auto back_of = [&](NodeIx node) { return search.back(node); };
    const std::size_t over = network::nearer_node(foothold, [&](NodeIx node) { return search.metres(node); });
    network::append_way(network.lines(), network.graph, foothold, over, back_of, line);
    NodeIx last = foothold.nodes[over];
    while (back_of(last).edge.exists()) last = back_of(last).to;
    if (!township.foothold.edge.exists()) return;
    const network::Edge& edge = network.graph[township.foothold.edge];
    network::append_stretch(network.lines(), last == edge.from ? edge.begin : edge.end,
                            township.foothold.place, line);
  }
};

}  // namespace

std::vector<double> metres_to_trunk(const RoadNetwork& network, const Villages& villages,
                                    std::span<const std::uint8_t> open, std::vector<WayLine>* lines,
                                    const Progress& progress) {
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
    const bool at_trunk = is_trunk(foothold.edge);
    metres[i] = at_trunk ? foothold.access.value : metres_from(foothold, metres_of);
    if (!lines || metres[i] == infinity) continue;
    WayLine& line = (*lines)[i];
    line.push_back(villages.place(i));
    if (at_trunk)
      network::append_stretch(network.lines(), foothold.place, foothold.place, line);
    else
      network::append_way(
          network.lines(), network.graph, foothold, network::nearer_node(foothold, metres_of),
          [&](NodeIx node) { return distances.back[node.value]; }, line);
  }
  return metres;
}

std::vector<double> metres_to_seats(const RoadNetwork& network, const Villages& villages,
                                    std::span<const Township> townships, std::span<const std::uint8_t> open,
                                    std::vector<WayLine>* lines, Progress& progress) {
  const network::Components components(network.graph, open);
  std::vector<double> metres(villages.size(), infinity);
  progress.begin("searching from township seats", townships.size());
  const SeatSearch search{network, villages, components, open};
  PerThread<network::LocalSearch> searches([&] { return network::LocalSearch(network.graph); });
  parallel_for(townships.size(), townships_per_task, progress, [&](std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) search.measure(townships[i], searches.local(), metres, lines);
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
