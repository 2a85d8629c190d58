#include "render/scene/text_along.hpp"

#include <cmath>
#include <numbers>

#include <catch2/catch.hpp>

#include "render/region.hpp"
#include "render/scene/join_lines.hpp"
#include "render/scene/tessellate.hpp"

using namespace xiangtu;
using namespace xiangtu::render::scene;

namespace {

constexpr double size = 10;
constexpr double pi = std::numbers::pi;

std::vector<TextCluster> text_of(std::string_view utf8) {
  std::vector<TextCluster> clusters = clusters_of(utf8);
  for (TextCluster& cluster : clusters) cluster.advance = cluster.ideograph ? size : size / 2;
  return clusters;
}

struct Line {
  std::vector<SegmentVertex> vertices;
  explicit Line(std::initializer_list<Point> points) {
    for (const Point& p : points) add(p);
  }
  void add(Point p) {
    const float along = vertices.empty() ? 0
                                         : vertices.back().along +
                                               std::hypot(p.x - vertices.back().x, p.y - vertices.back().y);
    vertices.push_back({p.x, p.y, along});
  }
  LineOnScreen on_screen() const { return {vertices, {100, 200}, 1}; }
  double middle() const { return vertices.back().along / 2; }
};

// Of the middle of a character, from the line's origin.
ScreenPoint middle_of(const LabelGlyph& glyph, double advance) {
  const double c = std::cos(glyph.angle), s = std::sin(glyph.angle);
  const double x = advance / 2, y = -0.36 * size;
  return {glyph.left_baseline.x + x * c - y * s - 100, glyph.left_baseline.y + x * s + y * c - 200};
}

}  // namespace

TEST_CASE("text is taken apart into characters with their marks") {
  const auto clusters = clusters_of("a\u0301村X𠀀");
  REQUIRE(clusters.size() == 4);
  CHECK(clusters[0].text == "a\u0301");
  CHECK(clusters[1].ideograph);
  CHECK_FALSE(clusters[2].ideograph);
  CHECK(clusters[3].text == "𠀀");
  CHECK(clusters[3].ideograph);
  CHECK(clusters_of("").empty());
}

TEST_CASE("on a level line characters stand side by side, from left to right whatever the line's direction") {
  for (const Line& line : {Line{{0, 0}, {100, 0}}, Line{{100, 0}, {0, 0}}}) {
    const auto glyphs = text_along(line.on_screen(), 50, 7, text_of("G210"), size);
    REQUIRE(glyphs);
    REQUIRE(glyphs->size() == 4);
    std::string read;
    for (std::size_t i = 0; i < 4; ++i) {
      const ScreenPoint middle = middle_of((*glyphs)[i], size / 2);
      CHECK(middle.x == Approx(50 - 7.5 + 5 * static_cast<double>(i)).margin(1e-4));
      CHECK(middle.y == Approx(-7).margin(1e-4));  // above the line
      CHECK((*glyphs)[i].angle == Approx(0).margin(1e-6));
      read += (*glyphs)[i].text;
    }
    CHECK(read == "G210");
  }
}

TEST_CASE("ideographs on a steep line stand in a column that is read downwards") {
  for (const Line& line : {Line{{0, 0}, {8, 100}}, Line{{8, 100}, {0, 0}}}) {
    const auto glyphs = text_along(line.on_screen(), line.middle(), 8, text_of("青银高速"), size);
    REQUIRE(glyphs);
    for (std::size_t i = 0; i < glyphs->size(); ++i) {
      CHECK(std::abs((*glyphs)[i].angle) < 0.1);  // all but upright
      if (i > 0) CHECK(middle_of((*glyphs)[i], size).y > middle_of((*glyphs)[i - 1], size).y + 0.9 * size);
      CHECK(middle_of((*glyphs)[i], size).x > 8);  // on the right
    }
    // Letters lie down instead.
    const auto letters = text_along(line.on_screen(), line.middle(), 8, text_of("S301"), size);
    REQUIRE(letters);
    CHECK(std::abs(std::abs(letters->front().angle) - pi / 2) < 0.1);
  }
}

