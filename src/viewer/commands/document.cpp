#include "viewer/commands/document.hpp"

#include <algorithm>
#include <utility>

#include "render/scene/atlas_scene.hpp"
#include "viewer/commands/backgrounds.hpp"
#include "viewer/commands/history.hpp"
#include "viewer/commands/statistics.hpp"

namespace xiangtu::viewer {

namespace scene = render::scene;

namespace {

constexpr std::size_t most_steps = 200;

// What colours the units costs more than the rest: a drag of another slider leaves it alone.
bool coloured_alike(const scene::MapDocument& a, const scene::MapDocument& b) {
  return a.indicator == b.indicator && a.coloured == b.coloured && a.choropleths == b.choropleths;
}

// Shows the document after it was another one.
void show_change(AppState& state, const scene::MapDocument& before) {
  const scene::MapDocument& document = state.document.now;
  if (!coloured_alike(before, document)) return apply_document(state);
  scene::apply(document, state.styles, state.view.theme(), state.scene);
  apply_backgrounds(state);
}

void swap_last(AppState& state, std::vector<EditStep>& from, std::vector<EditStep>& to) {
  EditStep step = std::move(from.back());
  from.pop_back();
  std::swap(step.other, state.document.now);
  state.document.dragging = false;
  show_change(state, step.other);
  to.push_back(std::move(step));
}

void edit_layer(AppState& state, const char* pattern, scene::LayerId id,
                const std::function<void(scene::LayerChoice&)>& change, Gesture gesture) {
  const scene::MapLayer* layer = state.scene.find(id);
  if (!layer) return;
  const std::string name = name_of(*layer);
  edit(
      state, {pattern, name}, [&](scene::MapDocument& document) { change(document.layers[name]); }, gesture);
}

}  // namespace

void edit(AppState& state, const EditName& name, const std::function<void(scene::MapDocument&)>& change,
          Gesture gesture) {
  DocumentState& document = state.document;
  scene::MapDocument before = document.now;
  change(document.now);
  if (document.now == before) return;
  const bool goes_on = gesture == Gesture::dragged && document.dragging && !document.done.empty() &&
                       document.done.back().name == name;
  if (!goes_on) document.done.push_back({name, before, begin_step(state)});
  if (document.done.size() > most_steps) document.done.erase(document.done.begin());
  document.dragging = gesture == Gesture::dragged;
  show_change(state, before);
}

void end_gesture(AppState& state) {
  state.document.dragging = false;
}

bool undo(AppState& state) {
  if (state.document.done.empty()) return false;
  swap_last(state, state.document.done, state.document.undone);
  return true;
}

bool redo(AppState& state) {
  if (state.document.undone.empty()) return false;
  swap_last(state, state.document.undone, state.document.done);
  return true;
}

void apply_document(AppState& state) {
  const scene::MapDocument& document = state.document.now;
  scene::apply(document, state.styles, state.view.theme(), state.scene);
  apply_backgrounds(state);
  state.statistics.coloured = document.coloured;
  if (!state.region) return;
  const auto& indicators = state.region->stats.table.indicators;
  const auto found = std::find_if(indicators.begin(), indicators.end(),
                                  [&](const auto& info) { return info.id == document.indicator; });
  if (found != indicators.end())
    state.statistics.indicator = static_cast<std::size_t>(found - indicators.begin());
  colour_units(state);
}

void replace_document(AppState& state, scene::MapDocument document) {
  state.document.now = std::move(document);
  state.document.done.clear();
  state.document.undone.clear();
  state.document.dragging = false;
  apply_document(state);
  complete_document(state);
}

void complete_document(AppState& state) {
  state.document.now.order.clear();
  for (const scene::MapLayer& layer : state.scene.layers())
    state.document.now.order.push_back(name_of(layer));
  if (state.region && state.statistics.indicator < state.region->stats.table.indicators.size())
    state.document.now.indicator = state.region->stats.table.indicators[state.statistics.indicator].id;
}

void show_layer(AppState& state, scene::LayerId layer, bool visible) {
  edit_layer(
      state, visible ? "show {0}" : "hide {0}", layer,
      [&](scene::LayerChoice& choice) { choice.visible = visible; }, Gesture::single);
}

void show_all_layers(AppState& state, bool visible) {
  edit(state, {visible ? "show all layers" : "hide all layers", ""}, [&](scene::MapDocument& document) {
    for (const scene::MapLayer& layer : state.scene.layers())
      document.layers[name_of(layer)].visible = visible;
  });
}

void set_opacity(AppState& state, scene::LayerId layer, double opacity, Gesture gesture) {
  edit_layer(
      state, "opacity of {0}", layer,
      [&](scene::LayerChoice& choice) { choice.opacity = std::clamp(opacity, 0.0, 1.0); }, gesture);
}

void set_tint(AppState& state, scene::LayerId layer, std::optional<scene::Colour> tint, Gesture gesture) {
  edit_layer(
      state, "one colour for {0}", layer, [&](scene::LayerChoice& choice) { choice.tint = tint; }, gesture);
}

void show_names(AppState& state, scene::LayerId layer, bool names) {
  edit_layer(
      state, "names of {0}", layer, [&](scene::LayerChoice& choice) { choice.names = names; },
      Gesture::single);
}

void place_layer(AppState& state, scene::LayerId layer, std::size_t position) {
  const scene::MapLayer* moved = state.scene.find(layer);
  if (!moved) return;
  const std::string name = name_of(*moved);
  edit(state, {"order of {0}", name}, [&](scene::MapDocument& document) {
    std::erase(document.order, name);
    const auto at = std::min(position, document.order.size());
    document.order.insert(document.order.begin() + static_cast<std::ptrdiff_t>(at), name);
  });
}

scene::ChoroplethSettings choropleth_settings(const AppState& state) {
  return state.document.now.choropleth(state.document.now.indicator);
}

void set_choropleth(AppState& state, scene::ChoroplethSettings settings, Gesture gesture) {
  const std::string indicator = state.document.now.indicator;
  if (indicator.empty()) return;
  settings.count = std::clamp(settings.count, 1, scene::max_classes);
  std::sort(settings.limits.begin(), settings.limits.end());
  if (settings.limits.size() >= static_cast<std::size_t>(scene::max_classes))
    settings.limits.resize(static_cast<std::size_t>(scene::max_classes) - 1);
  edit(
      state, {"classes of {0}", indicator},
      [&](scene::MapDocument& document) { document.choropleths[indicator] = settings; }, gesture);
}

void set_class_method(AppState& state, scene::ClassMethod method) {
  scene::ChoroplethSettings settings = choropleth_settings(state);
  settings.method = method;
  if (method == scene::ClassMethod::manual && settings.limits.empty())
    for (const scene::MapLayer& layer : state.scene.layers())
      if (layer.look.choropleth && layer.look.choropleth->classes.count() > 1)
        settings.limits.assign(layer.look.choropleth->classes.limits.begin() + 1,
                               layer.look.choropleth->classes.limits.end() - 1);
  set_choropleth(state, std::move(settings));
}

}  // namespace xiangtu::viewer
