#include "viewer/commands/statistics.hpp"

#include <algorithm>

#include "render/scene/atlas_scene.hpp"
#include "viewer/commands/document.hpp"
#include "viewer/commands/map_view.hpp"
#include "viewer/commands/network.hpp"
#include "viewer/commands/selection.hpp"

namespace xiangtu::viewer {

namespace scene = render::scene;
using atlas::Hierarchy;
using atlas::Level;

void colour_units(AppState& state) {
  if (!state.region || state.region->stats.table.indicators.empty()) return;
  for (const Level level : {Level::county, Level::township})
    if (const auto layer = scene::unit_layer(state.scene, level))
      state.scene.look(*layer)->choropleth = nullptr;
  if (!state.statistics.coloured && !scenario_table(state)) return;
  const Level level = coloured_level(state);
  const auto layer = scene::unit_layer(state.scene, level);
  if (!layer) return;
  if (const auto scenario = scenario_table(state)) {
    if (state.network.answered_by == level)
      state.scene.look(*layer)->choropleth =
          scene::unit_choropleth(state.region->atlas(), *scenario, 0, level, state.catalogue);
    return;
  }
  state.scene.look(*layer)->choropleth =
      scene::unit_choropleth(state.region->atlas(), state.region->stats.table, state.statistics.indicator,
                             level, state.catalogue, choropleth_settings(state));
}

void choose_indicator(AppState& state, std::size_t indicator) {
  if (!state.region || indicator >= state.region->stats.table.indicators.size()) return;
  state.statistics.scroll_to_indicator = true;
  const std::string& id = state.region->stats.table.indicators[indicator].id;
  edit(state, {"indicator {0}", id}, [&](scene::MapDocument& document) { document.indicator = id; });
}

void colour_by(AppState& state, std::size_t indicator) {
  if (!state.region || indicator >= state.region->stats.table.indicators.size()) return;
  state.statistics.scroll_to_indicator = true;
  const std::string& id = state.region->stats.table.indicators[indicator].id;
  edit(state, {"indicator {0}", id}, [&](scene::MapDocument& document) {
    document.indicator = id;
    document.coloured = true;
  });
}

void colour_map(AppState& state, bool coloured) {
  edit(state, {"colours of units", ""}, [&](scene::MapDocument& document) { document.coloured = coloured; });
}

void colour_level(AppState& state, std::optional<Level> level) {
  state.statistics.level = level;
  colour_units(state);
}

bool choose_indicator(AppState& state, const std::string& id) {
  if (!state.region) return false;
  const auto& indicators = state.region->stats.table.indicators;
  const auto found =
      std::find_if(indicators.begin(), indicators.end(), [&](const auto& info) { return info.id == id; });
  if (found == indicators.end()) return false;
  choose_indicator(state, static_cast<std::size_t>(found - indicators.begin()));
  return true;
}

std::vector<std::size_t> table_rows(const AppState& state) {
  std::vector<std::size_t> rows;
  if (!state.region) return rows;
  const Hierarchy& units = state.region->hierarchy();
  for (const UnitIx unit : units.children(state.statistics.parent))
    if (const auto row = state.region->row_of_unit[unit.value]) rows.push_back(*row);
  const indicators::CoverageTable& table = state.region->stats.table;
  const int column = state.statistics.sort_column;
  const auto before = [&](std::size_t a, std::size_t b) {
    const atlas::Unit &left = units[table.units[a]], &right = units[table.units[b]];
    if (column == 0 && left.name != right.name) return left.name < right.name;
    if (column > 0) {
      const auto x = table.figure(a, static_cast<std::size_t>(column - 1)).value,
                 y = table.figure(b, static_cast<std::size_t>(column - 1)).value;
      if (x.has_value() != y.has_value())
        return x.has_value() == state.statistics.ascending;  // n/a always last
      if (x && *x != *y) return *x < *y;
    }
    return left.code < right.code;
  };
  std::stable_sort(rows.begin(), rows.end(), [&](std::size_t a, std::size_t b) {
    return state.statistics.ascending ? before(a, b) : before(b, a);
  });
  return rows;
}

void sort_by(AppState& state, int column, bool ascending) {
  state.statistics.sort_column = column;
  state.statistics.ascending = ascending;
}

SavedOrder order_of_figures(const AppState& state) {
  const int column = state.statistics.sort_column;
  const bool ascending = state.statistics.ascending;
  if (column == 0) return {SavedOrder::by_name, ascending};
  const auto& indicators = state.region->stats.table.indicators;
  const std::size_t indicator = static_cast<std::size_t>(column) - 1;
  return column < 0 || indicator >= indicators.size() ? SavedOrder{}
                                                      : SavedOrder{indicators[indicator].id, ascending};
}

void order_figures(AppState& state, const SavedOrder& order) {
  const auto& indicators = state.region->stats.table.indicators;
  const auto found = std::ranges::find(indicators, order.by, &indicators::IndicatorInfo::id);
  const auto column = static_cast<int>(found - indicators.begin()) + 1;
  ++state.statistics.widget;
  if (order.by == SavedOrder::by_name)
    sort_by(state, 0, order.ascending);
  else if (found != indicators.end())
    sort_by(state, column, order.ascending);
  else
    sort_by(state, -1, true);
}

namespace {

// Brings the units that the table shows into view.
void fit_parent(AppState& state) {
  if (state.statistics.parent == Hierarchy::total())
    fit_all(state);
  else
    fit_unit(state, state.statistics.parent);
}

}  // namespace

void drill_into(AppState& state, UnitIx unit) {
  if (!state.region || state.region->hierarchy().children(unit).empty()) return;
  state.statistics.parent = unit;
  colour_units(state);
  fit_parent(state);
}

void drill_up(AppState& state) {
  if (!state.region || state.statistics.parent == Hierarchy::total()) return;
  const UnitIx left = state.statistics.parent;
  state.statistics.parent = state.region->hierarchy()[left].parent;
  colour_units(state);
  select_unit(state, left, false);
  show_in_table(state);
  fit_parent(state);
}

namespace {

Level level_of_rows(const AppState& state) {
  const Hierarchy& units = state.region->hierarchy();
  const auto children = units.children(state.statistics.parent);
  return children.empty() ? Level::township : units[children.front()].level;
}

}  // namespace

Level coloured_level(const AppState& state) {
  const Level wanted = state.statistics.level.value_or(level_of_rows(state));
  if (wanted <= Level::county && scene::unit_layer(state.scene, Level::county)) return Level::county;
  return scene::unit_layer(state.scene, Level::township) ? Level::township : Level::county;
}

}  // namespace xiangtu::viewer
