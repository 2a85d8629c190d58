// A map of which the styles show nothing as a whole.
#include <algorithm>

#include <catch2/catch.hpp>

#include "render/region.hpp"
#include "render/scene/furniture.hpp"

using namespace xiangtu;
using namespace xiangtu::render::scene;

namespace {

constexpr double far_zoom = 6.4;  // where the shipped styles show no points

// Many points, and few of another layer.
struct Points {
  Scene scene{test::shipped_styles()};
  Camera camera{800, 600};
  Progress progress;
  LayerId water =
      scene.add("Water", table::Role::water_projects, test::make_villages(11'000, {109, 37.6}, 0.9, 3));
  LayerId toilets =
      scene.add("Toilets", table::Role::sanitation, test::make_villages(40, {109, 37.6}, 0.9, 5));

  Points() { camera.fit(scene.box()); }
  std::size_t shown(LayerId id, double zoom) {
    camera.set_zoom(zoom);
    scene.settle(camera, progress);
    return scene.rows_near(*scene.find(id), camera, camera.view()).size();
  }
  std::uint32_t counted(double zoom) {
    camera.set_zoom(zoom);
    scene.settle(camera, progress);
    std::uint32_t others = 0;
    for (const auto& piece : scene.pieces(*scene.find(water), camera))
      for (const LabelAnchor& label : piece->labels)
        if (label.kind == LabelKind::count) others += label.others;
    return others;
  }
};

}  // namespace

TEST_CASE("points alone show nothing from afar, until they are shown at every zoom") {
  Points map;
  CHECK_FALSE(map.scene.shows_something_at(far_zoom));
  CHECK(map.scene.shows_something_at(10.5));
  CHECK(map.shown(map.water, far_zoom) == 0);
  CHECK(legend_of(map.scene, map.camera, Language::english).empty());

  const std::uint64_t before = map.scene.revision();
  map.scene.show_at_every_zoom(true);
  CHECK(map.scene.revision() != before);
  const std::size_t far = map.shown(map.water, far_zoom);
  CHECK(far > 100);
  CHECK(far < 5'500);                // thinned …
  CHECK(map.counted(far_zoom) > 0);  // … and counted, where they are many
  CHECK(map.counted(far_zoom) <= 11'000 - far);
  CHECK(map.shown(map.toilets, far_zoom) > 10);
  CHECK(legend_of(map.scene, map.camera, Language::english).size() == 2);
  for (const double zoom : {3.0, 5.0, 8.0, 9.9, 10.9}) {  // it stays as the camera moves
    INFO(zoom);
    CHECK(map.shown(map.toilets, zoom) > 0);
  }
  CHECK_FALSE(map.scene.shows_something_at(far_zoom));  // as the styles say

  map.scene.show_at_every_zoom(false);
  CHECK(map.shown(map.water, far_zoom) == 0);
}

TEST_CASE("layers that are shown at every zoom stay so with other styles and after a filter") {
  Points map;
  map.scene.show_at_every_zoom(true);
  StyleSheet other = *test::shipped_styles();
  other.of(table::Role::water_projects, table::GeometryKind::point).base.min_zoom = 12;
  other.of(table::Role::water_projects, table::GeometryKind::point).rules.clear();
  map.scene.set_styles(std::make_shared<const StyleSheet>(other));
  CHECK(map.shown(map.water, far_zoom) > 100);
  CHECK_FALSE(map.scene.shows_something_at(10.9));  // sanitation begins at 11, water now at 12
  CHECK(map.scene.shows_something_at(11));
  map.scene.filter(map.water, std::make_shared<const std::vector<std::uint8_t>>(11'000, std::uint8_t{0}));
  CHECK(map.shown(map.water, far_zoom) == 0);
  map.scene.filter(map.water, nullptr);
  CHECK(map.shown(map.water, far_zoom) > 100);
}

TEST_CASE("boundaries and trunk roads show something, and a row without a position does not") {
  const test::Region region;
  CHECK(region.scene.shows_something_at(5));
  Scene roads(test::shipped_styles());
  roads.add("Roads", table::Role::roads, test::make_roads(20, {109, 37.6}, 0.4, 2));
  CHECK(roads.shows_something_at(2));  // national ones among them
  Scene nowhere(test::shipped_styles());
  auto table = test::empty_table(table::GeometryKind::polygon);
  test::end_row(*table);
  nowhere.add("Counties", table::Role::counties, std::move(table));
  CHECK_FALSE(nowhere.shows_something_at(8));
  CHECK_FALSE(Scene(test::shipped_styles()).shows_something_at(8));
}
