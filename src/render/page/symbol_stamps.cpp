#include "render/page/symbol_stamps.hpp"

#include <algorithm>
#include <cmath>

#include "render/page/cairo_pen.hpp"

namespace xiangtu::render::page {

// Shapes reach a little beyond their radius; a pixel on each side for soft edges, one for the phase.
SymbolStamps::SymbolStamps(const scene::SymbolPaint& paint, const text::Faces& faces)
    : paint_(paint), centre_(static_cast<int>(std::ceil(paint.size * 0.6 + paint.outline_width)) + 2) {
  side_ = 2 * centre_ + 1;
  const int large = large_side();
  large_.resize(static_cast<std::size_t>(large) * static_cast<std::size_t>(large));
  const CairoSurface surface{cairo_image_surface_create_for_data(
      reinterpret_cast<unsigned char*>(large_.data()), CAIRO_FORMAT_ARGB32, large, large, 4 * large)};
  const ScreenPoint middle{centre_ + 1.0, centre_ + 1.0};  // of its pixel, behind the margin
  CairoPen{surface.get(), faces, phases, 1}.symbols(paint, std::span{&middle, 1});
  cairo_surface_flush(surface.get());
  const std::uint32_t* pixel = large_.data();
  for (int y = 0; y < large; ++y)
    for (int x = 0; x < large; ++x)
      if (*pixel++ != 0) drawn_ = drawn_.joined_with({x, y, x + 1, y + 1});
}

// The mean of the large pixels under each pixel.
SymbolStamps::Made SymbolStamps::made(int phase_x, int phase_y) const {
  static_assert(phases == 4);  // sixteen times 255 and a half fit where two channels are added at a time
  constexpr std::uint32_t two = 0x00ff00ff, half = 8 * 0x00010001;
  const int large = large_side();
  Made stamp{std::vector<std::uint32_t>(static_cast<std::size_t>(side_) * static_cast<std::size_t>(side_)),
             {}};
  if (drawn_.empty()) return stamp;
  // Drawn in the middle of its pixel; the phase says where within the pixel it has to be.
  const auto pixel_of = [](int large_place, int phase) { return (large_place + phase) / phases - 1; };
  stamp.drawn = PixelRect{pixel_of(drawn_.left, phase_x), pixel_of(drawn_.top, phase_y),
                          pixel_of(drawn_.right - 1, phase_x) + 1, pixel_of(drawn_.bottom - 1, phase_y) + 1}
                    .cut_to({0, 0, side_, side_});
  for (int y = stamp.drawn.top; y < stamp.drawn.bottom; ++y) {
    for (int x = stamp.drawn.left; x < stamp.drawn.right; ++x) {
      const std::uint32_t* corner =
          &large_[static_cast<std::size_t>((y + 1) * phases - phase_y) * static_cast<std::size_t>(large) +
                  static_cast<std::size_t>((x + 1) * phases - phase_x)];
      std::uint32_t even = half, odd = half;
      for (int row = 0; row < phases; ++row, corner += large) {
        for (int column = 0; column < phases; ++column) {
          even += corner[column] & two;
          odd += corner[column] >> 8 & two;
        }
      }
      stamp.pixels[static_cast<std::size_t>(y * side_ + x)] = (even >> 4 & two) | (odd >> 4 & two) << 8;
    }
  }
  return stamp;
}

SymbolStamps::Stamp SymbolStamps::at(ScreenPoint centre) {
  const int steps_x = static_cast<int>(std::lround(centre.x * phases));
  const int steps_y = static_cast<int>(std::lround(centre.y * phases));
  const auto floor_of = [](int steps) {
    return steps >= 0 ? steps / phases : -((-steps + phases - 1) / phases);
  };
  const int x = floor_of(steps_x), y = floor_of(steps_y);
  const int phase_x = steps_x - x * phases, phase_y = steps_y - y * phases;
  Made& stamp = stamps_[static_cast<std::size_t>(phase_y * phases + phase_x)];
  if (stamp.pixels.empty()) stamp = made(phase_x, phase_y);
  const PixelRect& drawn = stamp.drawn;
  const int left = x - centre_, top = y - centre_;
  return {stamp.pixels.data() + drawn.top * side_ + drawn.left,
          side_,
          {left + drawn.left, top + drawn.top, left + drawn.right, top + drawn.bottom}};
}

}  // namespace xiangtu::render::page
