#include "viewer/commands/charts.hpp"

#include <memory>
#include <utility>

#include "render/scene/atlas_scene.hpp"
#include "viewer/commands/selection.hpp"
#include "viewer/commands/statistics.hpp"
#include "viewer/commands/village_card.hpp"

namespace xiangtu::viewer {

namespace scene = render::scene;

namespace {

constexpr const char* measuring_title = "measuring reach";

}  // namespace

void show_chart(AppState& state, ChartKind kind) {
  state.chart.shown = true;
  state.chart.kind = kind;
}

std::vector<Bar> chart_bars(const AppState& state) {
  if (!state.region || state.region->stats.table.indicators.empty()) return {};
  const std::vector<std::size_t> rows = table_rows(state);
  const atlas::Level level = coloured_level(state);
  const auto layer = scene::unit_layer(state.scene, level);
  const bool of_level =
      !rows.empty() &&
      state.region->hierarchy()[state.region->stats.table.units[rows.front()]].level == level;
  const scene::Choropleth* choropleth =
      layer && of_level ? state.scene.find(*layer)->look.choropleth.get() : nullptr;
  return unit_bars(state.region->stats.table, rows, state.statistics.indicator, choropleth);
}

namespace {

void measure_distances(AppState& state) {
  ChartState& chart = state.chart;
  chart.region = state.region;
  chart.measuring = true;
  state.jobs.start(measuring_title, [&state, region = state.region,
                                     surroundings = state.village_card.surroundings](Progress& progress) {
    auto measured = surroundings->distances(progress);
    state.mailbox.post(
        [&state, region,
         distances =
             measured ? std::make_shared<const workspace::VillageDistances>(std::move(*measured)) : nullptr] {
          if (state.chart.region != region) return;
          state.chart.measuring = false;
          state.chart.distances = distances;
        });
  });
}

}  // namespace

void update_distances(AppState& state) {
  ChartState& chart = state.chart;
  if (!state.region || !chart.shown || chart.kind != ChartKind::distances) return;
  if (chart.region != state.region) {
    chart.distances = nullptr;
    chart.histogram.reset();
    state.jobs.cancel(measuring_title);
    look_around_villages(state);
    if (state.village_card.surroundings) measure_distances(state);
  }
  if (!chart.distances || !chart.distances->layer) return;
  if (chart.histogram && chart.histogram_of == state.statistics.parent) return;
  const indicators::Parameters& parameters = state.region->parameters;
  chart.histogram_of = state.statistics.parent;
  chart.histogram = distance_histogram(*chart.distances, state.region->atlas(), chart.histogram_of,
                                       distance_ends(parameters.reach_m, parameters.near_m));
}

void select_bin(AppState& state, std::size_t bin) {
  const ChartState& chart = state.chart;
  if (!chart.histogram || bin >= chart.histogram->bins.size()) return;
  for (const scene::MapLayer& layer : state.scene.layers())
    if (layer.role == chart.distances->layer->role)
      return change_selection(state, {{layer.id, chart.histogram->bins[bin].rows}}, SelectionChange::replace);
}

}  // namespace xiangtu::viewer
