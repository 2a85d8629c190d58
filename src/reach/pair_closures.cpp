#include "reach/pair_closures.hpp"

#include <algorithm>
#include <limits>
#include <utility>

#include "base/parallel.hpp"

namespace xiangtu::reach {

using network::EdgeIx;
using network::NodeIx;
using network::Repair;

namespace {

constexpr std::uint32_t no_group = std::numeric_limits<std::uint32_t>::max();
constexpr std::size_t bridges_per_task = 16;

// What one closure alone does: the new ways of the villages that it touches, by village.
struct Alone {
  struct Way {
    std::uint32_t village;
    double metres;
  };
  std::vector<Way> ways;
  std::vector<std::uint32_t> next_groups;  // those on the new ways, ascending

  // As it was where the closure does not touch it.
  double metres(std::uint32_t village, double before) const {
    const auto at = std::lower_bound(ways.begin(), ways.end(), village,
                                     [](const Way& way, std::uint32_t asked) { return way.village < asked; });
    return at == ways.end() || at->village != village ? before : at->metres;
  }
};

class PairSearch {
 public:
  PairSearch(const TrunkScan& scan, const network::EdgeGroups& groups, std::span<const std::uint32_t> asked)
      : scan_(scan), groups_(groups), group_of_(scan.network().graph.edges().size(), no_group) {
    for (const std::uint32_t group : asked)
      for (const EdgeIx edge : groups[group]) group_of_[edge.value] = group;
  }

  // passed: by position of the tree, all 0, and so again after.
  Alone alone(std::uint32_t group, Repair& repair, std::vector<std::uint8_t>& passed) const {
    Alone found;
    repair.without(groups_[group], scan_.open());
    std::vector<std::uint32_t> trail;
    scan_.for_touched(repair, [&](std::uint32_t village) {
      found.ways.push_back({village, scan_.metres_after(village, repair)});
      for (const NodeIx node : scan_.villages().footholds[village].nodes)
        follow(node, repair, passed, trail, found.next_groups);
    });
    for (const std::uint32_t position : trail) passed[position] = 0;
    std::sort(found.ways.begin(), found.ways.end(),
              [](const Alone::Way& a, const Alone::Way& b) { return a.village < b.village; });
    std::sort(found.next_groups.begin(), found.next_groups.end());
    found.next_groups.erase(std::unique(found.next_groups.begin(), found.next_groups.end()),
                            found.next_groups.end());
    return found;
  }

 private:
  // Along the new way to the trunk, until where another passed before.
  void follow(NodeIx node, const Repair& repair, std::vector<std::uint8_t>& passed,
              std::vector<std::uint32_t>& trail, std::vector<std::uint32_t>& groups) const {
    const network::WayTree& tree = scan_.tree();
    while (node.exists() && tree.has(node) && repair.metres(node) < std::numeric_limits<double>::infinity()) {
      const std::uint32_t position = tree.position_of(node);
      if (std::exchange(passed[position], std::uint8_t{1}) != 0) return;
      trail.push_back(position);
      const network::Arc next = repair.next(node);
      if (next.edge.exists() && group_of_[next.edge.value] != no_group)
        groups.push_back(group_of_[next.edge.value]);
      node = next.to;
    }
  }

  const TrunkScan& scan_;
  const network::EdgeGroups& groups_;
  std::vector<std::uint32_t> group_of_;  // by edge; of those that are asked for
};

// What both together do beyond either alone.
ClosureEffect together(const TrunkScan& scan, const network::EdgeGroups& groups, std::uint32_t a,
                       std::uint32_t b, const Alone& alone_a, const Alone& alone_b, const EffectSum& sum,
                       Repair& repair) {
  std::vector<EdgeIx> closed(groups[a].begin(), groups[a].end());
  closed.insert(closed.end(), groups[b].begin(), groups[b].end());
  repair.without(closed, scan.open());
  ClosureEffect effect;
  scan.for_touched(repair, [&](std::uint32_t village) {
    const double before = scan.metres_before(village);
    const double worse = std::max({before, alone_a.metres(village, before), alone_b.metres(village, before)});
    sum.add(effect, village, worse, scan.metres_after(village, repair));
  });
  EffectSum::finish(effect);
  return effect;
}

}  // namespace

std::vector<GroupPair> pair_closures(const TrunkScan& scan, const network::EdgeGroups& groups,
                                     std::span<const std::uint32_t> asked, const EffectSum& sum,
                                     Progress& progress) {
  const PairSearch search(scan, groups, asked);
  std::vector<Alone> alone(asked.size());
  PerThread<Repair> repairs([&] { return Repair(scan.network().graph, scan.tree()); });
  PerThread<std::vector<std::uint8_t>> passed([&] { return std::vector<std::uint8_t>(scan.tree().size()); });
  progress.begin("looking for pairs of bridges", asked.size());
  parallel_for(asked.size(), bridges_per_task, progress, [&](std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i)
      alone[i] = search.alone(asked[i], repairs.local(), passed.local());
  });
  std::vector<GroupPair> pairs;
  std::vector<std::pair<std::size_t, std::size_t>> members;  // of each pair: positions in asked
  const auto place_of = [&](std::uint32_t group) {
    return static_cast<std::size_t>(std::lower_bound(asked.begin(), asked.end(), group) - asked.begin());
  };
  for (std::size_t i = 0; i < asked.size(); ++i)
    for (const std::uint32_t other : alone[i].next_groups) {
      const std::size_t j = place_of(other);
      members.push_back(std::minmax({i, j}));
    }
  std::sort(members.begin(), members.end());
  members.erase(std::unique(members.begin(), members.end()), members.end());
  for (const auto& [i, j] : members) pairs.push_back({asked[i], asked[j], {}});
  progress.begin("closing pairs of bridges", pairs.size());
  parallel_for(pairs.size(), bridges_per_task, progress, [&](std::size_t begin, std::size_t end) {
    for (std::size_t pair = begin; pair < end; ++pair)
      pairs[pair].effect =
          together(scan, groups, pairs[pair].first, pairs[pair].second, alone[members[pair].first],
                   alone[members[pair].second], sum, repairs.local());
    progress.advance(end - begin);
  });
  std::erase_if(pairs, [](const GroupPair& pair) { return !pair.effect.is_felt(); });
  return pairs;
}

}  // namespace xiangtu::reach
