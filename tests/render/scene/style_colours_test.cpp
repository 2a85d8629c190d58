// The shipped colours stay apart: on the paper, on units coloured by an indicator, and for eyes that do not
// tell red from green. How such eyes see: Machado, Oliveira, Fernandes, "A physiologically-based model for
// simulation of color vision deficiency", IEEE TVCG 15 (2009), table 1, severity 1.0, in linear RGB.
#include <algorithm>
#include <array>
#include <cmath>

#include <catch2/catch.hpp>

#include "base/assets.hpp"
#include "render/scene/choropleth.hpp"
#include "render/scene/piece.hpp"
#include "render/scene/styles.hpp"

using namespace xiangtu;
using namespace xiangtu::render::scene;

namespace {

using Triple = std::array<double, 3>;
using Eye = std::array<Triple, 3>;

constexpr Eye usual{{{1, 0, 0}, {0, 1, 0}, {0, 0, 1}}};
constexpr Eye protan{
    {{0.152286, 1.052583, -0.204868}, {0.114503, 0.786281, 0.099216}, {-0.003882, -0.048116, 1.051998}}};
constexpr Eye deutan{
    {{0.367322, 0.860646, -0.227968}, {0.280085, 0.672501, 0.047413}, {-0.011820, 0.042940, 0.968881}}};

Triple times(const Eye& matrix, const Triple& v) {
  Triple result{};
  for (std::size_t i = 0; i < 3; ++i)
    for (std::size_t j = 0; j < 3; ++j) result[i] += matrix[i][j] * v[j];
  return result;
}

double linear(std::uint8_t byte) {
  const double c = byte / 255.0;
  return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
}

// CIE L*a*b* under D65.
Triple lab(Colour colour, const Eye& eye) {
  constexpr Eye to_xyz{{{0.4124, 0.3576, 0.1805}, {0.2126, 0.7152, 0.0722}, {0.0193, 0.1192, 0.9505}}};
  Triple seen = times(eye, {linear(colour.r), linear(colour.g), linear(colour.b)});
  for (double& c : seen) c = std::clamp(c, 0.0, 1.0);
  Triple f = times(to_xyz, seen);
  constexpr Triple white{0.9505, 1, 1.089};
  for (std::size_t i = 0; i < 3; ++i) {
    const double t = f[i] / white[i];
    f[i] = t > 0.008856 ? std::cbrt(t) : 7.787 * t + 16.0 / 116;
  }
  return {116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])};
}

// As the eye tells them apart that does it worst: 2.3 is just noticed, 10 at a glance.
double apart(Colour a, Colour b) {
  double least = 1e9;
  for (const Eye& eye : {usual, protan, deutan}) {
    const Triple x = lab(a, eye), y = lab(b, eye);
    least = std::min(least, std::hypot(x[0] - y[0], x[1] - y[1], x[2] - y[2]));
  }
  return least;
}

struct Road {
  const char *road_class, *surface;  // surface "": not known
};
constexpr std::array roads{Road{"G", "asphalt_concrete"},
                           Road{"S", "asphalt_concrete"},
                           Road{"X", "cement_concrete"},
                           Road{"Y", "cement_concrete"},
                           Road{"C", "cement_concrete"},
                           Road{"Y", "gravel"},
                           Road{"Y", ""}};

std::vector<LineStyle> road_lines(const StyleSheet& sheet) {
  table::FeatureTable table;
  table::Column road_class{"class", "class", table::TextColumn{}},
      surface{"surface", "surface", table::TextColumn{}};
  for (const Road& road : roads) {
    road_class.text().push(road.road_class);
    if (*road.surface)
      surface.text().push(road.surface);
    else
      surface.text().push_missing();
    table.row_ids.push_back(1);
  }
  table.columns = {road_class, surface};
  const StyledRows styled = style_rows(table, sheet.of(table::Role::roads, table::GeometryKind::line));
  std::vector<LineStyle> lines;
  for (const std::uint16_t style : styled.style_of_row) lines.push_back(styled.styles[style].line);
  return lines;
}

// A border of its own that tells it from anything.
bool seamed(const LineStyle& line) {
  return !line.casing.zero() && apart(line.colour, line.casing_colour) >= 40;
}

}  // namespace

TEST_CASE("the shipped colours of roads, selection and units are told apart by every eye") {
  for (const Theme theme : {Theme::light, Theme::dark}) {
    CAPTURE(theme == Theme::dark);
    const auto sheet = StyleSheet::load(assets_folder() / "styles.toml", theme);
    REQUIRE(sheet);
    const PaperStyle& paper = sheet->paper;
    const std::vector<LineStyle> lines = road_lines(*sheet);
    const std::vector<Colour> units = ramp(ChoroplethSettings{}.ramp, 5);
    CHECK(apart(paper.highlight, paper.highlight_halo) >= 60);  // it has a seam …
    for (const Colour unit : units) CHECK(apart(paper.highlight, unit) >= 30);
    for (std::size_t i = 0; i < lines.size(); ++i) {
      CAPTURE(roads[i].road_class, roads[i].surface);
      CHECK(apart(paper.highlight, lines[i].colour) >= 20);  // … and no road's colour
      CHECK(apart(sheet->of(table::Role::counties, table::GeometryKind::polygon).base.fill.value(),
                  lines[i].colour) >= 20);
      for (const Colour unit : units) CHECK((apart(lines[i].colour, unit) >= 15 || seamed(lines[i])));
      for (std::size_t j = 0; j < i; ++j) {
        CAPTURE(roads[j].road_class, roads[j].surface);
        const bool other_dashes =
            lines[i].dash_on != lines[j].dash_on || lines[i].dash_off != lines[j].dash_off;
        CHECK((apart(lines[i].colour, lines[j].colour) >= 14 || other_dashes));
      }
    }
    // Hardened, not, and not known differ by more than their colours.
    CHECK(lines[3].dash_off == 0);
    CHECK(lines[5].dash_off > 0);
    CHECK(lines[6].dash_off > 0);
    CHECK(lines[5].dash_on > lines[6].dash_on);
  }
}
