#include "render/scene/styles.hpp"

#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "render/region.hpp"
#include "render/scene/piece.hpp"
#include "support/scratch_folder.hpp"

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

TEST_CASE("rules are laid over in order, and numbers compare as numbers, and missing cells match `missing`") {
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

TEST_CASE("fields of labels that do not show yet are not needed") {
  const auto styles = test::shipped_styles();
  const LayerStyle& roads = styles->of(Role::roads, table::GeometryKind::line);
  CHECK(roads.fields().contains("name"));
  CHECK(roads.fields().contains("code"));
  CHECK(roads.fields(13).contains("name"));
  CHECK_FALSE(roads.fields(8).contains("name"));  // the first names of roads show at 11
  CHECK(roads.fields(8).contains("code"));        // codes of national roads at 7.4
  CHECK_FALSE(roads.fields(6).contains("code"));
  CHECK(roads.fields(6).contains("class"));
  CHECK(styles->of(Role::counties, table::GeometryKind::polygon).fields(4).contains("name"));
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
  CHECK_THAT(message("[roads]\nshield_hue = 3\n"), Catch::Contains("shield_hue"));
  CHECK_THAT(message("[roads]\nwidth = 2\n[roads.dark]\nwidth = 3\n"),
             Catch::Contains("line 4") && Catch::Contains("width"));
  CHECK_THAT(message("[paper.dark]\ntext = \"night\"\n"), Catch::Contains("line 2"));
  CHECK_FALSE(StyleSheet::load("/nowhere/styles.toml").ok());
}

TEST_CASE("points of a user's style in a few words keep their shape") {
  const test::ScratchFolder folder;
  std::filesystem::create_directories(folder.file("xiangtu"));
  std::ofstream(folder.file("xiangtu/styles.toml")) << "[villages]\nsymbol = \"#ff0000\"\nsize = 6\n";
  ::setenv("XDG_CONFIG_HOME", folder.file("").c_str(), 1);
  const auto own = load_user_styles();
  ::setenv("XDG_CONFIG_HOME", "/dev/null", 1);
  REQUIRE(own);
  const LayerStyle& villages = own->light->of(Role::villages, table::GeometryKind::point);
  CHECK(villages.base.shape == Shape::circle);
  CHECK(villages.rules.empty());
}

TEST_CASE("a dark theme has colours of its own, and nothing else") {
  constexpr std::string_view toml = R"(
[paper]
text = "#111111"
dark = { text = "#eeeeee" }
[roads]
width = 2
colour = "#222222"
halo = "#ffffff"
dark = { colour = "#dddddd" }
[[roads.rule]]
when = { class = "G" }
colour = "#333333"
[roads.rule.dark]
colour = "#cccccc"
shield_fill = "#bbbbbb"
)";
  const auto light = StyleSheet::parse(toml, "test.toml");
  const auto dark = StyleSheet::parse(toml, "test.toml", Theme::dark);
  REQUIRE(light.ok());
  REQUIRE(dark.ok());
  CHECK(light->paper.text == Colour{0x11, 0x11, 0x11, 255});
  CHECK(dark->paper.text == Colour{0xee, 0xee, 0xee, 255});
  const auto roads = test::make_roads(3, {109, 37.6}, 0.4, 1);  // the first two are of class G
  const LayerStyle& style = light->of(Role::roads, table::GeometryKind::line);
  const LayerStyle& darker = dark->of(Role::roads, table::GeometryKind::line);
  const StyledRows rows = style_rows(*roads, style);
  const StyledRows again = restyled(rows, darker);
  CHECK(again.style_of_row == rows.style_of_row);
  for (const std::size_t row : {0, 2}) {
    const FeatureStyle& before = rows.styles[rows.style_of_row[row]];
    const FeatureStyle& after = again.styles[again.style_of_row[row]];
    CHECK(before.line.colour == (row == 0 ? Colour{0x33, 0x33, 0x33, 255} : Colour{0x22, 0x22, 0x22, 255}));
    CHECK(after.line.colour == (row == 0 ? Colour{0xcc, 0xcc, 0xcc, 255} : Colour{0xdd, 0xdd, 0xdd, 255}));
    CHECK(after.line.width == before.line.width);
    CHECK(after.label.halo == before.label.halo);  // no dark one is given
  }
}

TEST_CASE("the shipped styles of both themes differ in colours only") {
  const std::string file = std::string{XIANGTU_SOURCE_DIR} + "/assets/styles.toml";
  const auto light = StyleSheet::load(file), dark = StyleSheet::load(file, Theme::dark);
  REQUIRE(light.ok());
  REQUIRE(dark.ok());
  const auto brightness = [](Colour c) { return 0.2126 * c.r + 0.7152 * c.g + 0.0722 * c.b; };
  CHECK(brightness(dark->paper.background) < 50);
  CHECK(brightness(dark->paper.text) > 200);
  for (std::size_t role = 0; role < table::role_count; ++role) {
    REQUIRE(light->roles[role].rules.size() == dark->roles[role].rules.size());
    FeatureStyle style, darker;
    light->roles[role].base.lay_over(style);
    dark->roles[role].base.lay_over(darker);
    CHECK(darker.line.width == style.line.width);
    CHECK(darker.label.priority == style.label.priority);
    // Names are read against what is under them.
    if (!style.label.size.zero()) {
      CHECK(brightness(darker.label.colour) - brightness(darker.label.halo) > 90);
      CHECK(brightness(style.label.halo) - brightness(style.label.colour) > 90);
    }
  }
}

TEST_CASE("labels and shields name their fields and looks") {
  const auto sheet = StyleSheet::parse(R"(
[roads]
label = "code"
label_size = 9
label_distance = 200
[[roads.rule]]
when = { class = "X" }
shield = "name"
shield_size = 8
shield_characters = 4
shield_min_zoom = 10
)",
                                       "test.toml");
  REQUIRE(sheet.ok());
  const LayerStyle& style = sheet->of(Role::roads, table::GeometryKind::line);
  CHECK(style.label_fields() == std::set<std::string>{"code", "name"});
  FeatureStyle feature;
  style.base.lay_over(feature);
  style.rules.front().lay_over(feature);
  CHECK(feature.label.field == "code");
  CHECK(feature.label.distance == 200);
  CHECK(feature.shield.label.field == "name");
  CHECK(feature.shield.label.characters == 4);
  CHECK_FALSE(feature.shield.label.visible_at(9.9));
  CHECK(feature.shield.label.visible_at(10));
}

TEST_CASE("labels write long endings of names shorter") {
  LayerStyle style;
  style.label_endings = {{"社区居委会", "社区"}, {"村委会", "村"}};
  CHECK(style.label_text("高西沟村委会") == "高西沟村");
  CHECK(style.label_text("新华社区居委会") == "新华社区");
  CHECK(style.label_text("村委会") == "村委会");  // nothing would be left of the name itself
  CHECK(style.label_text("石圪峁") == "石圪峁");
}
