#include "viewer/commands/map_view.hpp"

#include <algorithm>
#include <cmath>

#include "base/text.hpp"
#include "viewer/commands/document.hpp"
#include "viewer/commands/regions.hpp"
#include "viewer/commands/selection.hpp"
#include "viewer/commands/statistics.hpp"

namespace xiangtu::viewer {

namespace scene = render::scene;

namespace {

constexpr double fit_margin = 24;
constexpr double legend_share = 0.12;  // of the map's width kept free for it

scene::Margins margins(const AppState& state) {
  const double m = fit_margin * state.camera.pixel_ratio();
  const double legend = state.view.show_legend ? state.camera.width() * legend_share : 0;
  return {m, m, m + legend, m};
}

}  // namespace

void fit(AppState& state, const geodesy::LonLatBox& box) {
  if (!box.empty()) state.camera.fit(box, margins(state));
}

void fly_to(AppState& state, const scene::Camera& camera) {
  state.flight = {scene::Flight(state.camera, camera), 0, state.camera};
}

void fly_to(AppState& state, const geodesy::LonLatBox& box) {
  if (box.empty()) return;
  scene::Camera there = state.camera;
  there.fit(box, margins(state));
  fly_to(state, there);
}

void advance_flight(AppState& state, double seconds) {
  FlightState& flown = state.flight;
  if (!flown.flight) return;
  const bool moved = !(state.camera.centre() == flown.camera.centre()) ||
                     state.camera.pixels_per_world() != flown.camera.pixels_per_world();
  if (moved) return flown.flight.reset();
  flown.seconds += seconds;
  flown.flight->place(flown.seconds, state.camera);
  flown.camera = state.camera;
  if (flown.seconds >= flown.flight->duration_s()) flown.flight.reset();
}

void fit_unit(AppState& state, UnitIx unit) {
  fit(state, box_of(state, features_of(state, unit)));
}

void fit_all(AppState& state) {
  fit(state, state.scene.box());
  keep_from_blank(state);
}

bool keep_from_blank(AppState& state) {
  scene::Camera whole = state.camera;
  whole.fit(state.scene.box(), margins(state));
  const bool blank = !state.scene.shows_something_at(whole.zoom());
  state.scene.show_at_every_zoom(blank);
  return blank;
}

std::optional<NotDrawn> not_drawn(const scene::MapLayer& layer, double zoom) {
  std::optional<double> from, up_to;
  for (const scene::FeatureStyle& style : layer.rows->styles) {
    if (style.visible_at(zoom)) return std::nullopt;
    if (style.min_zoom > zoom)
      from = std::min(from.value_or(style.min_zoom), style.min_zoom);
    else
      up_to = std::max(up_to.value_or(style.max_zoom), style.max_zoom);
  }
  if (from) return NotDrawn{from, Message("drawn from zoom {0}", format_number(*from, 2))};
  if (up_to) return NotDrawn{std::nullopt, Message("drawn up to zoom {0}", format_number(*up_to, 2))};
  return std::nullopt;  // it has no rows
}

std::string zoom_text(double zoom) {
  return format_fixed(std::floor(zoom * 10) / 10, 1);
}

void fit_layer(AppState& state, scene::LayerId layer) {
  if (const scene::MapLayer* found = state.scene.find(layer)) fit(state, found->box);
}

void move_layer(AppState& state, scene::LayerId layer, int steps_up) {
  const auto& layers = state.scene.layers();
  const auto found = std::find_if(layers.begin(), layers.end(),
                                  [&](const scene::MapLayer& each) { return each.id == layer; });
  if (found == layers.end()) return;
  const auto target = std::clamp<std::ptrdiff_t>(found - layers.begin() + steps_up, 0,
                                                 static_cast<std::ptrdiff_t>(layers.size()) - 1);
  place_layer(state, layer, static_cast<std::size_t>(target));
}

void set_language(AppState& state, Language language) {
  Result<Catalogue> loaded = Catalogue::load(language);
  if (!loaded) return report(state, loaded.issue());
  state.catalogue = std::move(*loaded);
  state.view.fonts_dirty = true;
  if (!state.region) return;
  for (const scene::MapLayer& layer : state.scene.layers())
    if (layer.role)
      state.scene.rename(layer.id,
                         std::string{state.region->workspace->schema().layer_label(*layer.role, language)});
  colour_units(state);
}

}  // namespace xiangtu::viewer
