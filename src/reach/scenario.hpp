// What would be if: changes to bridges and roads that are tried out, and never written into the data.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "atlas/atlas.hpp"
#include "base/progress.hpp"
#include "base/result.hpp"
#include "indicators/definitions.hpp"
#include "indicators/parameters.hpp"
#include "reach/road_reach.hpp"
#include "spatial/packed_index.hpp"

namespace xiangtu::reach {

struct Scenario {
  std::string name;
  std::map<RowIx, bool> closed_bridges;             // closed or open, whatever its condition class
  std::map<RowIx, bool> hardened_roads;             // hardened or not, whatever its surface
  std::vector<std::vector<geodesy::LonLat>> links;  // new hardened roads; of at least two positions each

  bool is_empty() const { return closed_bridges.empty() && hardened_roads.empty() && links.empty(); }
  bool operator==(const Scenario&) const = default;
};

struct ScenarioReach {
  RoadReach reach;                       // as road_reach would have it of changed data
  std::vector<std::uint32_t> won, lost;  // positions of villages that are connected now, or no longer
  std::vector<std::uint32_t> loose;      // positions of links that join no road and no other link
};

// The network in memory, ready to be changed and asked again: in milliseconds, whatever the region. A new
// road lies on the ground: it joins others where it crosses them there, and where one of its positions lies
// within a metre of them, another new road where positions of both do; villages are attached to it as to any.
// Read-only and thread-safe after it is built.
class ScenarioModel {
 public:
  // options: to trunk roads alone; without variants and lines. Errors: as road_reach.
  static Result<std::unique_ptr<const ScenarioModel>> build(std::shared_ptr<const atlas::Atlas> atlas,
                                                            const indicators::Definitions& definitions,
                                                            const indicators::Parameters& parameters,
                                                            const RoadReachOptions& options,
                                                            Progress& progress);

  // Without changes.
  const RoadReach& as_it_is() const { return as_it_is_; }
  const RoadNetwork& network() const { return network_; }
  const std::shared_ptr<const atlas::Atlas>& atlas() const { return atlas_; }
  // By: the level whose units the figures are of. Errors: cancelled.
  Result<ScenarioReach> ask(const Scenario& scenario, atlas::Level by, const Progress& progress) const;
  // The way of a village, by its row, to the trunk roads; empty when none leads there.
  WayLine way(const Scenario& scenario, RowIx row, const Progress& progress) const;

 private:
  class Asking;
  ScenarioModel(std::shared_ptr<const atlas::Atlas> atlas, RoadNetwork network,
                const RoadReachOptions& options, Villages villages, Progress& progress);

  std::shared_ptr<const atlas::Atlas> atlas_;
  RoadNetwork network_;
  RoadReachOptions options_;
  Villages villages_;  // with the footholds of the network as it is
  std::vector<std::vector<network::NodeIx>>
      doubtful_;  // of each village: nodes of nearer roads that may be travelled
  spatial::PackedIndex village_index_;
  std::vector<std::int8_t> levels_;  // of the roads, by row; empty: all on the ground
  RoadReach as_it_is_;
};

// Beside what reach needs: the bridges, and codes.
void need_scenarios(indicators::Needs& needs);

}  // namespace xiangtu::reach
