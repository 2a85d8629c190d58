#include "render/scene/scene.hpp"

#include <set>
#include <thread>

#include <catch2/catch.hpp>

#include "render/region.hpp"
#include "render/scene/labels.hpp"
#include "render/scene/picking.hpp"

using namespace xiangtu;
using namespace xiangtu::render::scene;
using table::Role;

namespace {

Camera camera_of(const Scene& scene, double zoom = 0) {
  Camera camera{1000, 800};
  camera.fit(scene.box(), {10, 10, 10, 10});
  if (zoom > 0) camera.set_zoom(zoom);
  return camera;
}

double ten_a_character(std::string_view text, double size) {
  return static_cast<double>(text.size()) * size / 3;
}

}  // namespace

TEST_CASE("layers take their place by role: polygons, roads, bridges, points") {
  test::Region region{20, 20};
  std::vector<Role> order;
  for (const MapLayer& layer : region.scene.layers()) order.push_back(*layer.role);
  CHECK(order ==
        std::vector<Role>{Role::counties, Role::townships, Role::roads, Role::bridges, Role::villages});
  region.scene.move(region.villages, 0);
  CHECK(region.scene.layers().front().id == region.villages);
  region.scene.remove(region.roads);
  CHECK(region.scene.find(region.roads) == nullptr);
  CHECK(region.scene.layers().size() == 4);
  CHECK_FALSE(
      region.scene.add("table", Role::projects, test::empty_table(table::GeometryKind::none)).exists());
}

TEST_CASE("a frame never waits and the picture completes itself") {
  test::Region region{2000, 100};
  const Camera camera = camera_of(region.scene);
  region.scene.update(camera);  // nothing is built yet, and nothing is waited for
  const MapLayer& layer = *region.scene.find(region.villages);
  for (int i = 0; i < 1000 && !region.scene.settled(); ++i) {
    std::this_thread::yield();
    region.scene.update(camera);
  }
  Progress progress;
  region.scene.settle(camera, progress);
  CHECK(region.scene.settled());
  CHECK_FALSE(region.scene.pieces(layer, camera).empty());
}

TEST_CASE("the pieces drawn are all of one level, also while another one is built") {
  test::Region region{2000, 100};
  Camera camera = camera_of(region.scene);
  Progress progress;
  region.scene.settle(camera, progress);
  camera.zoom_at({500, 400}, 8);
  region.scene.update(camera);
  for (const MapLayer& layer : region.scene.layers()) {
    std::set<int> levels;
    for (const auto& piece : region.scene.pieces(layer, camera)) levels.insert(piece->level);
    CHECK(levels.size() <= 1);
  }
}

TEST_CASE("picking finds what is under the pointer, topmost first") {
  test::Region region{300, 60};
  Progress progress;
  const MapLayer& villages = *region.scene.find(region.villages);
  Camera camera = camera_of(region.scene);
  camera.move_to(villages.table->geometry.vertices_of(8).front());
  camera.set_zoom(13);
  region.scene.settle(camera, progress);
  const std::vector<Picked> picked = pick(region.scene, camera, {500, 400});
  REQUIRE(picked.size() >= 3);
  CHECK(picked.front().layer == region.villages);
  CHECK(picked.front().row == RowIx{std::size_t{8}});
  CHECK(picked[picked.size() - 2].layer == region.townships);
  CHECK(picked.back().layer == region.counties);

  region.scene.look(region.villages)->visible = false;
  CHECK(pick(region.scene, camera, {500, 400}).front().layer != region.villages);
}

