// What of the map is seen, the order of its layers, and the language.
#pragma once

#include <optional>
#include <string>

#include "viewer/state.hpp"

namespace xiangtu::viewer {

// Brings a box into view, clear of the legend. Empty: no change.
void fit(AppState& state, const geodesy::LonLatBox& box);
// The same by a short flight, unless the box is empty.
void fly_to(AppState& state, const geodesy::LonLatBox& box);
void fly_to(AppState& state, const render::scene::Camera& camera);
// A flight that is under way goes on by so many seconds; once anything else has moved the camera it is over.
void advance_flight(AppState& state, double seconds);
void fit_unit(AppState& state, UnitIx unit);
void fit_all(AppState& state);
// Layers of which nothing would be shown where all are in view are shown at every zoom: whether this is so.
// fit_all does it too.
bool keep_from_blank(AppState& state);
// Why none of a layer's rows is drawn at a zoom, such as "drawn from zoom 10.4"; none where some are. From:
// the zoom from which they are, where that is the reason.
struct NotDrawn {
  std::optional<double> from;
  Message why;
};
std::optional<NotDrawn> not_drawn(const render::scene::MapLayer& layer, double zoom);
// With one decimal, never more than it is.
std::string zoom_text(double zoom);
void fit_layer(AppState& state, render::scene::LayerId layer);
void move_layer(AppState& state, render::scene::LayerId layer, int steps_up);
void set_language(AppState& state, Language language);

}  // namespace xiangtu::viewer
