// Which panels and windows are shown, and which window is in front.
#pragma once

#include "viewer/state.hpp"

namespace xiangtu::viewer {

// A panel that is a tab comes to the front first.
void toggle(AppState& state, Panel panel);
bool shows(const AppState& state, Panel panel);
// Shows a tab of the bottom, in front; hides it where it is there.
void toggle_tab(BottomTab& tab);
// The charts stand beside the figures, which come to the front where another tab hides them.
void toggle_charts(AppState& state);
// A floating window has the focus: it is in front of the others from now on.
void bring_to_front(AppState& state, Panel panel);
// Closes the floating window that is in front; false where there is none.
bool close_foremost(AppState& state);
void quit(AppState& state);

}  // namespace xiangtu::viewer
