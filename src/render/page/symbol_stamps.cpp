#include "render/page/symbol_stamps.hpp"

#include <algorithm>
#include <cmath>

#include "render/page/cairo_pen.hpp"

namespace xiangtu::render::page {

// Shapes reach a little beyond their radius; a pixel on each side for soft edges, one for the phase.
SymbolStamps::SymbolStamps(const scene::SymbolPaint& paint, const text::Faces& faces)
    : paint_(paint), centre_(static_cast<int>(std::ceil(paint.size * 0.6 + paint.outline_width)) + 2) {
  side_ = 2 * centre_ + 1;
  const int large = side_ * phases;
  large_.resize(static_cast<std::size_t>(large) * static_cast<std::size_t>(large));
  const CairoSurface surface{cairo_image_surface_create_for_data(
      reinterpret_cast<unsigned char*>(large_.data()), CAIRO_FORMAT_ARGB32, large, large, 4 * large)};
  const ScreenPoint middle{centre_ + 0.5, centre_ + 0.5};
  CairoPen{surface.get(), faces, phases, 1}.symbols(paint, std::span{&middle, 1});
  cairo_surface_flush(surface.get());
}

// The mean of the large pixels under each pixel.
std::vector<std::uint32_t> SymbolStamps::reduced(int phase_x, int phase_y) const {
  const int large = side_ * phases;
  std::vector<std::uint32_t> stamp(static_cast<std::size_t>(side_) * static_cast<std::size_t>(side_));
  const auto mean = [&](int left, int top) {
    std::array<unsigned, 4> sums{};
    for (int y = std::max(top, 0); y < std::min(top + phases, large); ++y)
      for (int x = std::max(left, 0); x < std::min(left + phases, large); ++x)
        for (unsigned channel = 0; channel < sums.size(); ++channel)
          sums[channel] += large_[static_cast<std::size_t>(y * large + x)] >> 8 * channel & 255;
    std::uint32_t pixel = 0;
    for (unsigned channel = 0; channel < sums.size(); ++channel)
      pixel |= (sums[channel] + phases * phases / 2) / (phases * phases) << 8 * channel;
    return pixel;
  };
  // Drawn in the middle of its pixel; the phase says where within the pixel it has to be.
  const int right = phase_x - phases / 2, down = phase_y - phases / 2;
  for (int y = 0; y < side_; ++y)
    for (int x = 0; x < side_; ++x)
      stamp[static_cast<std::size_t>(y * side_ + x)] = mean(x * phases - right, y * phases - down);
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
  std::vector<std::uint32_t>& stamp = stamps_[static_cast<std::size_t>(phase_y * phases + phase_x)];
  if (stamp.empty()) stamp = reduced(phase_x, phase_y);
  const int left = x - centre_, top = y - centre_;
  return {stamp.data(), side_, {left, top, left + side_, top + side_}};
}

}  // namespace xiangtu::render::page
