// Colours of the map: sRGB with straight alpha, eight bits each.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace xiangtu::render::scene {

struct Colour {
  std::uint8_t r = 0, g = 0, b = 0, a = 255;
  bool operator==(const Colour&) const = default;
  constexpr Colour with_alpha(double opacity) const {
    return {r, g, b, static_cast<std::uint8_t>(a * opacity + 0.5)};
  }
};

// "#rgb", "#rrggbb" or "#rrggbbaa"; nothing for any other text.
std::optional<Colour> parse_colour(std::string_view text);

// Between two colours, t in [0, 1].
Colour mix(Colour from, Colour to, double t);

}  // namespace xiangtu::render::scene
