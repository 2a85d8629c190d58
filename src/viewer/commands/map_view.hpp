// What of the map is seen, the order of its layers, and the language.
#pragma once

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
void fit_layer(AppState& state, render::scene::LayerId layer);
void move_layer(AppState& state, render::scene::LayerId layer, int steps_up);
void set_language(AppState& state, Language language);

}  // namespace xiangtu::viewer
