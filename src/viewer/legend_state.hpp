// The legend in its panel on the map.
#pragma once

#include <functional>
#include <optional>

#include "render/scene/furniture.hpp"

namespace xiangtu::viewer {

struct LegendState {
  render::scene::Furniture
      content;          // at its full size, by itself; device pixels; nothing where none is shown
  double scrolled = 0;  // how much of it has gone out at the panel's upper edge; device pixels
  // Draws the panel, over what the widgets have drawn on the map until then; empty without a display.
  std::function<void()> paint;
};

// The panel's place in whole device pixels from the map's upper left corner: as high as its content while
// the map is, else as high as the map allows, and wider by a scroll bar. None without content.
std::optional<render::scene::Rect> legend_panel(const LegendState& legend,
                                                const render::scene::Camera& camera);

}  // namespace xiangtu::viewer
