#include "viewer/legend_state.hpp"

#include <algorithm>
#include <cmath>

namespace xiangtu::viewer {

namespace {

// Style pixels.
constexpr double edge = 10;  // around the panel
constexpr double scroll_bar = 12;

}  // namespace

std::optional<render::scene::Rect> legend_panel(const LegendState& legend,
                                                const render::scene::Camera& camera) {
  if (legend.content.texts.empty()) return std::nullopt;
  const render::scene::Rect& whole = legend.content.map;
  const double around = std::round(edge * camera.pixel_ratio());
  const double most = std::max(camera.height() - 2 * around, around);
  const double height = std::ceil(std::min(whole.height, most));
  const double width =
      std::ceil(whole.width + (whole.height > height ? scroll_bar * camera.pixel_ratio() : 0));
  return render::scene::Rect{camera.width() - width - around, around, width, height};
}

}  // namespace xiangtu::viewer
