// Styles and the map's setup written and read back; restyling a scene.
#include "render/scene/map_document.hpp"

#include <catch2/catch.hpp>

#include "render/region.hpp"
#include "render/scene/style_words.hpp"

using namespace xiangtu;
using namespace xiangtu::render::scene;
using table::Role;

namespace {

// Every word of a style file with a chance, values of every kind.
class RandomStyles {
 public:
  explicit RandomStyles(std::uint64_t seed) : dice_(seed) {}

  StyleSheet sheet() {
    StyleSheet sheet;
    for (LayerStyle& style : sheet.roles)
      if (likely()) style = layer();
    for (std::size_t kind = 1; kind < sheet.other.size(); ++kind)
      if (likely()) sheet.other[kind] = layer();
    for (const auto& [word, member] : paper_words)
      if (likely()) sheet.paper.*member = colour();
    return sheet;
  }
  LayerStyle layer() {
    LayerStyle style;
    style.base = rule();
    for (int i = below(4); i > 0; --i) {
      style.rules.push_back(rule());
      conditions(style.rules.back());
    }
    if (likely()) style.importance = word();
    if (likely()) style.label_endings = {{word(), word()}, {word(), ""}};
    return style;
  }
  // Whose colours may differ from a style's or be there in addition.
  LayerStyle darker(LayerStyle style) {
    const auto darken = [&](StyleRule& rule) {
      for (const auto& [name, part] : colour_words)
        if (likely()) part(rule) = colour();
    };
    darken(style.base);
    for (StyleRule& rule : style.rules)
      if (likely()) darken(rule);
    return style;
  }
  Colour colour() { return {byte(), byte(), byte(), byte()}; }
  double number() { return (dice_.roll() - 0.3) * (likely() ? 40 : 1e-3); }
  int below(int limit) { return static_cast<int>(dice_.roll() * limit); }
  bool likely() { return dice_.roll() < 0.5; }

 private:
  std::uint8_t byte() { return static_cast<std::uint8_t>(below(256)); }
  std::string word() {
    static const char* const words[] = {
        "kind", "路面", "a \"quoted\" word", "back\\slash", "tab\tline\n", "#", "圪墕", "-1.5"};
    return words[below(8)];
  }
  ZoomSize size() {
    if (likely()) return likely() ? ZoomSize{} : ZoomSize{0.25 + dice_.roll() * 9};
    std::vector<ZoomSize::Stop> stops;
    for (double zoom = below(6); zoom < 20; zoom += 0.5 + below(6)) stops.push_back({zoom, dice_.roll() * 9});
    return ZoomSize{std::move(stops)};
  }
  StyleRule rule() {
    StyleRule rule;
    for (const auto& [name, part] : number_words)
      if (likely()) part(rule) = number();
    for (const auto& [name, part] : whole_number_words)
      if (likely()) part(rule) = below(200) - 100;
    for (const auto& [name, part] : size_words)
      if (likely()) part(rule) = size();
    for (const auto& [name, part] : colour_words)
      if (likely()) part(rule) = colour();
    for (const auto& [name, part] : field_words)
      if (likely()) part(rule) = word();
    if (likely()) rule.shape = shape_words[static_cast<std::size_t>(below(10))].second;
    if (likely()) rule.hatch = hatch_words[static_cast<std::size_t>(below(2))].second;
    if (likely()) rule.label_en = word();
    if (likely()) rule.label_zh = word();
    if (likely()) rule.dash_on = 3.25, rule.dash_off = number();
    return rule;
  }
  void conditions(StyleRule& rule) {
    if (likely()) rule.when.push_back({word(), {}, true});
    if (likely()) rule.when.push_back({"class", {"G", word()}, false});
    if (likely()) rule.when.push_back({"surface", {word()}, false});
  }

