#include "render/scene/tessellate.hpp"

#include <cmath>

#include <catch2/catch.hpp>

#include "render/region.hpp"
#include "render/scene/simplify.hpp"

using namespace xiangtu;
using namespace xiangtu::render::scene;

namespace {

using Ring = std::vector<Point>;

double shoelace(const Ring& ring) {
  double twice = 0;
  for (std::size_t i = 0; i < ring.size(); ++i) {
    const Point a = ring[i], b = ring[(i + 1) % ring.size()];
    twice += static_cast<double>(a.x) * b.y - static_cast<double>(b.x) * a.y;
  }
  return std::abs(twice) / 2;
}

double area(const std::vector<Point>& triangles) {
  double sum = 0;
  for (std::size_t i = 0; i < triangles.size(); i += 3)
    sum += shoelace({triangles[i], triangles[i + 1], triangles[i + 2]});
  return sum;
}

bool even_odd(const std::vector<Ring>& rings, Point p) {
  bool inside = false;
  for (const Ring& ring : rings) {
    for (std::size_t i = 0; i < ring.size(); ++i) {
      const Point a = ring[i], b = ring[(i + 1) % ring.size()];
      if ((a.y > p.y) != (b.y > p.y) && p.x < a.x + (p.y - a.y) / (b.y - a.y) * (b.x - a.x)) inside = !inside;
    }
  }
  return inside;
}

int triangles_around(const std::vector<Point>& triangles, Point p) {
  int count = 0;
  for (std::size_t i = 0; i < triangles.size(); i += 3)
    count += even_odd({{triangles[i], triangles[i + 1], triangles[i + 2]}}, p) ? 1 : 0;
  return count;
}

// A star-shaped ring with random radii: simple, not convex.
Ring random_star(test::Dice& dice, float cx, float cy, float radius, int vertices) {
  Ring ring;
  for (int i = 0; i < vertices; ++i) {
    const double angle = 6.283185307179586 * i / vertices;
    const auto r = static_cast<float>(radius * (0.3 + 0.7 * dice.roll()));
    ring.push_back(
        {cx + r * static_cast<float>(std::cos(angle)), cy + r * static_cast<float>(std::sin(angle))});
  }
  return ring;
}

}  // namespace

TEST_CASE("a square is two triangles") {
  std::vector<Point> triangles;
  tessellate(std::vector<Ring>{{{0, 0}, {4, 0}, {4, 4}, {0, 4}, {0, 0}}}, triangles);
  CHECK(triangles.size() == 6);
  CHECK(area(triangles) == Approx(16));
}

TEST_CASE("triangles cover the polygon once, and nothing else") {
  test::Dice dice{17};
  for (int round = 0; round < 60; ++round) {
    std::vector<Ring> rings{random_star(dice, 0, 0, 100, 5 + round)};
    if (round % 2 == 1)
      rings.push_back(random_star(dice, 0, 0, 20, 7));  // a hole, inside the smallest radius
    std::vector<Point> triangles;
    tessellate(rings, triangles);
    const double expected = shoelace(rings[0]) - (rings.size() > 1 ? shoelace(rings[1]) : 0);
    CHECK(area(triangles) == Approx(expected).epsilon(1e-4));
    for (int i = 0; i < 50; ++i) {
      const Point p{static_cast<float>(dice.roll() * 220 - 110), static_cast<float>(dice.roll() * 220 - 110)};
      CHECK(triangles_around(triangles, p) == (even_odd(rings, p) ? 1 : 0));
    }
  }
}

TEST_CASE("degenerate rings do no harm") {
  std::vector<Point> triangles;
  tessellate(std::vector<Ring>{}, triangles);
  tessellate(std::vector<Ring>{{}}, triangles);
  tessellate(std::vector<Ring>{{{1, 1}}, {{1, 1}, {2, 1}}, {{1, 1}, {2, 1}, {3, 1}, {1, 1}}}, triangles);
  CHECK(triangles.empty());
  // A bow tie: both wings are inside by the even-odd rule.
  tessellate(std::vector<Ring>{{{0, 0}, {2, 2}, {2, 0}, {0, 2}}}, triangles);
  CHECK_FALSE(triangles.empty());
}

TEST_CASE("a name's place is inside, also in a crescent") {
  Ring crescent;
  for (int i = 0; i <= 40; ++i) {
    const float angle = static_cast<float>(i) / 40 * 4.7f;
    crescent.push_back({100 * std::cos(angle), 100 * std::sin(angle)});
  }
  for (int i = 40; i >= 0; --i) {
    const float angle = static_cast<float>(i) / 40 * 4.7f;
    crescent.push_back({70 * std::cos(angle), 70 * std::sin(angle)});
  }
  CHECK(even_odd({crescent}, label_place(std::vector<Ring>{crescent})));
}

TEST_CASE("simplified lines keep their ends and stay within the tolerance") {
  test::Dice dice{23};
  std::vector<std::size_t> room;
  for (const float tolerance : {0.1f, 0.5f, 3.0f}) {
    std::vector<Point> line;
    for (int i = 0; i < 200; ++i)
      line.push_back({static_cast<float>(i), static_cast<float>(8 * std::sin(i * 0.1) + dice.roll())});
    std::vector<Point> simple = line;
    simplify(simple, tolerance, room);
    CHECK(simple.size() <= line.size());
    CHECK(simple.front() == line.front());
    CHECK(simple.back() == line.back());
    for (const Point p : line) {
      float nearest = 1e9f;
      for (std::size_t i = 0; i + 1 < simple.size(); ++i) {
        const Point a = simple[i], b = simple[i + 1];
        const float t = std::clamp(((p.x - a.x) * (b.x - a.x) + (p.y - a.y) * (b.y - a.y)) /
                                       ((b.x - a.x) * (b.x - a.x) + (b.y - a.y) * (b.y - a.y)),
                                   0.0f, 1.0f);
        nearest = std::min(nearest, std::hypot(p.x - a.x - t * (b.x - a.x), p.y - a.y - t * (b.y - a.y)));
      }
      CHECK(nearest <= tolerance * 1.001f);
    }
  }
  std::vector<Point> ring{{0, 0}, {5, 0}, {5, 0}, {5, 5}, {0, 5}, {0, 0}};
  simplify(ring, 0.1f, room);
  CHECK(ring == std::vector<Point>{{0, 0}, {5, 0}, {5, 5}, {0, 5}, {0, 0}});
}
