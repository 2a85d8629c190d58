// What a scenario changes, on the map: bridges, roads, new roads, and the villages won and lost.
#include <algorithm>
#include <vector>

#include "viewer/panels/map_marks.hpp"
#include "viewer/panels/panels.hpp"

namespace xiangtu::viewer {

using geodesy::LonLat;

namespace {

constexpr ImU32 way_colour = IM_COL32(148, 0, 160, 255);
constexpr std::size_t most_villages = 20'000;  // that are marked

}  // namespace

void draw_network_marks(const AppState& state, ImVec2 origin, ImVec2 size) {
  const NetworkState& network = state.network;
  if (!network.shown || !network.in_front || !network.model || network.region != state.region) return;
  MapMarks marks(state, origin, size);
  const atlas::Atlas& atlas = state.region->atlas();
  const table::GeometryColumn& roads = network.model->network().lines();
  for (const auto& [row, hardened] : network.scenario.hardened_roads)
    for (std::size_t part = roads.part_begin(row.value); part < roads.part_end(row.value); ++part)
      marks.line(roads.part(part), hardened ? MapMarks::added : MapMarks::taken);
  for (const std::vector<LonLat>& link : network.scenario.links) marks.line(link, MapMarks::added);
  for (const auto& [row, closed] : network.scenario.closed_bridges)
    marks.bridge(atlas.layer(table::Role::bridges)->table.geometry.representative(row.value), closed);
  if (!network.way.empty()) marks.line(network.way, way_colour);
  if (network.answer) {
    const reach::RoadReach& reach = network.answer->reach;
    const table::GeometryColumn& places = reach.villages_layer->table.geometry;
    const auto mark = [&](const std::vector<std::uint32_t>& villages, bool won) {
      for (std::size_t i = 0; i < std::min(villages.size(), most_villages); ++i)
        marks.village(places.representative(reach.villages[villages[i]].row.value), won);
    };
    mark(network.answer->won, true);
    mark(network.answer->lost, false);
  }
}

}  // namespace xiangtu::viewer