  test::Dice dice_;
};

OwnStyle random_style(RandomStyles& random) {
  OwnStyle style{random.layer(), std::nullopt};
  if (random.likely()) style.dark = random.likely() ? style.light : random.darker(style.light);
  return style;
}

MapDocument random_document(RandomStyles& random) {
  MapDocument document;
  for (const char* name : {"roads", "counties", "bridges", "other_lines"}) {
    LayerChoice choice;
    choice.visible = random.likely();
    choice.opacity = random.likely() ? 1 : 0.1 * random.below(10);
    if (random.likely()) choice.tint = random.colour();
    choice.names = random.likely();
    if (random.likely()) choice.style = std::make_shared<const OwnStyle>(random_style(random));
    if (choice != LayerChoice{}) document.layers[name] = choice;
  }
  document.order = {"counties", "roads", "bridges"};
  document.indicator = random.likely() ? "tap_household_rate" : "";
  document.coloured = random.likely();
  document.graticule = random.likely();
  if (random.likely())
    document.choropleths["tap_household_rate"] = {ClassMethod::manual, 4, {-1.5, 0.25, 8}, "PuOr", true};
  if (random.likely())
    document.backgrounds.push_back({"ground \"1\".tif", random.likely(), 0.25, std::nullopt});
  if (random.likely()) document.backgrounds.push_back({"/b.xml", true, 1, raster::Drawing::relief});
  if (random.likely()) document.choropleths["x"] = {ClassMethod::natural_breaks, 7, {}, "Blues", false, Shown::unknown_share};
  return document;
}

LookedAt random_look(RandomStyles& random) {
  LookedAt look;
  if (random.likely()) look.level = random.likely() ? atlas::Level::county : atlas::Level::township;
  if (random.likely()) look.unit = "610826";
  if (random.likely()) look.parent = "a \"quoted\" code";
  if (random.likely()) look.attributes = "roads";
  look.attributes_in_front = random.likely();
  if (random.likely()) look.chart = "distances";
  return look;
}

// Draws until nothing is missing.
void settle(Scene& scene, const Camera& camera) {
  Progress progress;
  scene.settle(camera, progress);
  scene.update(camera);
}

std::shared_ptr<const StyleSheet> changed_roads(const std::function<void(LayerStyle&)>& change) {
  auto sheet = std::make_shared<StyleSheet>(*test::shipped_styles());
  change(sheet->roles[static_cast<std::size_t>(Role::roads)]);
  return sheet;
}

}  // namespace

TEST_CASE("what is written of styles is read back the same, whatever they are") {
  const auto shipped = test::shipped_styles();
  REQUIRE(shipped);
  CHECK(*StyleSheet::parse(to_toml(*shipped, StyleSheet{}), "all.toml") == *shipped);
  CHECK(to_toml(*shipped, *shipped).empty());
  for (std::uint64_t seed = 1; seed <= 300; ++seed) {
    const StyleSheet sheet = RandomStyles{seed}.sheet();
    const auto again = StyleSheet::parse(to_toml(sheet, *shipped), "again.toml", Theme::light, *shipped);
    INFO(seed);
    REQUIRE(again);
    CHECK(*again == sheet);
  }
}

TEST_CASE("a user's file is laid over the shipped sheet: whole layers, single colours of the paper") {
  const auto shipped = test::shipped_styles();
  const auto own = StyleSheet::parse("[roads]\nwidth = 2\n[paper]\nframe = \"#123456\"\n", "own.toml",
                                     Theme::light, *shipped);
  REQUIRE(own);
  CHECK(own->of(Role::roads, table::GeometryKind::line).rules.empty());
  CHECK(own->of(Role::bridges, table::GeometryKind::point) ==
        shipped->of(Role::bridges, table::GeometryKind::point));
  CHECK(own->paper.frame == Colour{0x12, 0x34, 0x56, 255});
  CHECK(own->paper.background == shipped->paper.background);
}

TEST_CASE("a map's setup is read back as it was written") {
  for (std::uint64_t seed = 1; seed <= 200; ++seed) {
    RandomStyles random{seed};
    const MapDocument document = random_document(random);
    const MapView view{{109.5, 38.25}, 8.5};
    std::optional<geodesy::LonLatBox> extent;
    if (random.likely()) extent = geodesy::LonLatBox{{109.25, 38}, {109.75, 38.5}};
    const LookedAt look = random_look(random);
    const auto again = read_map("sources = [\"a\"]\n" + to_toml({document, view, extent, look}), "w.toml");
    INFO(seed);
    if (!again) FAIL(again.issue().message.english());
    CHECK(again->document == document);
    CHECK(again->view == view);
    CHECK(again->extent == extent);
    CHECK(again->looked_at == look);
  }
  const auto empty = read_map("sources = [\"a\"]\n", "w.toml");
  CHECK(empty->document == MapDocument{});
  CHECK(empty->looked_at == LookedAt{});
}

