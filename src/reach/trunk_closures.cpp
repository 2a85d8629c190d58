#include "reach/trunk_closures.hpp"

#include "base/parallel.hpp"

namespace xiangtu::reach {

using network::Repair;

namespace {

constexpr std::size_t bridges_per_task = 64;

}  // namespace

std::vector<ClosureEffect> trunk_closures(const TrunkScan& scan, const network::EdgeGroups& groups,
                                          const EffectSum& sum, Progress& progress) {
  std::vector<ClosureEffect> effects(groups.size());
  PerThread<Repair> repairs([&] { return Repair(scan.network().graph, scan.tree()); });
  progress.begin("closing bridges", groups.size());
  parallel_for(groups.size(), bridges_per_task, progress, [&](std::size_t begin, std::size_t end) {
    Repair& repair = repairs.local();
    for (std::size_t group = begin; group < end; ++group) {
      repair.without(groups[group], scan.open());
      scan.for_touched(repair, [&](std::uint32_t village) {
        sum.add(effects[group], village, scan.metres_before(village), scan.metres_after(village, repair));
      });
      EffectSum::finish(effects[group]);
    }
    progress.advance(end - begin);
  });
  return effects;
}

}  // namespace xiangtu::reach
