#include "render/scene/colour.hpp"

#include <array>

namespace xiangtu::render::scene {

namespace {

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

std::uint8_t mix_channel(std::uint8_t from, std::uint8_t to, double t) {
  return static_cast<std::uint8_t>(from + (to - from) * t + 0.5);
}

}  // namespace

std::optional<Colour> parse_colour(std::string_view text) {
  if (text.empty() || text.front() != '#') return std::nullopt;
  text.remove_prefix(1);
  const bool brief = text.size() == 3;
  if (!brief && text.size() != 6 && text.size() != 8) return std::nullopt;
  std::array<std::uint8_t, 4> channels{0, 0, 0, 255};
  const std::size_t step = brief ? 1 : 2;
  for (std::size_t i = 0; i * step < text.size(); ++i) {
    const int high = hex_digit(text[i * step]);
    const int low = hex_digit(text[i * step + step - 1]);
    if (high < 0 || low < 0) return std::nullopt;
    channels[i] = static_cast<std::uint8_t>(high * 16 + low);
  }
  return Colour{channels[0], channels[1], channels[2], channels[3]};
}

Colour mix(Colour from, Colour to, double t) {
  return {mix_channel(from.r, to.r, t), mix_channel(from.g, to.g, t), mix_channel(from.b, to.b, t),
          mix_channel(from.a, to.a, t)};
}

}  // namespace xiangtu::render::scene