TEST_CASE("what a camera sees is said within the earth, and read back to the last figure") {
  Camera camera{1000, 600};
  camera.fit({{109, 37}, {111, 39}});
  const auto extent = extent_seen(camera);
  REQUIRE(extent);
  const geodesy::LonLatBox& seen = *extent;
  CHECK(std::abs(camera.to_screen(seen.min).x) < 0.1);
  CHECK(std::abs(camera.to_screen(seen.min).y - 600) < 0.1);
  CHECK(std::abs(camera.to_screen(seen.max).x - 1000) < 0.1);
  CHECK(std::abs(camera.to_screen(seen.max).y) < 0.1);
  CHECK(read_map(to_toml({{}, {}, extent}), "w.toml")->extent == extent);

  camera.set_zoom(1);  // more than the earth
  const auto whole = extent_seen(camera);
  REQUIRE(whole);
  CHECK(whole->min.lon >= -180);
  CHECK(whole->max.lon <= 180);
  CHECK(read_map(to_toml({{}, {}, extent_seen(camera)}), "w.toml").ok());
  camera = Camera{1, 1};  // less than can be said
  camera.set_zoom(22);
  CHECK(read_map(to_toml({{}, {}, extent_seen(camera)}), "w.toml").ok());
}

namespace {

constexpr std::string_view few_layers = R"(
[paper]
background = "#eeeeee"
[paper.dark]
background = "#111111"
[counties]
fill = "#fafafa"
width = 1
colour = "#808080"
label_colour = "#303030"
[counties.dark]
fill = "#202020"
label_colour = "#d0d0d0"
halo = "#0a0a0a"
[[counties.rule]]
when = { code = "1" }
fill = "#ff0000"
dark = { fill = "#800000" }
[[counties.rule]]
when = { code = "2" }
fill = "#00ff00"
dark = { fill = "#008000" }
)";

MapStyles few_sheets() {
  const auto sheet = [](Theme theme) {
    return std::make_shared<const StyleSheet>(*StyleSheet::parse(few_layers, "few.toml", theme));
  };
  return {sheet(Theme::light), sheet(Theme::dark)};
}

// A workspace file's counties over those sheets.
LayerStyle counties(std::string_view toml, Theme theme) {
  const auto map = read_map(toml, "w.toml");
  if (!map) FAIL(map.issue().message.english());
  return *sheet_of(map->document, few_sheets(), theme)->find("counties");
}

constexpr Colour grey(std::uint8_t value) {
  return {value, value, value, 255};
}

}  // namespace

TEST_CASE("a file that says nothing of the dark theme keeps there only what differs from the sheet") {
  // As it was written when files knew one theme only: the whole layer, its width and a colour changed, the
  // rules the other way round, one more rule.
  const std::string_view file = R"(
[styles.counties]
fill = "#fafafa"
width = 5
colour = "#123456"
label_colour = "#303030"
[[styles.counties.rule]]
when = { code = "2" }
fill = "#00ff00"
[[styles.counties.rule]]
when = { code = "1" }
fill = "#ffff00"
[[styles.counties.rule]]
when = { code = "3" }
fill = "#fafafa"
)";
  const LayerStyle light = counties(file, Theme::light), dark = counties(file, Theme::dark);
  CHECK(light.base.fill == grey(0xfa));
  CHECK(light.base.colour == Colour{0x12, 0x34, 0x56, 255});
  CHECK(dark.base.colour == Colour{0x12, 0x34, 0x56, 255});
  CHECK(dark.base.width == ZoomSize{5});
  CHECK(dark.base.fill == grey(0x20));
  CHECK(dark.base.name.colour == grey(0xd0));
  CHECK(dark.base.name.halo == grey(0x0a));
  REQUIRE(dark.rules.size() == 3);
  CHECK(dark.rules[0].fill == Colour{0, 0x80, 0, 255});
  CHECK(dark.rules[1].fill == Colour{255, 255, 0, 255});
  CHECK(dark.rules[2].fill == grey(0xfa));  // no rule of the sheet's
}

TEST_CASE("a file's own dark colours are drawn, also where the light ones are the sheet's") {
  const std::string_view in_base =
      "[styles.counties]\nfill = \"#fafafa\"\ncolour = \"#808080\"\n[styles.counties.dark]\nfill = "
      "\"#fefefe\"\n";
  CHECK(counties(in_base, Theme::light).base.fill == grey(0xfa));
  CHECK(counties(in_base, Theme::dark).base.fill == grey(0xfe));
  CHECK(counties(in_base, Theme::dark).base.colour == grey(0x80));
  CHECK(counties("[styles.counties]\nfill = \"#fafafa\"\n[styles.counties.dark]\n", Theme::dark).base.fill ==
        grey(0xfa));
  const std::string_view in_rule =
      "[styles.counties]\nfill = \"#fafafa\"\n[[styles.counties.rule]]\nwhen = { code = \"1\" }\n"
      "fill = \"#ff0000\"\ndark = { fill = \"#010101\" }\n";
  CHECK(counties(in_rule, Theme::dark).base.fill == grey(0xfa));
  CHECK(counties(in_rule, Theme::dark).rules.at(0).fill == grey(1));
  CHECK(counties(in_rule, Theme::light).rules.at(0).fill == Colour{255, 0, 0, 255});
}

