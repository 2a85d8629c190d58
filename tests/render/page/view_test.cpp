#include "render/page/view.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <utility>

using namespace xiangtu::render;
using page::Path;
using page::PieceView;
using scene::ScreenPoint;

namespace {

constexpr int level = 10;
constexpr scene::Rect seen{0, 0, 100, 100};

// A view of 100 by 100 pixels whose upper left corner is the piece's origin, at the piece's scale.
struct Window {
  scene::Camera camera{100, 100};
  scene::Piece piece;
  Window() {
    camera.set_zoom(level);
    piece.level = level;
    piece.origin = camera.to_world({0, 0});
    piece.box = {piece.origin, camera.to_world({50, 50})};
  }
  void add_line(const std::vector<ScreenPoint>& points) {
    float along = 0;
    for (std::size_t i = 0; i + 1 < points.size(); ++i) {
      const auto at = [](double v) { return static_cast<float>(v); };
      const auto length =
          static_cast<float>(std::hypot(points[i + 1].x - points[i].x, points[i + 1].y - points[i].y));
      piece.segments.push_back({{at(points[i].x), at(points[i].y), along},
                                {at(points[i + 1].x), at(points[i + 1].y), along + length}});
      along += length;
    }
  }
  std::vector<PieceView::Line> lines() const {
    std::vector<PieceView::Line> lines;
    PieceView{piece, camera, {0, 0}, seen, 5}.for_lines(
        {{}, 0, static_cast<std::uint32_t>(piece.segments.size())},
        [&](const PieceView::Line& line) { lines.push_back(line); });
    return lines;
  }
};

double area(const Path& path) {  // of one polygon
  double twice = 0;
  const auto& p = path.points();
  for (std::size_t i = 0; i < p.size(); ++i) {
    const ScreenPoint a = p[i], b = p[(i + 1) % p.size()];
    twice += a.x * b.y - b.x * a.y;
  }
  return std::abs(twice) / 2;
}

}  // namespace

TEST_CASE("segments that follow one another are one line, and the next line begins anew") {
  Window window;
  window.add_line({{10, 10}, {20, 10}, {30, 20}});
  window.add_line({{30, 20}, {40, 20}});
  const auto lines = window.lines();
  REQUIRE(lines.size() == 2);
  CHECK(lines[0].points.size() == 3);
  CHECK(lines[1].points.size() == 2);
  CHECK(lines[1].along == 0);
}

TEST_CASE("a line that leaves the view and comes back is in two parts that know how far they are along") {
  Window window;
  window.add_line({{50, 50}, {50, -20}, {50, -300}, {90, -300}, {90, -20}, {90, 50}});
  const auto lines = window.lines();
  REQUIRE(lines.size() == 2);
  CHECK(lines[0].points.size() == 2);
  CHECK(lines[1].points.size() == 2);
  CHECK(lines[1].points[0].y == Approx(-20));
  CHECK(lines[1].along == Approx(70 + 280 + 40 + 280));
}

TEST_CASE("what is outside of the view and its reach is left out") {
  Window window;
  window.add_line({{120, 10}, {140, 10}});
  window.add_line({{103, 10}, {104, 10}});  // within reach
  CHECK(window.lines().size() == 1);
  window.piece.symbols = {{50, 50}, {107, 50}, {104, 104}};
  CHECK(PieceView{window.piece, window.camera, {0, 0}, seen, 5}.symbols({{}, 0, 3}).size() == 2);
}

TEST_CASE("rings are cut at the reach: what shows of them stays") {
  Window window;
  window.add_line({{-1000, 40}, {1000, 40}, {1000, 60}, {-1000, 60}, {-1000, 40}});  // a band across
  window.add_line({{300, 300}, {400, 300}, {400, 400}, {300, 300}});                 // far away
  window.piece.rings = {{3, 0, 4}, {5, 4, 7}};
  const PieceView view{window.piece, window.camera, {0, 0}, seen, 5};
  std::size_t at = 0;
  const Path band = view.rings_of_row(at);
  CHECK(at == 1);
  CHECK(area(band) == Approx(110 * 20));
  CHECK(view.rings_of_row(at).empty());
  CHECK(at == 2);
}

TEST_CASE("all rings of a row are one path, a hole among them") {
  Window window;
  window.add_line({{10, 10}, {90, 10}, {90, 90}, {10, 90}, {10, 10}});
  window.add_line({{40, 40}, {40, 60}, {60, 60}, {40, 40}});
  window.piece.rings = {{0, 0, 4}, {0, 4, 7}};
  std::size_t at = 0;
  const Path path = PieceView{window.piece, window.camera, {0, 0}, seen, 5}.rings_of_row(at);
  CHECK(at == 2);
  CHECK(path.points().size() == 7);
}

TEST_CASE("of a part of the view only what lies there is shown") {
  Window window;
  window.add_line({{10, 10}, {20, 10}, {30, 90}});
  window.piece.symbols = {{10, 10}, {10, 60}};
  const auto view_of = [&](const scene::Rect& part) {
    return PieceView{window.piece, window.camera, {0, 0}, part, 5};
  };
  CHECK(view_of({0, 0, 100, 30}).symbols({{}, 0, 2}).size() == 1);
  CHECK(view_of({0, 50, 100, 30}).shows_any());  // just so, with its reach
  CHECK_FALSE(view_of({0, 56, 100, 30}).shows_any());
  std::vector<PieceView::Line> lines;
  view_of({0, 50, 100, 30}).for_lines({{}, 0, 2}, [&](const PieceView::Line& line) {
    lines.push_back(line);
  });
  REQUIRE(lines.size() == 1);
  CHECK(lines[0].points.size() == 2);
  CHECK(lines[0].along == Approx(10));
}

TEST_CASE("boxes of segments change nothing of what is in view") {
  Window window;
  // To and fro across the view and far from it, in lines that begin and end within boxes.
  std::vector<ScreenPoint> points;
  for (int i = 0; i < 1000; ++i) {
    points.push_back({60 + 400 * std::sin(i * 0.01), 40 + 500 * std::sin(i * 0.017)});
    if (i % 130 == 129) window.add_line(std::exchange(points, {}));
  }
  const auto without = window.lines();
  constexpr std::size_t in_box = scene::SegmentBox::segments;
  for (std::size_t begin = 0; begin < window.piece.segments.size(); begin += in_box) {
    const scene::Segment& first = window.piece.segments[begin];
    scene::SegmentBox box{first.a.x, first.a.y, first.a.x, first.a.y};
    for (std::size_t i = begin; i < std::min(begin + in_box, window.piece.segments.size()); ++i)
      for (const scene::SegmentVertex& vertex : {window.piece.segments[i].a, window.piece.segments[i].b})
        box = {std::min(box.left, vertex.x), std::min(box.top, vertex.y), std::max(box.right, vertex.x),
               std::max(box.bottom, vertex.y)};
    window.piece.segment_boxes.push_back(box);
  }
  const auto with = window.lines();
  REQUIRE_FALSE(without.empty());
  REQUIRE(with.size() == without.size());
  for (std::size_t i = 0; i < with.size(); ++i) {
    CHECK(with[i].points == without[i].points);
    CHECK(with[i].along == without[i].along);
  }
}
