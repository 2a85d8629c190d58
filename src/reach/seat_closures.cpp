#include "reach/seat_closures.hpp"

#include <algorithm>
#include <limits>
#include <utility>

#include "base/parallel.hpp"
#include "network/components.hpp"
#include "network/local_search.hpp"
#include "network/repair.hpp"
#include "network/way_tree.hpp"
#include "reach/ways.hpp"

namespace xiangtu::reach {

using network::EdgeIx;
using network::Foothold;
using network::LocalSearch;
using network::NodeIx;
using network::Repair;
using network::WayTree;

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double least_step_m = 1000;
constexpr std::size_t townships_per_task = 4;
constexpr std::uint32_t no_group = std::numeric_limits<std::uint32_t>::max();

struct GroupEffect {
  std::uint32_t group;
  ClosureEffect effect;
};

// What all townships share.
struct Scan {
  const RoadNetwork& network;
  const Villages& villages;
  const network::EdgeGroups& groups;
  const EffectSum& sum;
  std::vector<std::uint8_t> open;       // by edge
  std::vector<std::uint32_t> group_of;  // by edge; no_group
  network::Components components;
  network::CutGroups cuts;

  Scan(const RoadNetwork& of, const Villages& asked, const network::EdgeGroups& bridges,
       const EffectSum& effects)
      : network(of),
        villages(asked),
        groups(bridges),
        sum(effects),
        open(of.open_edges(what_is_sure)),
        group_of(of.graph.edges().size(), no_group),
        components(of.graph, open),
        cuts(of.graph, open, bridges) {
    for (std::uint32_t group = 0; group < groups.size(); ++group)
      for (const EdgeIx edge : groups[group]) group_of[edge.value] = group;
  }
  bool is_open(EdgeIx edge) const { return open[edge.value] != 0; }
};

// The closures that one township feels. One per thread.
class TownshipScan {
 public:
  explicit TownshipScan(const Scan& scan)
      : scan_(scan),
        search_(scan.network.graph),
        tree_(scan.network.graph),
        repair_(scan.network.graph, tree_) {}

  std::vector<GroupEffect> run(const Township& township, const Progress& progress) {
    search_ways(township);
    std::vector<GroupEffect> effects;
    std::vector<std::uint32_t> pending = groups_on_ways();
    while (!pending.empty() && !progress.stop_requested()) {
      double further = 0;  // how far the search must go for those that are left
      std::erase_if(pending, [&](std::uint32_t group) {
        GroupEffect felt{group, {}};
        const double needed = close(township, group, felt.effect);
        further = std::max(further, needed);
        if (needed == 0) effects.push_back(std::move(felt));
        return needed == 0;
      });
      if (pending.empty()) break;
      search_.settle_within(further, [&](EdgeIx edge) { return scan_.is_open(edge); });
      lay_out();
    }
    return effects;
  }

 private:
  // From the seat to the villages that hang together with it.
  void search_ways(const Township& township) {
    std::vector<NodeIx> targets;
    connected_.clear();
    direct_m_.clear();
    before_m_.clear();
    if (!township.foothold.exists()) return;
    const auto component = scan_.components.of(township.foothold.nodes[0]);
    for (const std::uint32_t village : township.villages) {
      const Foothold& foothold = scan_.villages.footholds[village];
      if (!foothold.exists() || scan_.components.of(foothold.nodes[0]) != component) continue;
      if (scan_.villages.place(village) == township.seat) continue;
      for (const NodeIx node : foothold.nodes)
        if (node.exists()) targets.push_back(node);
      connected_.push_back(village);
      direct_m_.push_back(metres_along_edge(scan_.network.graph, foothold, township.foothold));
    }
    search_.begin(starts_to(township.foothold));
    search_.settle(targets, [&](EdgeIx edge) { return scan_.is_open(edge); });
    lay_out();
    const auto metres_of = [&](NodeIx node) { return search_.metres(node); };
    for (std::size_t i = 0; i < connected_.size(); ++i)
      before_m_.push_back(
          std::min(direct_m_[i], metres_from(scan_.villages.footholds[connected_[i]], metres_of)));
  }

