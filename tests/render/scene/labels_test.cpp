// Names along lines, codes in boxes, and what stays while the map is panned.
#include "render/scene/labels.hpp"

#include <algorithm>
#include <cmath>
#include <set>

#include <catch2/catch.hpp>

#include "render/region.hpp"
#include "render/scene/taken_room.hpp"

using namespace xiangtu;
using namespace xiangtu::render::scene;
using table::Role;

namespace {

// Ideographs one em, all else half of one.
double measure(std::string_view text, double size) {
  double ems = 0;
  for (const char byte : text) {
    const auto value = static_cast<unsigned char>(byte);
    ems += value < 0x80 ? 0.5 : value >= 0xC0 ? 1 : 0;
  }
  return ems * size;
}

std::vector<ScreenBox> boxes_of(const PlacedLabel& label) {
  if (label.box) return {{label.box->min.x, label.box->min.y, label.box->max.x, label.box->max.y}};
  if (label.glyphs.empty()) {
    const ScreenPoint at = label.left_baseline;
    return {{at.x, at.y - label.size * 0.75, at.x + measure(label.text, label.size), at.y}};
  }
  std::vector<ScreenBox> boxes;
  for (const LabelGlyph& glyph : label.glyphs) {
    const double c = std::cos(glyph.angle), s = std::sin(glyph.angle);
    const double x = measure(glyph.text, label.size) / 2, y = -0.36 * label.size;
    const ScreenPoint middle{glyph.left_baseline.x + x * c - y * s, glyph.left_baseline.y + x * s + y * c};
    const double half = 0.4 * label.size;
    boxes.push_back({middle.x - half, middle.y - half, middle.x + half, middle.y + half});
  }
  return boxes;
}

void settle_around(Scene& scene, Camera camera) {
  Progress progress;
  camera.resize(camera.width() + 600, camera.height() + 600, camera.pixel_ratio());
  scene.settle(camera, progress);
}

Camera camera_at(const Scene& scene, double zoom) {
  Camera camera{1000, 800};
  camera.fit(scene.box(), {10, 10, 10, 10});
  camera.set_zoom(zoom);
  return camera;
}

// A straight road from west to east in `rows` rows, of a class, a code and a name.
std::shared_ptr<table::FeatureTable> straight_road(int rows, const char* road_class, const char* code,
                                                   const char* name) {
  auto table = test::empty_table(table::GeometryKind::line);
  for (const char* column : {"class", "code", "name"}) test::add_text_column(*table, column);
  for (int i = 0; i < rows; ++i) {
    table->geometry.add_vertex({109 + 0.5 * i / rows, 38});
    table->geometry.add_vertex({109 + 0.5 * (i + 1) / rows, 38});
    table->geometry.end_part();
    test::end_row(*table);
    table->columns[0].text().push(road_class);
    table->columns[1].text().push(code);
    table->columns[2].text().push(name);
  }
  return table;
}

std::vector<PlacedLabel> labels_of(std::shared_ptr<table::FeatureTable> table, double zoom) {
  Scene scene{test::shipped_styles()};
  scene.add("Roads", Role::roads, std::move(table));
  const Camera camera = camera_at(scene, zoom);
  settle_around(scene, camera);
  return place_labels(scene, camera, measure);
}

}  // namespace

TEST_CASE("a road in many rows is named as one, and again only at a distance") {
  for (const int rows : {1, 7, 60}) {
    const auto labels = labels_of(straight_road(rows, "Y", "Y001", "高家坬连接线"), 13.6);
    INFO(rows << " rows");
    REQUIRE(labels.size() >= 1);
    REQUIRE(labels.size() <= 3);  // the view is 1000 pixels wide, the distance 380
    for (const PlacedLabel& label : labels) {
      CHECK(label.text == "高家坬连接线");
      CHECK(label.glyphs.size() == 6);
      CHECK_FALSE(label.box);
    }
    for (std::size_t i = 1; i < labels.size(); ++i)
      CHECK(std::abs(labels[i].left_baseline.x - labels[i - 1].left_baseline.x) > 300);
  }
}

TEST_CASE("codes stand in boxes, cut to their letters, and a road that is called like its code has no name") {
  const auto national = labels_of(straight_road(20, "G", "G210", "G210"), 12.5);
  REQUIRE_FALSE(national.empty());
  for (const PlacedLabel& label : national) {
    CHECK(label.text == "G210");
    REQUIRE(label.box);
    CHECK(label.glyphs.empty());
    CHECK(label.box->min.x < label.left_baseline.x);
    CHECK(label.box->max.x > label.left_baseline.x + measure("G210", label.size));
  }
  std::set<std::string> county;
  for (const PlacedLabel& label : labels_of(straight_road(20, "X", "X001610830", "石榆路"), 13))
    county.insert(label.text);
  CHECK(county == std::set<std::string>{"X001", "石榆路"});
}