TEST_CASE("no room on a short line, none around a sharp bend, room around a gentle one") {
  CHECK_FALSE(text_along(Line{{0, 0}, {30, 0}}.on_screen(), 15, 6, text_of("青银高速"), size));
  CHECK_FALSE(text_along(Line{{0, 0}, {100, 0}}.on_screen(), 10, 6, text_of("青银高速"), size));
  CHECK_FALSE(text_along(Line{{0, 0}, {50, 0}, {50, 60}}.on_screen(), 50, 6, text_of("青银高速"), size));
  Line arc{};
  for (int i = 0; i <= 40; ++i) {
    const float angle = static_cast<float>(i) / 40 - 0.5f;
    arc.add({120 * std::sin(angle), -120 * std::cos(angle)});
  }
  const auto glyphs = text_along(arc.on_screen(), arc.middle(), 6, text_of("青银高速"), size);
  REQUIRE(glyphs);
  for (std::size_t i = 0; i < glyphs->size(); ++i) {
    const ScreenPoint middle = middle_of((*glyphs)[i], size);
    CHECK(std::hypot(middle.x, middle.y) == Approx(126).margin(1));
    if (i > 0) CHECK((*glyphs)[i].angle > (*glyphs)[i - 1].angle);
  }
  CHECK_FALSE(text_along(arc.on_screen(), arc.middle(), 6, {}, size));
}

TEST_CASE("text on lines is never upside down, and its characters keep their distance") {
  test::Dice dice{23};
  int written = 0;
  for (int round = 0; round < 2000; ++round) {
    Line line{{0, 0}};
    double angle = dice.roll() * 2 * pi;
    Point at{0, 0};
    for (int i = 0; i < 12; ++i) {
      angle += (dice.roll() - 0.5) * 0.8;
      at = {at.x + static_cast<float>(12 * std::cos(angle)), at.y + static_cast<float>(12 * std::sin(angle))};
      line.add(at);
    }
    const bool letters = round % 2 == 0;
    const auto clusters = text_of(letters ? "National 210" : "青银高速公路");
    const auto glyphs = text_along(line.on_screen(), line.middle(), round % 3 == 0 ? -7 : 7, clusters, size);
    if (!glyphs) continue;
    ++written;
    double up = 0;  // how far the characters' tops point upwards
    for (const LabelGlyph& glyph : *glyphs) up += std::cos(glyph.angle);
    CHECK(up / static_cast<double>(glyphs->size()) > -0.05);
    for (std::size_t i = 1; i < glyphs->size(); ++i) {
      const ScreenPoint a = middle_of((*glyphs)[i - 1], clusters[i - 1].advance),
                        b = middle_of((*glyphs)[i], clusters[i].advance);
      const double apart = std::hypot(b.x - a.x, b.y - a.y);
      CHECK(apart > 0.8 * (clusters[i].advance + clusters[i - 1].advance) / 2);
      CHECK(std::abs((*glyphs)[i].angle - (*glyphs)[i - 1].angle) < 0.45);
    }
  }
  CHECK(written > 500);
}

TEST_CASE("lines that run into each other are joined, whatever their order and direction") {
  using geodesy::LonLat;
  const std::vector<std::vector<LonLat>> parts{{{2, 0}, {1, 0}}, {{2, 0}, {3, 0}}, {{0, 0}, {1, 0}}};
  const std::vector<std::span<const LonLat>> lines{parts.begin(), parts.end()};
  const auto joined = join_lines(lines);
  REQUIRE(joined.size() == 1);
  const std::vector<LonLat> forward{{0, 0}, {1, 0}, {2, 0}, {3, 0}};
  CHECK(
      (joined.front() == forward || joined.front() == std::vector<LonLat>{forward.rbegin(), forward.rend()}));
}

TEST_CASE("joined lines end at forks, rings are closed, and nothing is lost") {
  using geodesy::LonLat;
  const std::vector<std::vector<LonLat>> fork{{{0, 0}, {1, 0}}, {{1, 0}, {2, 1}}, {{1, 0}, {2, -1}}};
  CHECK(join_lines(std::vector<std::span<const LonLat>>{fork.begin(), fork.end()}).size() == 3);
  const std::vector<std::vector<LonLat>> ring{{{0, 0}, {1, 0}}, {{1, 0}, {1, 1}}, {{0, 0}, {1, 1}}, {}};
  const auto closed = join_lines(std::vector<std::span<const LonLat>>{ring.begin(), ring.end()});
  REQUIRE(closed.size() == 1);
  CHECK(closed.front().size() == 4);
  CHECK(closed.front().front() == closed.front().back());

  test::Dice dice{41};
  for (int round = 0; round < 200; ++round) {  // steps on a small grid: forks, rings and chains
    std::vector<std::vector<LonLat>> steps;
    for (int i = 0; i < 12; ++i) {
      const double x = std::floor(dice.roll() * 4), y = std::floor(dice.roll() * 4);
      steps.push_back({{x, y}, dice.roll() < 0.5 ? LonLat{x + 1, y} : LonLat{x, y + 1}});
    }
    std::size_t segments = 0;
    for (const auto& line : join_lines(std::vector<std::span<const LonLat>>{steps.begin(), steps.end()}))
      segments += line.size() - 1;
    CHECK(segments == steps.size());
  }
}
