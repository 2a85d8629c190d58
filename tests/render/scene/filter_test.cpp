// What the user filters for or selects is on the map at every zoom.
#include <algorithm>
#include <set>

#include <catch2/catch.hpp>

#include "render/region.hpp"
#include "render/scene/picking.hpp"
#include "render/scene/pyramid.hpp"

using namespace xiangtu;
using namespace xiangtu::render::scene;

namespace {

LayerGeometry geometry_of(std::shared_ptr<table::FeatureTable> table, table::Role role, RowMarks filter) {
  LayerGeometry layer;
  StyledRows styled = style_rows(*table, test::shipped_styles()->of(role, table->geometry.kind()));
  layer.styled =
      std::make_shared<const StyledRows>(filter ? shown_at_every_zoom(std::move(styled)) : std::move(styled));
  layer.boxes = world_boxes(*table, Progress{});
  layer.table = std::move(table);
  layer.filter = std::move(filter);
  return layer;
}

RowMarks every(std::size_t step, std::size_t count) {
  auto marks = std::make_shared<std::vector<std::uint8_t>>(count, std::uint8_t{0});
  for (std::size_t row = 0; row < count; row += step) (*marks)[row] = 1;
  return marks;
}

std::set<RowIx> rows_of(const LevelPlan& plan) {
  std::set<RowIx> rows;
  for (const TilePlan& tile : plan.tiles) rows.insert(tile.rows.begin(), tile.rows.end());
  return rows;
}

std::vector<RowIx> all_rows(std::size_t count) {
  std::vector<RowIx> rows;
  for (std::size_t row = 0; row < count; ++row) rows.emplace_back(row);
  return rows;
}

}  // namespace

TEST_CASE("rows that are filtered for are all drawn at every level, and no others") {
  constexpr std::size_t count = 4000;
  const auto marks = every(4, count);
  const LayerGeometry layer =
      geometry_of(test::make_villages(count, {109, 37.6}, 0.4, 3), table::Role::natural_villages, marks);
  for (int level = min_level; level <= max_level; ++level) {
    const std::set<RowIx> rows = rows_of(plan_level(layer, level));
    CHECK(rows.size() == count / 4);
    CHECK(std::all_of(rows.begin(), rows.end(), [&](RowIx row) { return (*marks)[row.value] == 1; }));
  }
}

TEST_CASE("very many rows that are filtered for are thinned where they are crowded") {
  constexpr std::size_t count = 60'000;
  const LayerGeometry layer = geometry_of(test::make_villages(count, {109, 37.6}, 0.4, 3),
                                          table::Role::natural_villages, every(1, count));
  CHECK(rows_of(plan_level(layer, 8)).size() < 12'000);  // 150 pixels wide
  CHECK(rows_of(plan_level(layer, max_level)).size() == count);
}

TEST_CASE("a filter of a scene's layer shows hidden styles, and taking it away brings the map back") {
  Scene scene(test::shipped_styles());
  const auto villages = test::make_villages(2000, {109, 37.6}, 0.4, 3);
  const LayerId id = scene.add("villages", table::Role::natural_villages, villages);
  Camera camera(800, 600);
  camera.fit(scene.box());
  camera.set_zoom(8);  // where natural villages are not shown
  Progress progress;
  scene.settle(camera, progress);
  const auto shown = [&] { return scene.rows_near(*scene.find(id), camera, camera.view()); };
  const auto symbols = [&] {
    std::size_t count = 0;
    for (const auto& piece : scene.pieces(*scene.find(id), camera)) count += piece->symbols.size();
    return count;
  };
  CHECK(shown().empty());
  const std::uint64_t before = scene.revision();
  scene.filter(id, every(10, 2000));
  CHECK(scene.revision() != before);
  scene.settle(camera, progress);
  CHECK(shown().size() == 200);
  CHECK(symbols() == 200);
  // They can be clicked on, too.
  const ScreenPoint at = camera.to_screen(villages->geometry.representative(10));
  const std::vector<Picked> picked = pick(scene, camera, at);
  CHECK(std::any_of(picked.begin(), picked.end(), [](const Picked& each) { return each.row == RowIx{10}; }));
  scene.filter(id, nullptr);
  scene.settle(camera, progress);
  CHECK(shown().empty());
}

TEST_CASE("few selected rows are all highlighted, and of very many only what the screen can tell apart") {
  const WorldBox everywhere{{0, 0}, {1, 1}};
  const LayerGeometry few =
      geometry_of(test::make_villages(1000, {109, 37.6}, 0.4, 3), table::Role::natural_villages, nullptr);
  const Highlight whole = build_highlight(few, 5, all_rows(1000), everywhere, 1000);
  CHECK(whole.piece->symbols.size() == 1000);
  CHECK_FALSE(whole.many);

  const LayerGeometry many =
      geometry_of(test::make_villages(200'000, {109, 37.6}, 0.4, 3), table::Role::natural_villages, nullptr);
  WorldBox area;
  for (const WorldBox& box : many.boxes) area.add(box);
  const Highlight thinned = build_highlight(many, 12, all_rows(200'000), area, 200'000);
  CHECK(thinned.many);
  CHECK(thinned.piece->symbols.size() <= 8000);
  CHECK(thinned.piece->symbols.size() > 1500);
  CHECK(thinned.piece->fills.empty());

  // What lies outside of the area is left out.
  const WorldBox half{area.min, {area.centre().x, area.max.y}};
  const Highlight left = build_highlight(few, 12, all_rows(1000), half, 1000);
  const auto inside = std::count_if(few.boxes.begin(), few.boxes.end(),
                                    [&](const WorldBox& box) { return box.intersects(half); });
  CHECK(left.piece->symbols.size() == static_cast<std::size_t>(inside));
}

TEST_CASE("a selected line that is too small to be seen gets a symbol") {
  const LayerGeometry roads =
      geometry_of(test::make_roads(50, {109, 37.6}, 0.4, 2), table::Role::roads, nullptr);
  const WorldBox everywhere{{0, 0}, {1, 1}};
  CHECK(build_highlight(roads, 3, all_rows(50), everywhere, 50).piece->symbols.size() ==
        45);  // not the five long ones
  CHECK(build_highlight(roads, 14, all_rows(50), everywhere, 50).piece->symbols.size() < 50);
}