TEST_CASE("what the sheet says of a layer is each theme's own where the document says nothing, or the same") {
  const MapStyles sheets = few_sheets();
  MapDocument document;
  for (const Theme theme : {Theme::light, Theme::dark})
    CHECK(sheet_of(document, sheets, theme) == sheets.of(theme));
  document.layers["counties"].style =
      std::make_shared<const OwnStyle>(OwnStyle{*sheets.light->find("counties"), std::nullopt});
  document.layers["no layer"].style = std::make_shared<const OwnStyle>();
  for (const Theme theme : {Theme::light, Theme::dark})
    CHECK(*sheet_of(document, sheets, theme) == *sheets.of(theme));
}

TEST_CASE("what is wrong with a map's setup is said with file, line and column") {
  const auto message = [](std::string_view toml) {
    const auto map = read_map(toml, "w.toml");
    REQUIRE_FALSE(map.ok());
    return map.issue().message.english();
  };
  CHECK_THAT(message("[map]\nzoom = \"near\"\n"), Catch::Contains("w.toml, line 2, column 8"));
  CHECK_THAT(message("[map]\ncolour = 1\n"), Catch::Contains("line 2") && Catch::Contains("colour"));
  CHECK_THAT(message("[map.choropleths.x]\nmethod = \"best\"\n"), Catch::Contains("natural"));
  CHECK_THAT(message("[map.choropleths.x]\nlimits = [3, 2]\n"), Catch::Contains("ascend"));
  CHECK_THAT(message("[map.choropleths.x]\nshows = \"half\"\n"), Catch::Contains("value and unknown"));
  CHECK_THAT(message("[map.layers.roads]\nopacity = true\n"), Catch::Contains("line 2"));
  CHECK_THAT(message("[styles.roads]\nshape = \"blob\"\n"), Catch::Contains("blob"));
  CHECK_THAT(message("[styles.roads.dark]\nwidth = 1\n"),
             Catch::Contains("line 2") && Catch::Contains("width"));
  CHECK_THAT(message("[styles]\nroads = 1\n"), Catch::Contains("line 2"));
  CHECK_THAT(message("[styles.roads]\nrule = [1]\n"), Catch::Contains("line 2"));
  CHECK_THAT(message("[[map.backgrounds]]\nopacity = 1\n"), Catch::Contains("needs a source"));
  CHECK_THAT(message("[[map.backgrounds]]\nsource = \"a\"\ndrawing = \"oil\"\n"),
             Catch::Contains("line 3") && Catch::Contains("hillshade"));
  CHECK_THAT(message("[map]\nlevel = \"village\"\n"),
             Catch::Contains("line 2") && Catch::Contains("township"));
  CHECK_THAT(message("[map]\nunit = [1]\n"), Catch::Contains("line 2"));
  CHECK_THAT(message("[map.tables]\nroads = 1\n"), Catch::Contains("line 2") && Catch::Contains("roads"));
  for (const char* box : {"[1, 2, 3]", "[3, 1, 2, 4]", "[0, 4, 1, 3]", "[-181, 0, 1, 2]", "[0, 0, 1, 91]",
                          "[1, 2, 3, 4, 5]", "[0, 0, 1e-9, 2]", "[]"})
    CHECK_THAT(message(std::string{"[map]\nextent = "} + box + "\n"), Catch::Contains("west, south"));
  CHECK_THAT(message("[map"), Catch::Contains("line 1"));
}

TEST_CASE("a document sets looks and order, and taking it back restores them") {
  test::Region region;
  const MapStyles sheets{test::shipped_styles(), test::shipped_styles()};
  MapDocument document;
  document.layers["roads"].visible = false;
  document.layers["roads"].opacity = 0.5;
  document.layers["villages"].names = false;
  document.order = {"roads", "counties"};  // the others keep their places
  std::vector<LayerId> before;
  for (const MapLayer& layer : region.scene.layers()) before.push_back(layer.id);
  apply(document, sheets, Theme::light, region.scene);
  CHECK_FALSE(region.scene.find(region.roads)->look.visible);
  CHECK_FALSE(region.scene.find(region.villages)->look.labels);
  const auto place = [&](LayerId id) {
    for (std::size_t i = 0; i < region.scene.layers().size(); ++i)
      if (region.scene.layers()[i].id == id) return i;
    return std::size_t{99};
  };
  CHECK(place(region.roads) < place(region.counties));
  CHECK(region.scene.layers()[1].id == before[1]);
  MapDocument plain;
  for (const LayerId id : before) plain.order.push_back(name_of(*region.scene.find(id)));
  apply(plain, sheets, Theme::light, region.scene);
  for (std::size_t i = 0; i < before.size(); ++i) CHECK(region.scene.layers()[i].id == before[i]);
  CHECK(region.scene.find(region.roads)->look == LayerLook{});
}

