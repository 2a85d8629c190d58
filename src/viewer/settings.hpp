// What the window remembers from one day to the next, in the user's configuration folder
// (XDG_CONFIG_HOME/xiangtu/viewer.txt). Losing it loses nothing else.
#pragma once

#include "viewer/state.hpp"

namespace xiangtu::viewer {

struct Settings {
  std::vector<std::string> recent;
  bool dark = false;
  std::optional<Language> language;  // none: as the environment says
};

// Empty where there is none.
std::filesystem::path settings_folder();

Settings read_settings();
void write_settings(const Settings& settings);

}  // namespace xiangtu::viewer
