// What the window remembers of itself from one day to the next, in the user's configuration folder
// (viewer.txt). Losing it loses nothing else.
#pragma once

#include "viewer/state.hpp"

namespace xiangtu::viewer {

// In screen coordinates; a width of 0: not known.
struct WindowPlace {
  int x = 0, y = 0, width = 0, height = 0;
  bool operator==(const WindowPlace&) const = default;
};

struct Settings {
  std::vector<workspace::OpenOptions> recent;
  bool dark = false;
  std::optional<Language> language;  // none: as the environment says
  WindowPlace window = {};
  bool layers = true, statistics = true, legend = true;  // panels that are shown
  PanelShares shares = {};
  bool ended = true;  // false: the window was not closed, it broke off

  bool operator==(const Settings&) const = default;
};

Settings settings_of(const AppState& state, const WindowPlace& window, bool ended);
// All but theme and language, which may have been asked for.
void take_settings(AppState& state, const Settings& settings);

Settings read_settings();
void write_settings(const Settings& settings);

}  // namespace xiangtu::viewer
