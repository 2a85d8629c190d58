// The card of the selected village.
#pragma once

#include "viewer/state.hpp"

namespace xiangtu::viewer {

// What villages are looked up in, built in the background where it is not there yet.
void look_around_villages(AppState& state);
// Once a frame: the card follows the selection.
void update_village_card(AppState& state);
// Flies to one of the card's nearest features and selects it.
void go_to_nearest(AppState& state, const workspace::NearestFeature& nearest);
// A road by code and name, others by name.
std::string nearest_name(const workspace::NearestFeature& nearest);

}  // namespace xiangtu::viewer
