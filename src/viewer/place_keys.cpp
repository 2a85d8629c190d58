#include "viewer/place_keys.hpp"

#include <imgui.h>

#include "viewer/commands/bookmarks.hpp"
#include "viewer/commands/measure.hpp"
#include "viewer/commands/panels.hpp"
#include "viewer/commands/search.hpp"
#include "viewer/commands/tools.hpp"
#include "viewer/keys.hpp"

namespace xiangtu::viewer {

namespace {

bool with_control(AppState& state) {
  if (pressed('F'))
    open_search(state);
  else if (pressed('B'))
    add_bookmark(state);
  else if (pressed('C') && is_measuring(state.tool))
    copy_measurement(state);
  else {
    for (int digit = 1; digit <= 9; ++digit)
      if (pressed(static_cast<char>('0' + digit))) {
        go_to_bookmark(state, static_cast<std::size_t>(digit - 1));
        return true;
      }
    return false;
  }
  return true;
}

}  // namespace

void copy_measurement(const AppState& state) {
  const std::string text = measurement_text(state.tool, measure(state.tool, std::nullopt), state.catalogue);
  if (!text.empty()) ImGui::SetClipboardText(text.c_str());
}

bool place_keys(AppState& state) {
  const ImGuiIO& io = ImGui::GetIO();
  if (!state.region || io.KeyAlt) return false;
  if (io.KeyCtrl) return !io.KeyShift && with_control(state);
  if (pressed('M'))
    begin_tool(state, io.KeyShift ? MapTool::measure_area : MapTool::measure_length);
  else if (pressed(Key::function(7)))
    toggle_charts(state);
  else
    return false;
  return true;
}

}  // namespace xiangtu::viewer
