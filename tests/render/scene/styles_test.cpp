#include "render/scene/styles.hpp"

#include <catch2/catch.hpp>

#include "render/region.hpp"
#include "render/scene/piece.hpp"

using namespace xiangtu;
using namespace xiangtu::render::scene;
using table::Role;

TEST_CASE("colours") {
  CHECK(parse_colour("#fff") == Colour{255, 255, 255, 255});
  CHECK(parse_colour("#1F78b4") == Colour{0x1f, 0x78, 0xb4, 255});
  CHECK(parse_colour("#1f78b480") == Colour{0x1f, 0x78, 0xb4, 0x80});
  for (const char* bad : {"", "#", "red", "#12", "#12345", "#gggggg", "1f78b4"})
    CHECK_FALSE(parse_colour(bad));
}

TEST_CASE("sizes are linear between zooms and constant outside") {
  const ZoomSize size{{{8, 1}, {12, 5}}};
  CHECK(size.at(3) == 1);
  CHECK(size.at(8) == 1);
  CHECK(size.at(10) == Approx(3));
  CHECK(size.at(20) == 5);
  CHECK(ZoomSize{}.at(9) == 0);
}

TEST_CASE("the shipped styles are good and tell hardened from unhardened roads") {
  const auto styles = test::shipped_styles();
  REQUIRE(styles);
  const auto roads = test::make_roads(40, {109, 37.6}, 0.4, 1);
  const StyledRows rows = style_rows(*roads, styles->of(Role::roads, table::GeometryKind::line));
  for (std::size_t row = 0; row < roads->size(); ++row) {
    const FeatureStyle& style = rows.styles[rows.style_of_row[row]];
    const bool earth = roads->find("surface")->text().at(row) == "earth";
    CHECK((style.line.dash_off > 0) == earth);
    CHECK(style.line.width.at(12) > 0);
  }
  for (std::size_t i = 1; i < rows.styles.size(); ++i)
    CHECK(rows.styles[i].order >= rows.styles[i - 1].order);
}

TEST_CASE("rules are laid over in order; numbers compare as numbers; missing cells match `missing`") {
  const auto sheet = StyleSheet::parse(R"(
[bridges]
shape = "circle"
size = 4
symbol = "#000000"
[[bridges.rule]]
en = "bad"
when = { condition_class = [4, 5] }
symbol = "#ff0000"
[[bridges.rule]]
when = { condition_class = 5 }
size = 9
[[bridges.rule]]
missing = "condition_class"
symbol = "#888888"
)",
                                       "test.toml");
  REQUIRE(sheet.ok());
  auto table = test::empty_table(table::GeometryKind::point);
  test::add_number_column(*table, "condition_class");
  for (const double value : {1.0, 4.0, 5.0, std::nan("")}) {
    table->geometry.add_vertex({110, 38});
    table->geometry.end_part();
    test::end_row(*table);
    std::get<table::NumberColumn>(table->columns[0].data).values.push_back(value);
  }
  const LayerStyle& style = sheet->of(Role::bridges, table::GeometryKind::point);
  const StyledRows rows = style_rows(*table, style);
  const auto of = [&](std::size_t row) { return rows.styles[rows.style_of_row[row]].symbol; };
  CHECK(of(0).colour == Colour{0, 0, 0, 255});
  CHECK(of(1).colour == Colour{255, 0, 0, 255});
  CHECK(of(1).size.at(10) == 4);
  CHECK(of(2).size.at(10) == 9);
  CHECK(of(3).colour == Colour{0x88, 0x88, 0x88, 255});
  CHECK(rows.rules[rows.style_of_row[2]] == 0b011);
}

TEST_CASE("a style tells the fields that its pictures depend on") {
  const auto sheet = StyleSheet::parse(R"(
[bridges]
shape = "circle"
importance = "length_m"
[[bridges.rule]]
when = { condition_class = [4, 5], class = "G" }
size = 9
[[bridges.rule]]
missing = "kind"
size = 2
)",
                                       "test.toml");
  REQUIRE(sheet.ok());
  CHECK(sheet->of(Role::bridges, table::GeometryKind::point).fields() ==
        std::set<std::string>{"class", "condition_class", "kind", "length_m", "name"});
}

TEST_CASE("a bad style file is refused with line and column") {
  const auto message = [](std::string_view toml) {
    const auto sheet = StyleSheet::parse(toml, "my.toml");
    REQUIRE_FALSE(sheet.ok());
    CHECK(sheet.issue().code == IssueCode::input_bad_definition);
    return sheet.issue().message.english();
  };
  CHECK_THAT(message("[roads]\ncolor = \"#fff\"\n"),
             Catch::Contains("my.toml, line 2") && Catch::Contains("color"));
  CHECK_THAT(message("[roads]\ncolour = \"blue\"\n"), Catch::Contains("line 2") && Catch::Contains("blue"));
  CHECK_THAT(message("[streets]\n"), Catch::Contains("streets"));
  CHECK_THAT(message("[roads]\nwidth = [[9, 1], [8, 2]]\n"), Catch::Contains("ascend"));
  CHECK_THAT(message("[roads\n"), Catch::Contains("line 1"));
  CHECK_THAT(message("[roads]\nshape = \"blob\"\n"), Catch::Contains("blob"));
  CHECK_FALSE(StyleSheet::load("/nowhere/styles.toml").ok());
}

TEST_CASE("labels write long endings of names shorter") {
  LayerStyle style;
  style.label_endings = {{"社区居委会", "社区"}, {"村委会", "村"}};
  CHECK(style.label_text("高西沟村委会") == "高西沟村");
  CHECK(style.label_text("新华社区居委会") == "新华社区");
  CHECK(style.label_text("村委会") == "村委会");  // nothing would be left of the name itself
  CHECK(style.label_text("石圪峁") == "石圪峁");
}
