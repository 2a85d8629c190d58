#include "render/page/path.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace xiangtu::render::page {

void Path::add_polygon(const std::vector<ScreenPoint>& corners) {
  if (corners.empty()) return;
  move_to(corners.front());
  for (std::size_t i = 1; i < corners.size(); ++i) line_to(corners[i]);
  close();
}

void Path::add_rect(const scene::Rect& rect) {
  const double right = rect.x + rect.width, bottom = rect.y + rect.height;
  add_polygon({{rect.x, rect.y}, {right, rect.y}, {right, bottom}, {rect.x, bottom}});
}

void Path::add_arc(ScreenPoint centre, double radius, double from, double to) {
  const auto at = [&](double angle) {
    return ScreenPoint{centre.x + radius * std::cos(angle), centre.y + radius * std::sin(angle)};
  };
  // A cubic curve follows a quarter of a circle to three parts in ten thousand.
  const int quarters = std::max(static_cast<int>(std::ceil((to - from) / (std::numbers::pi / 2) - 1e-9)), 1);
  const double step = (to - from) / quarters;
  const double reach = 4.0 / 3.0 * std::tan(step / 4) * radius;
  add(empty() || verbs_.back() == Verb::close ? Verb::move : Verb::line, at(from));
  for (int i = 0; i < quarters; ++i) {
    const double a = from + i * step, b = a + step;
    const ScreenPoint begin = at(a), end = at(b);
    verbs_.push_back(Verb::curve);
    points_.push_back({begin.x - reach * std::sin(a), begin.y + reach * std::cos(a)});
    points_.push_back({end.x + reach * std::sin(b), end.y - reach * std::cos(b)});
    points_.push_back(end);
  }
}

void Path::add_circle(ScreenPoint centre, double radius) {
  add_arc(centre, radius, 0, 2 * std::numbers::pi);
  close();
}

void Path::add_round_rect(const scene::Rect& rect, double radius) {
  constexpr double quarter = std::numbers::pi / 2;
  const double r = std::clamp(radius, 0.0, std::min(rect.width, rect.height) / 2);
  const double left = rect.x + r, top = rect.y + r, right = rect.x + rect.width - r,
               bottom = rect.y + rect.height - r;
  add_arc({right, bottom}, r, 0, quarter);
  add_arc({left, bottom}, r, quarter, 2 * quarter);
  add_arc({left, top}, r, 2 * quarter, 3 * quarter);
  add_arc({right, top}, r, 3 * quarter, 4 * quarter);
  close();
}

scene::Rect Path::bounds() const {
  if (points_.empty()) return {};
  const auto [left, right] =
      std::minmax_element(points_.begin(), points_.end(), [](auto a, auto b) { return a.x < b.x; });
  const auto [top, bottom] =
      std::minmax_element(points_.begin(), points_.end(), [](auto a, auto b) { return a.y < b.y; });
  return {left->x, top->y, right->x - left->x, bottom->y - top->y};
}

}  // namespace xiangtu::render::page
