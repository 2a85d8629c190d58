#include "viewer/commands/area_selection.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include "spatial/area.hpp"
#include "viewer/commands/attributes.hpp"
#include "viewer/commands/selection.hpp"
#include "viewer/row_work.hpp"

namespace xiangtu::viewer {

namespace scene = render::scene;
using geodesy::LonLat;

namespace {

// A straight line of the map bends in degrees: within this step by less than can be seen.
constexpr double step_deg = 0.1;
constexpr double most_steps = 1000;

// The corners with positions between them along lines that are straight on the map.
std::vector<LonLat> straight_on_map(std::span<const LonLat> corners) {
  std::vector<LonLat> ring;
  for (std::size_t i = 0; i < corners.size(); ++i) {
    const LonLat a = corners[i], b = corners[(i + 1) % corners.size()];
    const scene::WorldPoint from = scene::world_of(a), to = scene::world_of(b);
    const double steps = a.lon == b.lon || a.lat == b.lat
                             ? 1  // straight in degrees, too
                             : std::clamp(std::ceil(std::abs(a.lat - b.lat) / step_deg), 1.0, most_steps);
    ring.push_back(a);
    for (double k = 1; k < steps; ++k)
      ring.push_back(
          scene::lonlat_of({from.x + (to.x - from.x) * k / steps, from.y + (to.y - from.y) * k / steps}));
  }
  return ring;
}

struct SearchedLayer {
  scene::LayerId id;
  std::shared_ptr<const table::FeatureTable> table;
  scene::RowMarks filter;
};

std::vector<SearchedLayer> searched_layers(const AppState& state) {
  std::vector<SearchedLayer> searched;
  for (const scene::MapLayer& layer : state.scene.layers()) {
    const bool backdrop = layer.role == table::Role::counties || layer.role == table::Role::townships;
    const bool wanted =
        state.tool.only_table_layer ? layer.id == state.attributes.layer : layer.look.visible && !backdrop;
    if (wanted) searched.push_back({layer.id, layer.table, layer.filter});
  }
  return searched;
}

}  // namespace

void select_in_polygon(AppState& state, std::span<const LonLat> corners, SelectionChange change) {
  if (!state.region || corners.size() < 3) return;
  const std::vector<SearchedLayer> searched = searched_layers(state);
  std::size_t rows = 0;
  for (const SearchedLayer& layer : searched) rows += layer.table->size();
  work_on_rows(
      state, "selecting", rows,
      [searched, ring = straight_on_map(corners)](Progress& progress) {
        const spatial::Area area{ring};
        std::vector<scene::LayerRows> found;
        for (const SearchedLayer& layer : searched) {
          found.push_back({layer.id, area.rows(layer.table->geometry, progress)});
          if (layer.filter)
            std::erase_if(found.back().rows, [&](RowIx row) { return !(*layer.filter)[row.value]; });
        }
        return found;
      },
      [&state, change](std::vector<scene::LayerRows> found, bool cancelled) {
        if (!cancelled) change_selection(state, std::move(found), change);
      });
}

void select_in_box(AppState& state, LonLat corner, LonLat opposite, SelectionChange change) {
  const LonLat corners[] = {corner, {opposite.lon, corner.lat}, opposite, {corner.lon, opposite.lat}};
  select_in_polygon(state, corners, change);
}

}  // namespace xiangtu::viewer
