#include "reach/river_crossings.hpp"

#include <algorithm>
#include <limits>
#include <optional>

#include "network/crossings.hpp"
#include "spatial/within_distance.hpp"

namespace xiangtu::reach {

namespace {

constexpr Metres bridges_looked_for{1000};

}  // namespace

std::vector<Defect> river_crossings(const RoadNetwork& network, std::span<const std::int8_t> levels,
                                    const atlas::Layer& rivers, const atlas::Layer* bridges, Metres within,
                                    std::vector<Finding>& findings, Progress& progress) {
  if (!rivers.table.has_geometry()) return {};
  const bool has_bridges = bridges && bridges->table.has_geometry();
  if (!has_bridges && levels.empty()) {
    findings.push_back({"river.bridges_unknown",
                        Severity::note,
                        rivers.table.source.path,
                        rivers.table.source.layer,
                        "",
                        Message("neither a layer of bridges nor levels of the roads are there: whether roads "
                                "cross the river on a bridge is not known"),
                        {}});
    return {};
  }
  const network::RoadGraph& graph = network.graph;
  std::optional<spatial::SegmentIndex> index;
  if (has_bridges) index.emplace(bridges->table.geometry, progress);
  std::vector<Defect> defects;
  for (const network::Crossing& crossing :
       find_crossings(network.lines(), graph.runs(), rivers.table.geometry, progress)) {
    const RowIx row = graph.roads().rows[crossing.road];
    if (!levels.empty() && levels[row.value] != 0) continue;
    const geodesy::LonLat at = position_of(network.lines(), crossing.place);
    Defect defect{DefectKind::river_crossing,
                  at,
                  at,
                  row,
                  crossing.other,
                  std::numeric_limits<double>::quiet_NaN(),
                  {}};
    if (index)
      if (const auto bridge = index->nearest(at, std::max(within, bridges_looked_for)); bridge.row.exists()) {
        if (bridge.distance <= within) continue;
        defect.to = bridge.at;
        defect.size_m = bridge.distance.value;
      }
    defects.push_back(defect);
  }
  return defects;
}

}  // namespace xiangtu::reach
