// The window: map, layers, statistics. Also draws itself into a picture, without a display.
#pragma once

#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "base/catalogue.hpp"
#include "base/result.hpp"
#include "workspace/workspace.hpp"

namespace xiangtu::viewer {

struct ViewOptions {
  workspace::OpenOptions open;  // no sources: the window opens empty
  std::string screenshot;       // draw one settled frame into this PNG and return; empty: open the window
  int width = 1280, height = 800;
  std::string indicator;        // to colour units by; empty: the first one
  std::string level;            // "county" or "township": where the table starts
  std::string select;           // code of a unit to select
  std::optional<bool> dark;     // the theme that was asked for, else the last one used
  bool language_asked = false;  // the catalogue's language was asked for, else the last one used is taken
  bool size_asked = false;      // else the window is as large as last time
  std::stop_token stop;         // closes the window when a stop is requested
  std::vector<std::string> backgrounds;  // files to lay under the map, the first lowest
};

// Returns when the window is closed. Errors: cancelled, no_display, no_opengl, no_font; with a screenshot
// also those of opening and computing.
Status run_viewer(const ViewOptions& options, const Catalogue& catalogue);

// The window's part of the program, base/module.hpp, is this function.
inline constexpr const char* library = "xiangtu_window.so";
using RunViewer = Status(const ViewOptions&, const Catalogue&);

}  // namespace xiangtu::viewer
