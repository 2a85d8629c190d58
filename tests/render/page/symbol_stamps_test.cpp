#include "render/page/symbol_stamps.hpp"

#include <cmath>

#include <catch2/catch.hpp>

#include "render/page/cairo_pen.hpp"
#include "render/test_fonts.hpp"

using namespace xiangtu;
using namespace xiangtu::render;

TEST_CASE("a stamp is the symbol as cairo draws it at the same place, whatever its shape") {
  const auto faces = text::Faces::open(test::test_fonts());
  REQUIRE(faces.ok());
  const auto shape = static_cast<scene::Shape>(GENERATE(range(1, 10)));
  const double x = GENERATE(20.0, 20.25, 20.5, 20.75), y = GENERATE(21.0, 21.5);
  const scene::SymbolPaint paint{shape, 14, {200, 30, 60, 255}, {255, 255, 255, 255}, 1.5};
  constexpr int side = 48;
  std::vector<std::uint32_t> drawn(side * side, 0xff808080), stamped = drawn;
  const page::CairoSurface surface{cairo_image_surface_create_for_data(
      reinterpret_cast<unsigned char*>(drawn.data()), CAIRO_FORMAT_ARGB32, side, side, 4 * side)};
  const page::ScreenPoint centre{x, y};
  page::CairoPen{surface.get(), *faces, 1, 1}.symbols(paint, std::span{&centre, 1});
  cairo_surface_flush(surface.get());

  page::SymbolStamps stamps{paint, *faces};
  const auto stamp = stamps.at(centre);
  for (int row = stamp.place.top; row < stamp.place.bottom; ++row)
    for (int column = stamp.place.left; column < stamp.place.right; ++column) {
      std::uint32_t& pixel = stamped[static_cast<std::size_t>(row * side + column)];
      pixel = page::laid_over(*stamp.at(column, row), pixel);
    }
  double sum = 0;
  int worst = 0;
  for (std::size_t i = 0; i < drawn.size(); ++i)
    for (const int shift : {0, 8, 16}) {
      const int off =
          std::abs(static_cast<int>(drawn[i] >> shift & 255) - static_cast<int>(stamped[i] >> shift & 255));
      sum += off;
      worst = std::max(worst, off);
    }
  INFO("shape " << static_cast<int>(shape) << " at " << x << ", " << y << ": worst " << worst);
  CHECK(sum / (3 * side * side) < 0.7);
  CHECK(worst < 72);  // where the outline's edge and the shape's are in one pixel
}

TEST_CASE("a stamp stays with its centre when it leaves the sheet to the left and above") {
  const auto faces = text::Faces::open(test::test_fonts());
  page::SymbolStamps stamps{{scene::Shape::circle, 8, {0, 0, 0, 255}, {}, 0}, *faces};
  const auto inside = stamps.at({100.25, 50.75}), outside = stamps.at({-99.75, -49.25});
  CHECK(inside.first == outside.first);
  CHECK(inside.place.left - outside.place.left == 200);
  CHECK(inside.place.top - outside.place.top == 100);
}