TEST_CASE("another colour is there at once and nothing is built for it") {
  test::Region region;
  Camera camera(800, 600);
  camera.fit(region.scene.box());
  settle(region.scene, camera);
  const auto pieces = region.scene.pieces(*region.scene.find(region.roads), camera);
  REQUIRE_FALSE(pieces.empty());
  region.scene.set_styles(changed_roads([](LayerStyle& style) {
    style.base.colour = Colour{1, 2, 3, 255};
    style.base.width = ZoomSize{7};
    for (StyleRule& rule : style.rules) rule.colour.reset(), rule.width.reset();
  }));
  const MapLayer& roads = *region.scene.find(region.roads);
  for (const FeatureStyle& style : roads.rows->styles) {
    CHECK(style.line.colour == Colour{1, 2, 3, 255});
    CHECK(style.line.width == ZoomSize{7});
  }
  region.scene.update(camera);
  CHECK(region.scene.pieces(roads, camera) == pieces);
  CHECK(region.scene.settled());
}

TEST_CASE("where other rows are shown, what was built stays until the new is complete") {
  test::Region region;
  Camera camera(800, 600);
  camera.fit(region.scene.box());
  settle(region.scene, camera);
  const auto before = region.scene.pieces(*region.scene.find(region.roads), camera);
  const auto rows_before = region.scene.find(region.roads)->rows;
  // Only earth roads are left to be told apart, and the others appear from close by.
  const auto sheet = changed_roads([](LayerStyle& style) {
    style.rules.clear();
    style.base.min_zoom = 20;
    StyleRule earth;
    earth.when.push_back({"surface", {"earth"}, false});
    earth.min_zoom = 0;
    style.rules.push_back(earth);
  });
  region.scene.set_styles(sheet);
  CHECK_FALSE(region.scene.settled());
  CHECK(region.scene.pieces(*region.scene.find(region.roads), camera) == before);
  CHECK(region.scene.find(region.roads)->rows == rows_before);
  settle(region.scene, camera);
  const MapLayer& roads = *region.scene.find(region.roads);
  REQUIRE(roads.rows->styles.size() == 2);
  const StyledRows fresh = style_rows(*roads.table, sheet->of(Role::roads, table::GeometryKind::line));
  CHECK(roads.rows->style_of_row == fresh.style_of_row);
  CHECK(roads.rows->styles == fresh.styles);
  std::size_t segments = 0, segments_before = 0;
  for (const auto& piece : region.scene.pieces(roads, camera)) segments += piece->segments.size();
  for (const auto& piece : before) segments_before += piece->segments.size();
  CHECK(segments > 0);
  CHECK(segments < segments_before);
  CHECK(region.scene.settled());
}

TEST_CASE("styles changed many times in a row end as the last one, whatever was under way") {
  test::Region region;
  Camera camera(640, 480);
  camera.fit(region.scene.box());
  RandomStyles random{5};
  std::shared_ptr<const StyleSheet> last;
  for (int i = 0; i < 60; ++i) {
    last = changed_roads([&](LayerStyle& style) {
      if (random.likely()) style.base.colour = random.colour();
      if (random.likely()) style.base.order = random.below(100);
      if (random.likely()) style.rules[static_cast<std::size_t>(random.below(8))].order = random.below(100);
      if (random.likely()) style.rules.pop_back();
      if (random.likely()) style.rules.front().min_zoom = random.number();
    });
    region.scene.set_styles(last);
    if (random.likely()) region.scene.update(camera);
    if (random.below(5) == 0) settle(region.scene, camera);
  }
  settle(region.scene, camera);
  const MapLayer& roads = *region.scene.find(region.roads);
  const StyledRows fresh = style_rows(*roads.table, last->of(Role::roads, table::GeometryKind::line));
  CHECK(roads.rows->styles == fresh.styles);
  CHECK(roads.rows->rules == fresh.rules);
  CHECK(roads.rows->style_of_row == fresh.style_of_row);
  CHECK(region.scene.settled());
}