TEST_CASE("picking agrees with a search through all rows") {
  test::Region region{500, 80};
  Progress progress;
  Camera camera = camera_of(region.scene, 14);
  region.scene.settle(camera, progress);
  const MapLayer& layer = *region.scene.find(region.roads);
  test::Dice dice{31};
  for (int round = 0; round < 40; ++round) {
    // Near a vertex of some road, so that there is something to find.
    const auto row = static_cast<std::size_t>(dice.roll() * static_cast<double>(layer.table->size()));
    const auto vertices = layer.table->geometry.vertices_of(row);
    camera.move_to(vertices[static_cast<std::size_t>(dice.roll() * static_cast<double>(vertices.size()))]);
    region.scene.settle(camera, progress);
    const ScreenPoint pixel{500 + dice.roll() * 8 - 4, 400 + dice.roll() * 8 - 4};
    std::set<RowIx> expected;
    for (std::size_t other = 0; other < layer.table->size(); ++other) {
      const double width = layer.rows->styles[layer.rows->style_of_row[other]].line.width.at(camera.zoom());
      double nearest = 1e9;
      const auto line = layer.table->geometry.vertices_of(other);
      for (std::size_t i = 0; i + 1 < line.size(); ++i) {
        const ScreenPoint a = camera.to_screen(line[i]), b = camera.to_screen(line[i + 1]);
        for (int k = 0; k <= 400; ++k) {
          const double t = k / 400.0;
          nearest =
              std::min(nearest, std::hypot(a.x + t * (b.x - a.x) - pixel.x, a.y + t * (b.y - a.y) - pixel.y));
        }
      }
      if (nearest - width / 2 <= 5) expected.insert(RowIx{other});
    }
    std::set<RowIx> found;
    for (const Picked& picked : pick(region.scene, camera, pixel, 5.02))
      if (picked.layer == region.roads) found.insert(picked.row);
    CHECK(std::includes(found.begin(), found.end(), expected.begin(), expected.end()));
    for (const RowIx row_found : found)
      CHECK((expected.contains(row_found) || found.size() <= expected.size() + 1));
  }
}

TEST_CASE("names do not meet, stay on the picture and keep their priority") {
  test::Region region{800, 60};
  Progress progress;
  const Camera camera = camera_of(region.scene, 10.9);
  region.scene.settle(camera, progress);
  const std::vector<PlacedLabel> labels = place_labels(region.scene, camera, ten_a_character);
  REQUIRE(labels.size() > 20);
  CHECK(labels.front().layer == region.counties);
  for (std::size_t i = 0; i < labels.size(); ++i) {
    const PlacedLabel& a = labels[i];
    const double width = ten_a_character(a.text, a.size);
    CHECK(a.left_baseline.x >= 0);
    CHECK(a.left_baseline.x + width <= camera.width());
    for (std::size_t k = i + 1; k < labels.size(); ++k) {
      const PlacedLabel& b = labels[k];
      const bool beside = a.left_baseline.x + width <= b.left_baseline.x ||
                          b.left_baseline.x + ten_a_character(b.text, b.size) <= a.left_baseline.x;
      const bool above =
          a.left_baseline.y <= b.left_baseline.y - b.size || b.left_baseline.y <= a.left_baseline.y - a.size;
      CHECK((beside || above));
    }
  }
}

TEST_CASE("the same names are written after a small pan, and in every run") {
  test::Region region{800, 60};
  Progress progress;
  Camera camera = camera_of(region.scene, 10.9);
  region.scene.settle(camera, progress);
  const auto before = place_labels(region.scene, camera, ten_a_character);
  const auto again = place_labels(region.scene, camera, ten_a_character);
  REQUIRE(before.size() == again.size());
  for (std::size_t i = 0; i < before.size(); ++i) CHECK(before[i].left_baseline == again[i].left_baseline);
  camera.pan(5, 3);
  region.scene.settle(camera, progress);
  std::set<std::pair<LayerId, RowIx>> kept;
  for (const PlacedLabel& label : place_labels(region.scene, camera, ten_a_character))
    kept.insert({label.layer, label.row});
  std::size_t lost = 0;
  for (const PlacedLabel& label : before) lost += kept.contains({label.layer, label.row}) ? 0 : 1;
  CHECK(lost * 20 <= before.size());  // only at the edges
}
