// Sheets as users say them.
#include "print/print_map.hpp"

#include <catch2/catch.hpp>
#include <limits>

using namespace xiangtu;
using namespace xiangtu::print;

TEST_CASE("a size is a paper at its resolution, or pixels", "[print]") {
  const auto a4 = parse_sheet_size("A4", 25.4);  // a pixel is a millimetre
  REQUIRE(a4.ok());
  CHECK(a4->width == 210);
  CHECK(a4->height == 297);
  CHECK(a4->is_paper);
  const auto pixels = parse_sheet_size("1600x900", 300);
  REQUIRE(pixels.ok());
  CHECK(pixels->width == 1600);
  CHECK(pixels->height == 900);
  CHECK_FALSE(pixels->is_paper);
  for (const char* text : {"A7", "a4", "B4", "", "1600", "1600x", "x900", "A4x3", "12x12", "1600x99999"}) {
    INFO(text);
    CHECK_FALSE(parse_sheet_size(text, 96).ok());
  }
}

TEST_CASE("a paper is turned to suit what it shows, and pixels are not", "[print]") {
  const geodesy::LonLatBox wide{{109, 38}, {110, 38.2}}, high{{109, 38}, {109.2, 39}};
  render::scene::MapSheet sheet;
  show(wide, {210, 297, true}, sheet);
  CHECK(std::pair{sheet.width, sheet.height} == std::pair{297, 210});
  CHECK(sheet.extent == wide);
  show(high, {210, 297, true}, sheet);
  CHECK(std::pair{sheet.width, sheet.height} == std::pair{210, 297});
  sheet.width = 800;
  sheet.height = 300;
  show(high, {800, 300, false}, sheet);
  CHECK(std::pair{sheet.width, sheet.height} == std::pair{800, 300});
}

TEST_CASE("a sheet is planned, or refused with a sentence before anything is read", "[print]") {
  const auto good = plan({"A3", 150, {}, std::nullopt, "a.PDF"});
  REQUIRE(good.ok());
  CHECK(good->format == MapFormat::pdf);
  CHECK(good->size.width == 1754);  // 297 mm
  const auto code = [](SheetOptions options) {
    const auto refused = plan(std::move(options));
    REQUIRE_FALSE(refused.ok());
    return refused.issue().code;
  };
  CHECK(code({"A3", 150, {}, std::nullopt, "a.bmp"}) == IssueCode::output_unknown_ending);
  CHECK(code({"A3", 150, {}, std::nullopt, "pdf"}) == IssueCode::output_unknown_ending);
  CHECK(code({"A0", 1200, {}, std::nullopt, "a.pdf"}) == IssueCode::usage);
  for (const double dpi : {0.0, -96.0, 23.9, 2401.0, 1e300, std::numeric_limits<double>::quiet_NaN()})
    CHECK(code({"A4", dpi, {}, std::nullopt, "a.png"}) == IssueCode::usage);
}
