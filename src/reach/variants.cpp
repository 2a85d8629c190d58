#include "reach/variants.hpp"

#include <cmath>
#include <limits>
#include <optional>
#include <utility>

#include "base/parallel.hpp"
#include "indicators/near.hpp"
#include "network/shortest_distances.hpp"

namespace xiangtu::reach {

using indicators::Definitions;
using indicators::Parameters;
using network::EdgeIx;
using network::Foothold;
using network::NodeIx;
using table::Role;

namespace {

constexpr std::size_t villages_per_task = 256;

Counts& of(VillageVariants& village, Variant variant) {
  return village.reached[static_cast<std::size_t>(variant)];
}

void find_straight(const atlas::Layer& roads, std::span<const Counts> hardened,
                   std::span<const Counts> all_season, const Parameters& parameters, const Villages& villages,
                   std::span<VillageVariants> found, const Progress& progress) {
  const spatial::SegmentIndex index(roads.table.geometry, progress);
  parallel_for(villages.size(), villages_per_task, progress, [&](std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) {
      if (!villages.has_place(i)) continue;
      of(found[i], Variant::straight_near) = index.within(villages.place(i), {parameters.near_m}, hardened);
      of(found[i], Variant::rural_access) = index.within(villages.place(i), {parameters.rai_m}, all_season);
    }
  });
}

// How far it is along any roads to one that is hardened in a reading.
class WaysToHardened {
 public:
  WaysToHardened(const RoadNetwork& network, std::span<const Counts> hardened, Counts least, Metres within,
                 const Progress& progress)
      : graph_(network.graph), hardened_(at_least(hardened, least)) {
    std::vector<network::Start> starts;
    for (const network::Edge& edge : graph_.edges())
      if (hardened_[edge.row.value] != 0)
        for (const NodeIx node : {edge.from, edge.to}) starts.push_back({node, 0});
    distances_ = network::shortest_distances(
        graph_, starts, [](EdgeIx) { return true; }, progress, within.value);
  }

  double metres(const Foothold& foothold) const {
    if (foothold.edge.exists() && hardened_[graph_[foothold.edge].row.value] != 0)
      return foothold.access.value;
    return metres_from(foothold, [&](NodeIx node) { return distances_.metres[node.value]; });
  }

 private:
  const network::RoadGraph& graph_;
  std::vector<std::uint8_t> hardened_;
  network::Distances distances_;
};

Status find_along_roads(const atlas::Atlas& atlas, const Definitions& definitions,
                        const Parameters& parameters, NetworkOptions options, const AttachOptions& attach,
                        std::span<const Counts> hardened, const Villages& villages,
                        std::span<VillageVariants> found, Progress& progress) {
  options.over = Over::any;
  std::vector<Finding> told;  // of reach itself
  const auto network = road_network(atlas, definitions, parameters, options, {}, {}, told, progress);
  if (!network) return network.issue();
  const Footing footing(*network, attach, progress);
  const std::vector<Foothold> footholds = footing.sure(villages.places(), villages.rows, progress);
  const Metres within{parameters.near_m};
  const WaysToHardened sure(*network, hardened, Counts::yes, within, progress);
  const WaysToHardened perhaps(*network, hardened, Counts::maybe, within, progress);
  for (std::size_t i = 0; i < villages.size(); ++i) {
    if (!villages.has_place(i)) continue;
    of(found[i], Variant::network_near) = sure.metres(footholds[i]) <= within.value      ? Counts::yes
                                          : perhaps.metres(footholds[i]) <= within.value ? Counts::maybe
                                                                                         : Counts::no;
  }
  return {};
}

void find_rural(const Villages& villages, std::span<VillageVariants> found, std::vector<Finding>& findings) {
  const table::FeatureTable& table = villages.layer->table;
  const table::Column* classes = table.find("urban_rural_class");
  const bool told = classes && classes->is_text();
  Finding unknown{"rural.unknown",
                  Severity::note,
                  table.source.path,
                  table.source.layer,
                  "urban_rural_class",
                  Message("whether the village is rural is not said: it counts as rural"),
                  {}};
  for (std::size_t i = 0; i < villages.size(); ++i) {
    const RowIx row = villages.rows[i];
    if (told && classes->text().has(row.value))
      found[i].rural = !classes->text().at(row.value).starts_with('1');
    else
      unknown.rows.push_back(table.row_ids[row.value]);
  }
  if (!unknown.rows.empty()) findings.push_back(std::move(unknown));
}

}  // namespace

Result<std::vector<VillageVariants>> near_variants(const atlas::Atlas& atlas, const Definitions& definitions,
                                                   const Parameters& parameters,
                                                   const NetworkOptions& network, const AttachOptions& attach,
                                                   const Villages& villages, std::vector<Finding>& findings,
                                                   Progress& progress) {
  const atlas::Layer& roads = *atlas.layer(Role::roads);
  const auto counts = [&](std::string_view measure) {
    return counts_of(*definitions.near_measure(measure), atlas, parameters, progress);
  };
  const std::vector<Counts> hardened = counts("near_hardened"), all_season = counts("near_all_season");
  std::vector<VillageVariants> found(villages.size());
  for (VillageVariants& village : found) village.reached.fill(Counts::maybe);
  find_straight(roads, hardened, all_season, parameters, villages, found, progress);
  if (const Status along = find_along_roads(atlas, definitions, parameters, network, attach, hardened,
                                            villages, found, progress);
      !along)
    return along.issue();
  find_rural(villages, found, findings);
  if (progress.stop_requested()) return cancelled_issue();
  return found;
}

void VariantFigure::add(const VariantFigure& other) {
  villages += other.villages;
  reached += other.reached;
  unknown += other.unknown;
  population += other.population;
  population_reached += other.population_reached;
  population_unknown += other.population_unknown;
}

VariantFigures figures_of(const VillageVariants& village, double population) {
  const double people = std::isnan(population) ? 0 : population;
  VariantFigures figures;
  for (std::size_t variant = 0; variant < variant_count; ++variant) {
    if (Variant(variant) == Variant::rural_access && !village.rural) continue;
    const bool reached = village.reached[variant] == Counts::yes;
    const bool unknown = village.reached[variant] == Counts::maybe;
    figures[variant] = {1, reached, unknown, people, reached ? people : 0, unknown ? people : 0};
  }
  return figures;
}

void need_variants(indicators::Needs& needs, const Definitions& definitions) {
  needs.fields.insert("urban_rural_class");
  if (const auto& all_season = definitions.near_measure("near_all_season")->where)
    needs.fields.insert(all_season->names().begin(), all_season->names().end());
}

}  // namespace xiangtu::reach
