#include <cmath>
#include <numbers>

#include <catch2/catch.hpp>

#include "render/page/shapes.hpp"

using namespace xiangtu::render;
using page::Path;
using scene::ScreenPoint;
using scene::Shape;

TEST_CASE("a circle of curves is round") {
  Path path;
  path.add_circle({10, 20}, 5);
  const auto& points = path.points();
  for (std::size_t i = 1; i + 2 < points.size(); i += 3)
    for (double t = 0; t <= 1; t += 0.1) {
      const double a = (1 - t) * (1 - t) * (1 - t), b = 3 * t * (1 - t) * (1 - t), c = 3 * t * t * (1 - t),
                   d = t * t * t;
      const double x = a * points[i - 1].x + b * points[i].x + c * points[i + 1].x + d * points[i + 2].x;
      const double y = a * points[i - 1].y + b * points[i].y + c * points[i + 1].y + d * points[i + 2].y;
      CHECK(std::hypot(x - 10, y - 20) == Approx(5).epsilon(0.0004));
    }
  CHECK(path.bounds().width == Approx(10).epsilon(0.001));
}

TEST_CASE(
    "every shape lies around its centre, within one and a half radii, and its parts run one way round") {
  for (const Shape shape : {Shape::circle, Shape::square, Shape::diamond, Shape::triangle, Shape::drop,
                            Shape::cross, Shape::bridge, Shape::house, Shape::star}) {
    INFO(static_cast<int>(shape));
    Path path;
    page::add_shape(shape, {100, 200}, 8, path);
    REQUIRE_FALSE(path.empty());
    const scene::Rect box = path.bounds();
    CHECK(box.x < 100 - 4);
    CHECK(box.x + box.width > 100 + 4);
    CHECK(box.y < 200 - 4);
    CHECK(box.y + box.height > 200 + 4);
    CHECK(box.width < 24);
    CHECK(box.height < 24);
    double area = 0;  // twice, of the subpath so far
    std::size_t at = 0, first = 0;
    for (const Path::Verb verb : path.verbs()) {
      if (verb == Path::Verb::close) {
        for (std::size_t i = first; i < at; ++i) {
          const ScreenPoint a = path.points()[i], b = path.points()[i + 1 < at ? i + 1 : first];
          area += a.x * b.y - b.x * a.y;
        }
        CHECK(area > 0);
        area = 0;
        first = at;
      }
      at += verb == Path::Verb::curve ? 3 : verb == Path::Verb::close ? 0 : 1;
    }
  }
  Path none;
  page::add_shape(Shape::none, {0, 0}, 8, none);
  CHECK(none.empty());
}
