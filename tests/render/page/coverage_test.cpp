#include "render/page/coverage.hpp"

#include <cmath>
#include <random>

#include <catch2/catch.hpp>

using namespace xiangtu::render;
using page::Coverage;
using page::PixelRect;
using page::Pixels;

namespace {

constexpr int width = 150, height = 170;  // more than two blocks
constexpr scene::Colour black{0, 0, 0, 255};

// White paper; what is laid on it.
class Paper {
 public:
  explicit Paper(PixelRect place = {0, 0, width, height})
      : place_(place),
        pixels_(static_cast<std::size_t>(place.right - place.left) *
                    static_cast<std::size_t>(place.bottom - place.top),
                0xffffffff) {}
  Pixels pixels() { return {pixels_.data(), place_.right - place_.left, place_}; }
  int blue(int x, int y) { return static_cast<int>(*pixels().at(x, y) & 255); }
  const std::vector<std::uint32_t>& all() const { return pixels_; }

 private:
  PixelRect place_;
  std::vector<std::uint32_t> pixels_;
};

// The formula, asked for every pixel.
double slow_cover(const Coverage::Line& line, int x, int y) {
  const double dx = line.b.x - line.a.x, dy = line.b.y - line.a.y, length = std::hypot(dx, dy);
  const double px = x + 0.5 - line.a.x, py = y + 0.5 - line.a.y;
  const double along = length > 0 ? (px * dx + py * dy) / length : px;
  const double across = length > 0 ? (py * dx - px * dy) / length : py;
  const double past = along - std::clamp(along, 0.0, length);
  double cover = std::clamp(line.half_width + 0.5 - std::hypot(past, across), 0.0, 1.0);
  if (line.cut_a) cover *= std::clamp(along + 0.5, 0.0, 1.0);
  if (line.cut_b) cover *= std::clamp(length - along + 0.5, 0.0, 1.0);
  return cover;
}

std::vector<Coverage::Line> random_lines(unsigned seed, int count) {
  std::mt19937 random(seed);
  std::uniform_real_distribution<double> place(-60, 230), size(0.1, 9);
  std::vector<Coverage::Line> lines;
  for (int i = 0; i < count; ++i) {
    Coverage::Line line{{place(random), place(random)}, {place(random), place(random)}, size(random)};
    if (i % 5 == 0) line.b.x = line.a.x;
    if (i % 7 == 0) line.b.y = line.a.y;
    if (i % 11 == 0) line.b = line.a;
    line.cut_a = i % 3 == 0;
    line.cut_b = i % 4 == 0;
    lines.push_back(line);
  }
  return lines;
}

}  // namespace

TEST_CASE("lines cover pixels as the formula says, wherever they are") {
  const int count = GENERATE(1, 3, 400);
  for (unsigned seed = 1; seed <= (count == 1 ? 200u : 5u); ++seed) {
    Coverage coverage{{0, 0, width, height}};
    Paper paper;
    const std::vector<Coverage::Line> lines = random_lines(seed, count);
    for (const Coverage::Line& line : lines) coverage.add(line);
    coverage.lay(black, paper.pixels());
    int worst = 0;
    for (int y = 0; y < height; ++y) {
      for (int x = 0; x < width; ++x) {
        double cover = 0;
        for (const Coverage::Line& line : lines) cover = std::max(cover, slow_cover(line, x, y));
        worst =
            std::max(worst, std::abs(paper.blue(x, y) - static_cast<int>(std::lround(255 * (1 - cover)))));
      }
    }
    INFO("seed " << seed);
    CHECK(worst <= 1);
  }
}

TEST_CASE("what overlaps is laid once, and forgotten afterwards") {
  Coverage coverage{{0, 0, width, height}};
  Paper paper;
  const Coverage::Line line{{10, 50.5}, {100, 50.5}, 4};
  coverage.add(line);
  coverage.add(line);
  coverage.lay(black.with_alpha(0.5), paper.pixels());
  CHECK(paper.blue(50, 50) == 127);
  const std::vector<std::uint32_t> once = paper.all();
  coverage.lay(black, paper.pixels());
  CHECK(paper.all() == once);
}

TEST_CASE("nothing is laid outside of the clip or beyond the surface") {
  Coverage coverage{{0, 0, width, height}};
  coverage.set_clip({20, 30, 90, 100});
  Paper paper{{40, 10, width, 80}};
  for (const Coverage::Line& line : random_lines(3, 300)) coverage.add(line);
  coverage.lay(black, paper.pixels());
  for (int y = 10; y < 80; ++y)
    for (int x = 40; x < width; ++x)
      if (x >= 90 || y < 30) REQUIRE(paper.blue(x, y) == 255);
  CHECK(paper.blue(60, 60) < 255);
}

TEST_CASE("lines without a place, and enormous ones, do no harm") {
  Coverage coverage{{0, 0, width, height}};
  Paper paper;
  const double none = std::nan(""), far = 1e15;
  coverage.add({{none, 5}, {9, 9}, 1});
  coverage.add({{5, 5}, {9, INFINITY}, 1});
  coverage.lay(black, paper.pixels());
  CHECK(paper.all() == Paper{}.all());
  coverage.add({{-far, 60.5}, {far, 60.5}, 1.5});
  coverage.lay(black, paper.pixels());
  CHECK(paper.blue(75, 60) == 0);
  CHECK(paper.blue(75, 63) == 255);
}

TEST_CASE("glyphs lie on whole pixels, and turned by a right angle they are their transpose") {
  constexpr std::uint8_t texels[] = {10, 200, 30, 40, 50, 255};  // 3 × 2
  Coverage::Mask mask{texels, 3, 3, 2, {60.2, 80.4}, 1, -2};
  Coverage coverage{{0, 0, width, height}};
  Paper upright;
  coverage.add(mask);
  coverage.lay(black, upright.pixels());
  for (int y = 0; y < 2; ++y)
    for (int x = 0; x < 3; ++x) CHECK(upright.blue(61 + x, 78 + y) == 255 - texels[3 * y + x]);

  Paper turned;
  mask.origin = {60, 80};
  coverage.add_turned(mask, std::acos(0.0));  // along is down, below is to the left
  coverage.lay(black, turned.pixels());
  for (int y = 0; y < 2; ++y)
    for (int x = 0; x < 3; ++x)
      CHECK(std::abs(turned.blue(60 - (y - 2) - 1, 80 + 1 + x) - (255 - texels[3 * y + x])) <= 1);
}

TEST_CASE("colours are laid over pixels as the formula of compositing says") {
  std::mt19937 random(5);
  for (int i = 0; i < 20000; ++i) {
    const auto alpha = static_cast<unsigned>(random() % 256), below = static_cast<unsigned>(random() % 256);
    const auto channel = static_cast<unsigned>(random() % (alpha + 1));
    const std::uint32_t over = alpha << 24 | channel * 0x010101u;
    const std::uint32_t result = page::laid_over(over, 0xff000000u | below * 0x010101u);
    const auto expected = static_cast<std::uint32_t>(std::lround(channel + below * (255.0 - alpha) / 255));
    REQUIRE((result & 255) == expected);
    REQUIRE((result >> 8 & 255) == expected);
    REQUIRE((result >> 16 & 255) == expected);
    REQUIRE(result >> 24 == 255);
  }
}