TEST_CASE("only what looks like the number of a road stands in a box") {
  const auto boxes = [](const char* code) {
    const auto labels = labels_of(straight_road(20, "G", code, "石榆路"), 12.5);
    return std::count_if(labels.begin(), labels.end(), [](const PlacedLabel& label) { return label.box; });
  };
  for (const char* number : {"G65", "G65E", "S204", "X003610826", "C1"}) {
    INFO(number);
    CHECK(boxes(number) > 0);
  }
  for (const char* key : {"10432.0", "10432", "way/77", "G", "国道210", "G-", "ROAD12"}) {
    INFO(key);
    CHECK(boxes(key) == 0);
  }
  CHECK_FALSE(labels_of(straight_road(20, "G", "10432.0", "石榆路"), 12.5).empty());  // its name
}

TEST_CASE("points at one position say how many they are beside their names") {
  auto table = test::empty_table(table::GeometryKind::point);
  test::add_text_column(*table, "name");
  for (const char* name : {"张家沟", "李家沟", "王家沟"}) {
    table->geometry.add_vertex({109.75, 38});
    table->geometry.end_part();
    test::end_row(*table);
    table->columns[0].text().push(name);
  }
  Scene scene{test::shipped_styles()};
  scene.add("Villages", Role::natural_villages, std::move(table));
  const Camera camera = camera_at(scene, 16);
  settle_around(scene, camera);
  std::vector<std::string> names, counts;
  for (const PlacedLabel& label : place_labels(scene, camera, measure))
    (label.text == "+2" ? counts : names).push_back(label.text);
  CHECK(names.size() >= 2);
  CHECK(counts.size() == 1);
}

TEST_CASE("a unit full of symbols has its name all the same, off its middle where that keeps a symbol free") {
  struct Placed {
    PlacedLabel name;
    geodesy::LonLat middle;
  };
  // Villages everywhere so far around a place.
  const auto name_with = [](geodesy::LonLat around, double half) {
    auto villages = test::empty_table(table::GeometryKind::point);
    test::add_text_column(*villages, "name");
    for (double lon = -half; lon <= half; lon += 0.004) {
      for (double lat = -half; lat <= half; lat += 0.004) {
        villages->geometry.add_vertex({around.lon + lon, around.lat + lat});
        villages->geometry.end_part();
        test::end_row(*villages);
        villages->columns[0].text().push("村");
      }
    }
    Scene scene{test::shipped_styles()};
    scene.add("Townships", Role::townships, test::wavy_polygons(1, 1, 1, {109, 38}, 0.2, "T"));
    scene.add("Villages", Role::natural_villages, std::move(villages));
    const Camera camera = camera_at(scene, 13);
    settle_around(scene, camera);
    std::vector<Placed> names;
    for (const PlacedLabel& label : place_labels(scene, camera, measure))
      if (label.text == "T1") {
        const ScreenPoint at = label.left_baseline;
        const double width = measure(label.text, label.size);
        names.push_back({label, lonlat_of(camera.to_world({at.x + width / 2, at.y - label.size * 0.36}))});
      }
    REQUIRE(names.size() == 1);
    return names.front();
  };
  const Placed alone = name_with({109.125, 38.1}, -1), one = name_with(alone.middle, 0.001),
               full = name_with(alone.middle, 0.05);
  const auto apart = [&](const Placed& placed) {
    return std::hypot(placed.name.left_baseline.x - alone.name.left_baseline.x,
                      placed.name.left_baseline.y - alone.name.left_baseline.y);
  };
  CHECK(apart(full) <= 1);
  CHECK(apart(one) > 5);
}

TEST_CASE("no two labels meet, of whatever kind") {
  for (const double zoom : {9.5, 11.0, 12.4, 13.5}) {
    test::Region region{800, 160};
    const Camera camera = camera_at(region.scene, zoom);
    settle_around(region.scene, camera);
    for (const bool cut : {false, true}) {
      const auto labels = place_labels(region.scene, camera, measure, {cut, {}});
      std::vector<std::pair<std::size_t, ScreenBox>> boxes;
      for (std::size_t i = 0; i < labels.size(); ++i)
        for (const ScreenBox& box : boxes_of(labels[i])) boxes.push_back({i, box});
      for (std::size_t i = 0; i < boxes.size(); ++i)
        for (std::size_t k = i + 1; k < boxes.size(); ++k)
          if (boxes[i].first != boxes[k].first && boxes[i].second.meets(boxes[k].second))
            FAIL(labels[boxes[i].first].text << " meets " << labels[boxes[k].first].text << " at " << zoom);
      const ScreenBox view{0, 0, 1000, 800};
      for (const auto& [label, box] : boxes)
        if (!cut) CHECK(view.contains(box));
    }
  }
}

