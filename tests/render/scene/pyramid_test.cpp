#include "render/scene/pyramid.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include <catch2/catch.hpp>

#include "render/region.hpp"
#include "render/scene/rule_matching.hpp"

using namespace xiangtu;
using namespace xiangtu::render::scene;

namespace {

LayerGeometry layer_of(std::shared_ptr<table::FeatureTable> table, table::Role role) {
  LayerGeometry layer;
  layer.styled = std::make_shared<const StyledRows>(
      style_rows(*table, test::shipped_styles()->of(role, table->geometry.kind())));
  layer.boxes = world_boxes(*table, Progress{});
  layer.table = std::move(table);
  return layer;
}

std::set<RowIx> rows_of(const LevelPlan& plan) {
  std::set<RowIx> rows;
  for (const TilePlan& tile : plan.tiles)
    for (const RowIx row : tile.rows) CHECK(rows.insert(row).second);  // in one tile only
  return rows;
}

}  // namespace

TEST_CASE("full detail has every row once, in a tile that covers it") {
  const LayerGeometry layer = layer_of(test::make_roads(300, {109, 37.6}, 0.4, 2), table::Role::roads);
  const LevelPlan plan = plan_level(layer, max_level);
  CHECK(rows_of(plan).size() == layer.table->size());
  for (const TilePlan& tile : plan.tiles)
    for (const RowIx row : tile.rows) {
      CHECK(tile.box.contains(layer.boxes[row.value].min));
      CHECK(tile.box.contains(layer.boxes[row.value].max));
    }
}

TEST_CASE("points that show at one zoom show at all closer ones, the most important first") {
  const LayerGeometry layer =
      layer_of(test::make_villages(4000, {109, 37.6}, 0.4, 3), table::Role::natural_villages);
  std::set<RowIx> before;
  for (int level = 11; level <= max_level; ++level) {
    const std::set<RowIx> rows = rows_of(plan_level(layer, level));
    CHECK(std::includes(rows.begin(), rows.end(), before.begin(), before.end()));
    before = rows;
  }
  CHECK(before.size() == 4000);
  const auto& importance = layer.styled->importance;
  const auto most = std::max_element(importance.begin(), importance.end()) - importance.begin();
  CHECK(rows_of(plan_level(layer, 11)).contains(RowIx{static_cast<std::size_t>(most)}));
  CHECK(rows_of(plan_level(layer, 9)).empty());  // natural villages come later
}

TEST_CASE("cost at a coarse level is bound by pixels, not by rows") {
  auto table = test::empty_table(table::GeometryKind::line);
  test::Dice dice{9};
  for (int i = 0; i < 50000; ++i) {
    const geodesy::LonLat at{109 + dice.roll(), 38 + dice.roll()};
    table->geometry.add_vertex(at);
    table->geometry.add_vertex({at.lon + 0.0005, at.lat});
    table->geometry.end_part();
    test::end_row(*table);
  }
  const LayerGeometry layer = layer_of(table, table::Role::roads);
  const std::set<RowIx> rows = rows_of(plan_level(layer, 8));  // a degree is 182 pixels wide there
  CHECK(rows.size() <= 184 * 240);
  CHECK(rows.size() > 20000);
}

TEST_CASE("offsets of a piece are true to the hundredth of a street-scale pixel") {
  const LayerGeometry layer =
      layer_of(test::make_villages(500, {109, 37.6}, 0.4, 4), table::Role::natural_villages);
  for (const TilePlan& tile : plan_level(layer, max_level).tiles) {
    const Piece piece = build_piece(layer, max_level, tile.rows);
    REQUIRE(piece.symbols.size() == tile.rows.size());
    for (std::size_t i = 0; i < piece.symbols.size(); ++i) {
      const WorldPoint exact = world_of(layer.table->geometry.vertices_of(tile.rows[i].value).front());
      const double zoom_18 = 256 * std::exp2(18);
      const double x = piece.origin.x + piece.symbols[i].x / piece.pixels_per_world();
      const double y = piece.origin.y + piece.symbols[i].y / piece.pixels_per_world();
      CHECK(x * zoom_18 == Approx(exact.x * zoom_18).margin(0.01));
      CHECK(y * zoom_18 == Approx(exact.y * zoom_18).margin(0.01));
    }
  }
}

TEST_CASE("rows without geometry are left out") {
  auto table = test::empty_table(table::GeometryKind::polygon);
  test::add_text_column(*table, "name");
  test::end_row(*table);
  table->columns[0].text().push("nowhere");
  const LayerGeometry layer = layer_of(table, table::Role::counties);
  CHECK(plan_level(layer, 10).tiles.empty());
  const Piece piece = build_piece(layer, 10, std::vector<RowIx>{RowIx{std::size_t{0}}});
  CHECK(piece.fills.empty());
  CHECK(piece.labels.empty());
}

