// Steps back and forth of the whole window, whichever tab is looked at: the map's setup and the scenario of
// the road network each remember their own changes, and the later of them is taken back first.
#pragma once

#include <cstdint>
#include <string>

#include "viewer/state.hpp"

namespace xiangtu::viewer {

// Of a change that is made now: its place among all of them. What was taken back before cannot be done again.
std::uint64_t begin_step(AppState& state);

// False where there is nothing to take back, or to do again.
bool step_back(AppState& state);
bool step_forth(AppState& state);
bool can_step_back(const AppState& state);
bool can_step_forth(const AppState& state);
// "Undo: opacity of Roads"; "Undo" where there is nothing to undo.
std::string undo_title(const AppState& state);
std::string redo_title(const AppState& state);

}  // namespace xiangtu::viewer
