#include "render/page/shapes.hpp"

#include <cmath>
#include <numbers>

namespace xiangtu::render::page {

namespace {

// Corners as shares of the radius, clockwise on the screen.
using Corners = std::vector<ScreenPoint>;

Corners box(ScreenPoint middle, double half_width, double half_height) {
  return {{middle.x - half_width, middle.y - half_height},
          {middle.x + half_width, middle.y - half_height},
          {middle.x + half_width, middle.y + half_height},
          {middle.x - half_width, middle.y + half_height}};
}

// A bridge's parapet opening outwards: a bar along the diagonal of one of the four corners.
Corners flare(double side_x, double side_y) {
  const auto at = [&](double along, double across) {
    constexpr double slant = std::numbers::sqrt2 / 2;
    return ScreenPoint{side_x * (0.82 + slant * (along - across)),
                       side_y * (0.62 + slant * (along + across))};
  };
  constexpr double half_length = 0.28, half_width = 0.13;
  if (side_x * side_y > 0)
    return {at(-half_length, -half_width), at(half_length, -half_width), at(half_length, half_width),
            at(-half_length, half_width)};
  return {at(-half_length, half_width), at(half_length, half_width), at(half_length, -half_width),
          at(-half_length, -half_width)};
}

Corners star() {
  constexpr int tips = 5;
  constexpr double dent = 0.45;
  Corners corners;
  for (int i = 0; i < 2 * tips; ++i) {
    const double angle = i * std::numbers::pi / tips;
    const double reach = i % 2 == 0 ? 1 : dent;
    corners.push_back({reach * std::sin(angle), -reach * std::cos(angle)});
  }
  return corners;
}

std::vector<Corners> corners_of(scene::Shape shape) {
  using scene::Shape;
  switch (shape) {
    case Shape::square:
      return {box({0, 0}, 0.86, 0.86)};
    case Shape::diamond:
      return {{{0, -1.1}, {1.1, 0}, {0, 1.1}, {-1.1, 0}}};
    case Shape::triangle:
      return {{{-0.058, -0.85}, {0.058, -0.85}, {0.953, 0.7}, {-0.953, 0.7}}};
    case Shape::cross:
      return {box({0, 0}, 1, 0.32), box({0, 0}, 0.32, 1)};
    case Shape::bridge:
      return {box({0, 0}, 0.95, 0.2),
              box({0, -0.46}, 0.72, 0.14),
              box({0, 0.46}, 0.72, 0.14),
              flare(1, 1),
              flare(1, -1),
              flare(-1, 1),
              flare(-1, -1)};
    case Shape::house:
      return {{{0, -1}, {0.9, -0.1}, {0.62, -0.1}, {0.62, 0.85}, {-0.62, 0.85}, {-0.62, -0.1}, {-0.9, -0.1}}};
    case Shape::star:
      return {star()};
    case Shape::none:
    case Shape::circle:
    case Shape::drop:
      break;
  }
  return {};
}

void add_drop(ScreenPoint centre, double radius, Path& path) {
  constexpr double belly = 0.74, sunk = 0.28, tip = -0.96;
  constexpr double shoulder = -0.64;  // where the cone meets the belly, as an angle from the right
  path.move_to({centre.x, centre.y + tip * radius});
  path.add_arc({centre.x, centre.y + sunk * radius}, belly * radius, shoulder, std::numbers::pi - shoulder);
  path.close();
}

}  // namespace

void add_shape(scene::Shape shape, ScreenPoint centre, double radius, Path& path) {
  if (shape == scene::Shape::circle) path.add_circle(centre, radius);
  if (shape == scene::Shape::drop) add_drop(centre, radius, path);
  for (Corners corners : corners_of(shape)) {
    for (ScreenPoint& corner : corners) corner = {centre.x + corner.x * radius, centre.y + corner.y * radius};
    path.add_polygon(corners);
  }
}

}  // namespace xiangtu::render::page