  void lay_out() {
    tree_.assign(
        search_.settled(), [&](NodeIx node) { return search_.metres(node); },
        [&](NodeIx node) { return search_.back(node); });
  }

  // Of each village the nearer of its nodes, and so on back to the seat; a node that was passed is not passed
  // again.
  std::vector<std::uint32_t> groups_on_ways() {
    std::vector<std::uint32_t> groups;
    passed_.assign(tree_.size(), 0);
    for (const std::uint32_t village : connected_)
      for (NodeIx node : scan_.villages.footholds[village].nodes)
        while (node.exists() && tree_.has(node) &&
               std::exchange(passed_[tree_.position_of(node)], std::uint8_t{1}) == 0) {
          const network::Arc back = search_.back(node);
          if (back.edge.exists() && scan_.group_of[back.edge.value] != no_group)
            groups.push_back(scan_.group_of[back.edge.value]);
          node = back.to;
        }
    std::sort(groups.begin(), groups.end());
    groups.erase(std::unique(groups.begin(), groups.end()), groups.end());
    return groups;
  }

  // 0 when the effect is complete; else how far the search must go at least.
  double close(const Township& township, std::uint32_t group, ClosureEffect& effect) {
    repair_.without(scan_.groups[group], scan_.open);
    const auto metres_of = [&](NodeIx node) { return tree_.has(node) ? repair_.metres(node) : infinity; };
    const double radius = search_.radius();
    double needed = 0;
    for (std::size_t i = 0; i < connected_.size(); ++i) {
      const Foothold& foothold = scan_.villages.footholds[connected_[i]];
      if (before_m_[i] == infinity || !is_touched(foothold)) continue;
      double after_m = std::min(direct_m_[i], metres_from(foothold, metres_of));
      if (after_m > radius) {  // a shorter way may lead through what is not settled yet
        if (scan_.cuts.parts(group, township.foothold.nodes[0], foothold.nodes[0]))
          after_m = infinity;
        else
          needed = std::max(needed, std::isinf(after_m) ? std::max(2 * radius, least_step_m) : after_m);
      }
      scan_.sum.add(effect, connected_[i], before_m_[i], after_m);
    }
    if (needed == 0) EffectSum::finish(effect);
    return needed;
  }

  bool is_touched(const Foothold& foothold) const {
    return std::any_of(foothold.nodes.begin(), foothold.nodes.end(), [&](NodeIx node) {
      return node.exists() && tree_.has(node) && repair_.is_behind(node);
    });
  }

  const Scan& scan_;
  LocalSearch search_;
  WayTree tree_;
  Repair repair_;
  std::vector<std::uint32_t> connected_;  // villages
  std::vector<double> direct_m_;          // of each of them: along the seat's own edge; infinite for others
  std::vector<double> before_m_;          // its way while all is open
  std::vector<std::uint8_t> passed_;
};

}  // namespace

std::vector<ClosureEffect> seat_closures(const RoadNetwork& network, const Villages& villages,
                                         std::span<const Township> townships,
                                         const network::EdgeGroups& groups, const EffectSum& sum,
                                         Progress& progress) {
  const Scan scan(network, villages, groups, sum);
  std::vector<std::vector<GroupEffect>> felt(townships.size());
  PerThread<TownshipScan> scans([&] { return TownshipScan(scan); });
  progress.begin("closing bridges on the ways to seats", townships.size());
  parallel_for(townships.size(), townships_per_task, progress, [&](std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) felt[i] = scans.local().run(townships[i], progress);
    progress.advance(end - begin);
  });
  std::vector<ClosureEffect> effects(groups.size());
  for (const std::vector<GroupEffect>& township : felt)
    for (const GroupEffect& one : township) EffectSum::add(effects[one.group], one.effect);
  for (ClosureEffect& effect : effects) EffectSum::finish(effect);
  return effects;
}

}  // namespace xiangtu::reach
