#include "raster/relief.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace xiangtu::raster {

namespace {

struct Step {
  double metres;
  std::array<double, 3> rgb;
};

// Pale, so that roads and names stay readable over it: river plains green, loess and hills yellow to
// brown, high mountains grey to white.
constexpr Step steps[] = {{-100, {190, 214, 200}}, {0, {206, 224, 202}},    {200, {220, 231, 205}},
                          {500, {235, 236, 212}},  {1000, {243, 233, 207}}, {1500, {237, 219, 191}},
                          {2500, {226, 207, 186}}, {4000, {224, 217, 211}}, {6000, {248, 248, 248}}};
constexpr std::array<double, 3> white{255, 255, 255};

// Paper stays paper: level ground is nearly white, shadow darkens it and light brightens it a little.
double brightness_of(double light, double on_level_ground) {
  constexpr double darkest = 0.42, level = 0.94, brightest = 1;
  const double t = light / on_level_ground;
  if (t < 1) return darkest + (level - darkest) * t;
  return level + (brightest - level) * (light - on_level_ground) / std::max(1 - on_level_ground, 1e-9);
}

std::array<double, 3> tint_of(double metres) {
  std::size_t above = 0;
  while (above < std::size(steps) && !(steps[above].metres > metres)) ++above;
  if (above == 0) return steps[above].rgb;
  if (above == std::size(steps)) return steps[above - 1].rgb;
  const Step &higher = steps[above], &below = steps[above - 1];
  const double t = (metres - below.metres) / (higher.metres - below.metres);
  std::array<double, 3> rgb{};
  for (std::size_t i = 0; i < 3; ++i) rgb[i] = below.rgb[i] + t * (higher.rgb[i] - below.rgb[i]);
  return rgb;
}

}  // namespace

double light_at(const Heights& heights, int x, int y, const Sun& sun, double exaggeration) {
  constexpr double degree = std::numbers::pi / 180;
  const double centre = heights.at(x, y);
  const auto z = [&](int dx, int dy) {
    const double there = heights.at(x + dx, y + dy);
    return std::isnan(there) ? centre : there;
  };
  const double per_cell = exaggeration / (8 * heights.cell_m[static_cast<std::size_t>(y)]);
  const double east = ((z(1, -1) + 2 * z(1, 0) + z(1, 1)) - (z(-1, -1) + 2 * z(-1, 0) + z(-1, 1))) * per_cell;
  const double north =
      ((z(-1, -1) + 2 * z(0, -1) + z(1, -1)) - (z(-1, 1) + 2 * z(0, 1) + z(1, 1))) * per_cell;
  const double level = std::cos(sun.altitude_deg * degree);  // of the direction to the sun
  const double towards =
      east * level * std::sin(sun.azimuth_deg * degree) + north * level * std::cos(sun.azimuth_deg * degree);
  const double cosine = (std::sin(sun.altitude_deg * degree) - towards) / std::hypot(1.0, east, north);
  return std::max(cosine, 0.0);
}

double exaggeration_for(double cell_m) {
  return std::clamp(std::sqrt(cell_m / 30), 1.0, 8.0);
}

Image shade(const Heights& heights, Tint tint, const Sun& sun) {
  if (heights.width < 3 || heights.height < 3) return {};
  Image image{heights.width - 2, heights.height - 2, {}};
  image.rgba.resize(4 * static_cast<std::size_t>(image.width) * static_cast<std::size_t>(image.height), 0);
  const double on_level_ground = std::sin(sun.altitude_deg * std::numbers::pi / 180);
  for (int y = 0; y < image.height; ++y) {
    const double exaggeration = exaggeration_for(heights.cell_m[static_cast<std::size_t>(y) + 1]);
    for (int x = 0; x < image.width; ++x) {
      const double metres = heights.at(x + 1, y + 1);
      if (std::isnan(metres)) continue;
      const double brightness =
          brightness_of(light_at(heights, x + 1, y + 1, sun, exaggeration), on_level_ground);
      const std::array<double, 3> ground = tint == Tint::by_height ? tint_of(metres) : white;
      std::uint8_t* pixel = image.pixel(x, y);
      for (std::size_t i = 0; i < 3; ++i)
        pixel[i] = static_cast<std::uint8_t>(std::lround(std::clamp(ground[i] * brightness, 0.0, 255.0)));
      pixel[3] = 255;
    }
  }
  return image;
}

}  // namespace xiangtu::raster
