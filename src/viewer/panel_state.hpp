// The parts of the window that can be shown and hidden.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

namespace xiangtu::viewer {

enum class Panel : std::uint8_t {
  layers,
  statistics,
  legend,
  help,
  about,
  bookmarks,
  findings,
  classes,
  style
};
// Those that float over the map.
inline constexpr std::array floating{Panel::help,     Panel::about,   Panel::bookmarks,
                                     Panel::findings, Panel::classes, Panel::style};

// Floating windows, the one that had the focus last at the end.
using PanelOrder = std::vector<Panel>;

}  // namespace xiangtu::viewer
