#include "reach/line_defects.hpp"

#include <limits>
#include <optional>
#include <span>

#include "network/dead_ends.hpp"
#include "network/overlaps.hpp"

namespace xiangtu::reach {

using network::DeadEnd;
using network::NearestPlace;
using network::NearMiss;
using network::NodeIx;

namespace {

// What a dead end is to be joined with.
struct Joint {
  NearestPlace to;
  NodeIx node;  // where the place is an end of its road; else none
  Gain gain;
};

class Joining {
 public:
  Joining(const RoadNetwork& network, const Gains& gains, std::span<const DeadEnd> ends)
      : network_(network), gains_(gains), ends_(ends) {}

  // misses: all of them, by end. An entry for each end.
  std::vector<std::optional<Joint>> joints(std::span<const NearMiss> misses) const {
    std::vector<std::optional<Joint>> joints(ends_.size());
    while (!misses.empty()) {
      std::size_t count = 1;
      while (count < misses.size() && misses[count].end == misses.front().end) ++count;
      joints[misses.front().end] = best_of(misses.first(count));
      misses = misses.subspan(count);
    }
    leave_one_of_pairs(joints);
    return joints;
  }

 private:
  // Of one end, the nearest first.
  std::optional<Joint> best_of(std::span<const NearMiss> misses) const {
    const DeadEnd& end = ends_[misses.front().end];
    const Gains::Side own = gains_.at(end.node);
    std::optional<Joint> best;
    for (const NearMiss& miss : misses) {
      const Gain gain = gains_.of_joining(own, gains_.at(miss.to.road, miss.to.place));
      if (miss.joined_nearby && !gain.is_any()) continue;
      if (best && !(gain.rank() > best->gain.rank())) continue;
      const bool is_nearest = &miss == &misses.front();
      if (!is_nearest && is_behind_road(network_.graph, network_.lines(), end, miss.to)) continue;
      best = Joint{miss.to, node_of(miss.to), gain};
    }
    return best;
  }

  NodeIx node_of(const NearestPlace& place) const {
    const auto edges = network_.graph.edges_of(place.road);
    return place.place == edges.front().begin ? edges.front().from
           : place.place == edges.back().end  ? edges.back().to
                                              : NodeIx::none();
  }

  // Two ends that are to be joined with each other are one defect, of the first of them.
  void leave_one_of_pairs(std::vector<std::optional<Joint>>& joints) const {
    std::vector<std::uint32_t> end_at(network_.graph.nodes().size(), NodeIx::none_value);
    for (std::uint32_t i = 0; i < ends_.size(); ++i) end_at[ends_[i].node.value] = i;
    for (std::uint32_t i = 0; i < ends_.size(); ++i) {
      if (!joints[i] || !joints[i]->node.exists()) continue;
      const std::uint32_t other = end_at[joints[i]->node.value];
      if (other != NodeIx::none_value && other < i && joints[other] && joints[other]->node == ends_[i].node)
        joints[i].reset();
    }
  }

  const RoadNetwork& network_;
  const Gains& gains_;
  std::span<const DeadEnd> ends_;
};

}  // namespace

std::vector<Defect> defects_of_ends(const RoadNetwork& network, const Gains& gains,
                                    const DefectOptions& options, Progress& progress) {
  const network::RoadGraph& graph = network.graph;
  const auto row_of = [&](std::uint32_t road) { return graph.roads().rows[road]; };
  const std::vector<DeadEnd> ends = dead_ends(graph, network.lines());
  const std::vector<NearMiss> misses =
      near_misses(graph, network.lines(), ends, {}, options.gap, progress);
  if (progress.stop_requested()) return {};
  const std::vector<std::optional<Joint>> joints = Joining(network, gains, ends).joints(misses);
  std::vector<Defect> defects;
  for (std::size_t i = 0; i < ends.size(); ++i)
    if (joints[i])
      defects.push_back({DefectKind::near_miss, ends[i].at,
                         position_of(network.lines(), joints[i]->to.place), row_of(ends[i].road),
                         row_of(joints[i]->to.road), joints[i]->to.distance.value, joints[i]->gain});
  for (const network::Overshoot& overshoot : overshoots(graph, network.lines(), ends, options.overshoot))
    if (!joints[overshoot.end])
      defects.push_back({DefectKind::overshoot,
                         ends[overshoot.end].at,
                         graph.nodes()[overshoot.crossing.value],
                         row_of(ends[overshoot.end].road),
                         row_of(overshoot.crossed),
                         overshoot.length.value,
                         {}});
  return defects;
}

std::vector<Defect> defects_of_stretches(const RoadNetwork& network, Metres tolerance, Progress& progress) {
  const network::RoadGraph& graph = network.graph;
  std::vector<Defect> defects;
  for (const network::Overlap& overlap :
       find_overlaps(network.lines(), graph.roads(), graph.runs(), {}, tolerance, progress))
    defects.push_back({overlap.is_all ? DefectKind::duplicate : DefectKind::overlap,
                       position_of(network.lines(), overlap.begin),
                       position_of(network.lines(), overlap.end),
                       graph.roads().rows[overlap.a],
                       graph.roads().rows[overlap.b],
                       overlap.length.value,
                       {}});
  return defects;
}

}  // namespace xiangtu::reach
