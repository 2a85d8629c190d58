// What all windows that float over the map do.
#pragma once

#include <imgui.h>

#include "viewer/commands/panels.hpp"

namespace xiangtu::viewer {

// Between a window's Begin and End: the one with the focus is the one that Esc closes.
inline void follow_focus(AppState& state, Panel panel) {
  if (ImGui::IsWindowFocused(ImGuiFocusedFlags_RootAndChildWindows)) bring_to_front(state, panel);
}

}  // namespace xiangtu::viewer