TEST_CASE("the fields of a row tell whether it may be drawn at a level") {
  const auto styles = test::shipped_styles();
  const std::vector<std::pair<std::shared_ptr<table::FeatureTable>, table::Role>> layers{
      {test::make_roads(200, {109, 37.6}, 0.4, 5), table::Role::roads},
      {test::make_villages(200, {109, 37.6}, 0.4, 6), table::Role::villages},
      {test::make_bridges(50, {109, 37.6}, 0.4, 7), table::Role::bridges},
      {test::make_bridges(50, {109, 37.6}, 0.4, 8), table::Role::sanitation}};  // without its fields
  for (const auto& [table, role] : layers) {
    const LayerStyle& style = styles->of(role, table->geometry.kind());
    const StyledRows styled = style_rows(*table, style);
    for (int level = min_level; level <= max_level; ++level) {
      const auto sieve = rows_shown_at(style, level);
      for (std::size_t row = 0; row < table->size(); ++row) {
        std::vector<table::FieldValue> values;
        for (const std::string& field : sieve ? sieve->fields : std::vector<std::string>{}) {
          const table::Column* column = table->find(field);
          if (!column || column->missing(row))
            values.emplace_back();
          else if (column->is_text())
            values.emplace_back(column->text().at(row));
          else
            values.emplace_back(column->numbers()[row]);
        }
        const FeatureStyle& of_row = styled.styles[styled.style_of_row[row]];
        const bool shown = (level == max_level || of_row.min_zoom <= level) && of_row.max_zoom > level - 1;
        CHECK((!sieve || sieve->needs(values)) == shown);
      }
    }
  }
}

TEST_CASE("thinned points say how many they stand for, and none is lost from the count") {
  const LayerGeometry layer =
      layer_of(test::make_villages(6000, {109, 37.6}, 0.4, 9), table::Role::natural_villages);
  for (const int level : {11, 12, 13}) {
    const LevelPlan plan = plan_level(layer, level);
    std::size_t shown = 0, left_out = 0, many = 0, counted = 0;
    for (const TilePlan& tile : plan.tiles) {
      REQUIRE(tile.others.size() == tile.rows.size());
      shown += tile.rows.size();
      for (const std::uint32_t others : tile.others) {
        left_out += others;
        if (others >= 10) many += others;
      }
      Piece piece = build_piece(layer, level, tile.rows);
      add_counts(layer, tile, piece);
      for (const LabelAnchor& anchor : piece.labels)
        if (anchor.kind == LabelKind::count) counted += anchor.others;
    }
    CHECK(shown + left_out == layer.table->size());
    CHECK(counted == many);
  }
}

TEST_CASE("where no zoom parts points at one position, the upper one says how many lie beneath") {
  auto villages = test::make_villages(30, {109, 37.6}, 0.4, 4);
  // 0, 1, 2 at one position, 3 and 4 at another; the rest stay apart.
  std::vector<std::size_t> at(villages->size());
  for (std::size_t row = 0; row < at.size(); ++row) at[row] = row < 3 ? 0 : row < 5 ? 3 : row;
  auto stacked = std::make_shared<table::FeatureTable>(*villages);
  stacked->geometry = table::GeometryColumn{table::GeometryKind::point};
  for (const std::size_t place : at) {
    stacked->geometry.add_vertex(villages->geometry.box_of(place).min);
    stacked->geometry.end_simple_feature();
  }
  const LayerGeometry layer = layer_of(stacked, table::Role::natural_villages);
  std::map<std::size_t, std::uint32_t> beneath;  // by place
  std::size_t drawn = 0;
  for (const TilePlan& tile : plan_level(layer, max_level).tiles) {
    drawn += tile.rows.size();
    Piece piece = build_piece(layer, max_level, tile.rows);
    add_counts(layer, tile, piece);
    for (const LabelAnchor& anchor : piece.labels)
      if (anchor.kind == LabelKind::count) beneath[at[anchor.row]] += anchor.others;
  }
  CHECK(drawn == at.size());  // all of them are there to be clicked on
  CHECK(beneath == std::map<std::size_t, std::uint32_t>{{0, 2}, {3, 1}});
}

TEST_CASE("a condition is met by a cell as by the row of a table") {
  table::FeatureTable table;
  table::Column kind{"kind", "kind", table::TextColumn{}}, width{"width", "width", table::NumberColumn{}};
  for (const char* text : {"a", "b", "", "3"}) {
    if (*text)
      kind.text().push(text);
    else
      kind.text().push_missing();
  }
  width.data = table::NumberColumn{{3, 4.5, std::nan(""), 0}};
  table.columns = {kind, width};
  table.row_ids = {1, 2, 3, 4};
  const auto value = [&](const table::Column& column, std::size_t row) -> table::FieldValue {
    if (column.missing(row)) return std::monostate{};
    if (column.is_text()) return column.text().at(row);
    return column.numbers()[row];
  };
  using Rows = std::vector<bool>;
  const std::tuple<RuleCondition, Rows> cases[] = {
      {{"kind", {"a", "3"}, false}, {true, false, false, true}},
      {{"kind", {}, true}, {false, false, true, false}},
      {{"width", {"3.0", "x"}, false}, {true, false, false, false}},
      {{"width", {}, true}, {false, false, true, false}},
      {{"nowhere", {"a"}, false}, {false, false, false, false}},
      {{"nowhere", {}, true}, {true, true, true, true}}};
  for (const auto& [condition, expected] : cases) {
    CAPTURE(condition.field, condition.missing);
    CHECK(rows_that_meet(table, condition) == expected);
    const table::Column* column = table.find(condition.field);
    for (std::size_t row = 0; row < expected.size(); ++row)
      CHECK(ConditionTest{condition}.meets(column ? value(*column, row) : table::FieldValue{}) ==
            expected[row]);
  }
}
