#include "reach/line_defects.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <tuple>

#include "geodesy/measure.hpp"
#include "network/dead_ends.hpp"
#include "network/overlaps.hpp"

namespace xiangtu::reach {

using network::DeadEnd;
using network::NearestPlace;
using network::NearMiss;

namespace {

// What a dead end is to be joined with.
struct Joint {
  NearestPlace to;
  Gain gain;
  bool is_listed = true;  // else the end beside it tells of it
};

class Joining {
 public:
  Joining(const RoadNetwork& network, const Gains& gains, std::span<const DeadEnd> ends, Metres within)
      : network_(network), gains_(gains), ends_(ends), within_(within) {}

  // misses: all of them, by end. An entry for each end.
  std::vector<std::optional<Joint>> joints(std::span<const NearMiss> misses) const {
    std::vector<std::optional<Joint>> joints(ends_.size());
    while (!misses.empty()) {
      std::size_t count = 1;
      while (count < misses.size() && misses[count].end == misses.front().end) ++count;
      joints[misses.front().end] = best_of(misses.first(count));
      misses = misses.subspan(count);
    }
    list_one_of_pairs(joints);
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
      best = Joint{miss.to, gain, true};
    }
    return best;
  }

  // Two ends side by side, each of which is to be joined with the other's road, are one defect: the one that
  // gains more, then the shorter, then the first.
  void list_one_of_pairs(std::vector<std::optional<Joint>>& joints) const {
    std::vector<std::uint32_t> first_of(network_.graph.roads().size() + 1, 0);  // the ends of each road
    for (const DeadEnd& end : ends_) ++first_of[end.road + 1];
    for (std::size_t road = 0; road + 1 < first_of.size(); ++road) first_of[road + 1] += first_of[road];
    const auto comes_first = [&](std::uint32_t a, std::uint32_t b) {
      if (joints[a]->gain.rank() != joints[b]->gain.rank())
        return joints[a]->gain.rank() > joints[b]->gain.rank();
      return std::tie(joints[a]->to.distance, a) < std::tie(joints[b]->to.distance, b);
    };
    for (std::uint32_t i = 0; i < ends_.size(); ++i) {
      if (!joints[i]) continue;
      const std::uint32_t road = joints[i]->to.road;
      for (std::uint32_t j = first_of[road]; j < first_of[road + 1]; ++j)
        if (joints[j] && joints[j]->to.road == ends_[i].road && is_beside(ends_[i], ends_[j]) &&
            comes_first(j, i))
          joints[i]->is_listed = false;
    }
  }
  bool is_beside(const DeadEnd& a, const DeadEnd& b) const {
    return geodesy::distance(a.at, b.at) <= within_;
  }

  const RoadNetwork& network_;
  const Gains& gains_;
  std::span<const DeadEnd> ends_;
  Metres within_;
};

}  // namespace

std::vector<Defect> defects_of_ends(const RoadNetwork& network, const Gains& gains,
                                    std::span<const std::int8_t> levels, const DefectOptions& options,
                                    Progress& progress) {
  const network::RoadGraph& graph = network.graph;
  const auto row_of = [&](std::uint32_t road) { return graph.roads().rows[road]; };
  const std::vector<DeadEnd> ends = dead_ends(graph, network.lines());
  const std::vector<NearMiss> misses =
      near_misses(graph, network.lines(), ends, levels, options.gap, progress);
  if (progress.stop_requested()) return {};
  const std::vector<std::optional<Joint>> joints = Joining(network, gains, ends, options.gap).joints(misses);
  std::vector<Defect> defects;
  for (std::size_t i = 0; i < ends.size(); ++i)
    if (joints[i] && joints[i]->is_listed)
      defects.push_back({DefectKind::near_miss, ends[i].at, position_of(network.lines(), joints[i]->to.place),
                         row_of(ends[i].road), row_of(joints[i]->to.road), joints[i]->to.distance.value,
                         joints[i]->gain});
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

std::vector<Defect> defects_of_stretches(const RoadNetwork& network, std::span<const std::int8_t> levels,
                                         Metres tolerance, Progress& progress) {
  const network::RoadGraph& graph = network.graph;
  std::vector<Defect> defects;
  for (const network::Overlap& overlap :
       find_overlaps(network.lines(), graph.roads(), graph.runs(), levels, tolerance, progress))
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
