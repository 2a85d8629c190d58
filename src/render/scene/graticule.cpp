#include "render/scene/graticule.hpp"

#include <array>
#include <cmath>
#include <cstdlib>

#include <fmt/format.h>

namespace xiangtu::render::scene {

namespace {

constexpr std::array<int, 18> steps{1,   2,    5,    10,   20,   30,    60,    120,   300,
                                    600, 1200, 1800, 3600, 7200, 18000, 36000, 72000, 108000};
constexpr double least_apart = 130;  // style pixels
constexpr double text_size = 10;     // style pixels
constexpr double line_width = 0.8;   // style pixels

// The multiples of a step within a range of degrees.
template <class Visit>
void for_multiples(double from_degrees, double to_degrees, int step, const Visit& visit) {
  const auto first = static_cast<int>(std::ceil(from_degrees * 3600 / step));
  const auto last = static_cast<int>(std::floor(to_degrees * 3600 / step));
  for (int i = first; i <= last; ++i) visit(i * step);
}

}  // namespace

int graticule_step(const Camera& camera, double least_pixels) {
  // Parallels are farther apart on this projection than meridians: those decide.
  const double degree = camera.pixels_per_world() / 360;
  for (const int step : steps)
    if (step / 3600.0 * degree >= least_pixels) return step;
  return steps.back();
}

std::string degrees_text(int arc_seconds, bool meridian) {
  const int size = std::abs(arc_seconds);
  const char* half = size == 0  ? ""
                     : meridian ? (arc_seconds < 0 ? "W" : "E")
                                : (arc_seconds < 0 ? "S" : "N");
  std::string text = fmt::format("{}°", size / 3600);
  if (size % 3600 != 0) text += fmt::format("{:02}′", size % 3600 / 60);
  if (size % 60 != 0) text += fmt::format("{:02}″", size % 60);
  return text + half;
}

Furniture graticule(const Camera& camera, const PaperStyle& paper) {
  const double ratio = camera.pixel_ratio();
  const double width = camera.width(), height = camera.height();
  Furniture result;
  result.map = {0, 0, width, height};
  LineStyle style;
  style.colour = paper.graticule;
  const auto add = [&](ScreenPoint a, ScreenPoint b, ScreenPoint text, int seconds, bool meridian) {
    result.lines.push_back({a, b, line_width * ratio, 0, style});
    result.texts.push_back({degrees_text(seconds, meridian), text, std::round(text_size * ratio),
                            paper.quiet_text, paper.background});
  };
  const int step = graticule_step(camera, least_apart * ratio);
  const geodesy::LonLat corner = camera.to_lonlat({0, height}), opposite = camera.to_lonlat({width, 0});
  for_multiples(corner.lon, opposite.lon, step, [&](int seconds) {
    const double x = camera.to_screen(geodesy::LonLat{seconds / 3600.0, camera.centre_lonlat().lat}).x;
    add({x, 0}, {x, height}, {std::round(x + 3 * ratio), std::round(12 * ratio)}, seconds, true);
  });
  for_multiples(corner.lat, opposite.lat, step, [&](int seconds) {
    const double y = camera.to_screen(geodesy::LonLat{camera.centre_lonlat().lon, seconds / 3600.0}).y;
    add({0, y}, {width, y}, {std::round(4 * ratio), std::round(y - 3 * ratio)}, seconds, false);
  });
  return result;
}

std::vector<ScreenBox> degree_boxes(const Furniture& graticule, const MeasureText& measure) {
  std::vector<ScreenBox> boxes;
  for (const FurnitureText& text : graticule.texts) {
    const ScreenPoint at = text.left_baseline;
    boxes.push_back({at.x, at.y - text.size, at.x + measure(text.text, text.size), at.y});
  }
  return boxes;
}

}  // namespace xiangtu::render::scene