namespace {

// A label at its place on the ground: in pixels of the view before it was panned.
struct OnGround {
  LayerId layer;
  std::string text;
  double x, y;
  bool is(const OnGround& other) const {  // places are rounded to whole pixels
    return layer == other.layer && text == other.text && std::abs(x - other.x) <= 1 &&
           std::abs(y - other.y) <= 1;
  }
};

// Labels whose boxes are so far within the view (1000 × 800).
std::vector<OnGround> labels_within(const Scene& scene, const Camera& camera, ScreenPoint panned,
                                    double margin) {
  std::vector<OnGround> labels;
  const ScreenBox inner = ScreenBox{0, 0, 1000, 800}.grown(-margin);
  for (const PlacedLabel& label : place_labels(scene, camera, measure, {true, {}})) {
    const auto boxes = boxes_of(label);
    if (std::any_of(boxes.begin(), boxes.end(), [&](const ScreenBox& box) { return !inner.contains(box); }))
      continue;
    const ScreenPoint at = label.glyphs.empty() ? label.left_baseline : label.glyphs.front().left_baseline;
    labels.push_back({label.layer, label.text, at.x - panned.x, at.y - panned.y});
  }
  return labels;
}

}  // namespace

TEST_CASE("while the map is panned every label that is well within stays where it is on the ground") {
  constexpr double well_within = 90;  // more than a pan of 40 and a bit
  for (const double zoom : {9.5, 10.9, 12.4, 13.3, 15.2}) {
    test::Region region{1500, 200};
    Camera camera = camera_at(region.scene, zoom);
    test::Dice dice{7};
    for (int step = 0; step < 12; ++step) {
      const ScreenPoint pan{std::floor(dice.roll() * 81) - 40, std::floor(dice.roll() * 81) - 40};
      settle_around(region.scene, camera);
      const auto before = labels_within(region.scene, camera, {}, well_within);
      const auto all_before = labels_within(region.scene, camera, {}, 0);
      camera.pan(pan.x, pan.y);
      settle_around(region.scene, camera);
      const auto after = labels_within(region.scene, camera, pan, well_within);
      const auto all_after = labels_within(region.scene, camera, pan, 0);
      const auto missing = [](const std::vector<OnGround>& labels, const std::vector<OnGround>& among) {
        return std::count_if(labels.begin(), labels.end(), [&](const OnGround& label) {
          return std::none_of(among.begin(), among.end(), [&](const OnGround& o) { return o.is(label); });
        });
      };
      INFO("zoom " << zoom << ", step " << step);
      CHECK(before.size() > 0);
      CHECK(missing(before, all_after) == 0);
      CHECK(missing(after, all_before) == 0);
    }
  }
}

TEST_CASE("names leave free what will be drawn over the map") {
  test::Region region{800, 160};
  const Camera camera = camera_at(region.scene, 11.5);
  settle_around(region.scene, camera);
  const ScreenBox legend{600, 300, 990, 790};
  const auto in_legend = [&](const std::vector<PlacedLabel>& labels) {
    std::size_t count = 0;
    for (const PlacedLabel& label : labels)
      for (const ScreenBox& box : boxes_of(label)) count += box.meets(legend) ? 1 : 0;
    return count;
  };
  CHECK(in_legend(place_labels(region.scene, camera, measure)) > 0);
  CHECK(in_legend(place_labels(region.scene, camera, measure, {false, {legend}})) == 0);
}

TEST_CASE("taken room agrees with a look at every box, also beyond its area") {
  test::Dice dice{3};
  for (int round = 0; round < 50; ++round) {
    TakenRoom room({0, 0, 500, 300});
    std::vector<ScreenBox> taken;
    for (int i = 0; i < 60; ++i) {
      const double x = dice.roll() * 700 - 100, y = dice.roll() * 500 - 100;
      const ScreenBox box{x, y, x + dice.roll() * 90, y + dice.roll() * 20};
      bool free = true;
      for (const ScreenBox& other : taken) free = free && !other.meets(box);
      CHECK(room.free(box) == free);
      if (i % 2 == 0) {
        room.take(box);
        taken.push_back(box);
      }
    }
  }
}

TEST_CASE("another theme changes colours and builds nothing anew") {
  test::Region region{300, 60};
  const Camera camera = camera_at(region.scene, 11);
  settle_around(region.scene, camera);
  const MapLayer& roads = *region.scene.find(region.roads);
  const auto before = region.scene.pieces(roads, camera);
  const auto light = place_labels(region.scene, camera, measure);
  const auto dark = StyleSheet::load(std::string{XIANGTU_SOURCE_DIR} + "/assets/styles.toml", Theme::dark);
  REQUIRE(dark.ok());
  const std::uint64_t revision = region.scene.revision();
  region.scene.set_styles(std::make_shared<const StyleSheet>(*dark));
  CHECK(region.scene.revision() != revision);
  CHECK(region.scene.pieces(roads, camera) == before);
  const auto darker = place_labels(region.scene, camera, measure);
  REQUIRE(darker.size() == light.size());
  for (std::size_t i = 0; i < light.size(); ++i) {
    CHECK(darker[i].text == light[i].text);
    CHECK(darker[i].left_baseline == light[i].left_baseline);
    if (!light[i].box) CHECK(darker[i].colour != light[i].colour);
  }
}
