// A small made-up region for the renderer's tests: the same on every machine.
#pragma once

#include <cmath>
#include <cstdint>
#include <memory>
#include <string>

#include "render/scene/scene.hpp"
#include "table/feature_table.hpp"

namespace xiangtu::test {

// Reproducible numbers in [0, 1): a linear congruential generator (Knuth's MMIX constants).
class Dice {
 public:
  explicit Dice(std::uint64_t seed) : state_(seed) {}
  double roll() {
    state_ = state_ * 6364136223846793005ull + 1442695040888963407ull;
    return static_cast<double>(state_ >> 40) / static_cast<double>(1ull << 24);
  }

 private:
  std::uint64_t state_;
};

using geodesy::LonLat;
using table::Column;
using table::FeatureTable;
using table::GeometryColumn;
using table::GeometryKind;

inline std::shared_ptr<FeatureTable> empty_table(GeometryKind kind) {
  auto table = std::make_shared<FeatureTable>();
  table->geometry = GeometryColumn{kind};
  return table;
}

inline void add_text_column(FeatureTable& table, const std::string& name) {
  table.columns.push_back(Column{name, name, table::TextColumn{}});
}

inline void add_number_column(FeatureTable& table, const std::string& name) {
  table.columns.push_back(Column{name, name, table::NumberColumn{}});
}

inline void end_row(FeatureTable& table) {
  table.geometry.end_feature();
  table.row_ids.push_back(static_cast<std::int64_t>(table.row_ids.size()) + 1);
}

// Where borders of the grid run: wavy, and the same from both sides.
inline LonLat wavy(double column, double row, LonLat corner, double cell) {
  const double east = corner.lon + cell * 1.25 * column + cell * 0.12 * std::sin(row * 4.1 + column * 1.7);
  const double north = corner.lat + cell * row + cell * 0.12 * std::sin(column * 3.7 + row * 2.3);
  return {east, north};
}

// Cells of a wavy grid as polygons with `name`.
inline std::shared_ptr<FeatureTable> wavy_polygons(int columns, int rows, double step, LonLat corner,
                                                   double cell, const std::string& prefix) {
  auto table = empty_table(GeometryKind::polygon);
  add_text_column(*table, "name");
  const int pieces = 12;
  for (int row = 0; row < rows; ++row) {
    for (int column = 0; column < columns; ++column) {
      const auto at = [&](double c, double r) {
        table->geometry.add_vertex(wavy((column + c) * step, (row + r) * step, corner, cell));
      };
      for (int i = 0; i < pieces; ++i) at(static_cast<double>(i) / pieces, 0);
      for (int i = 0; i < pieces; ++i) at(1, static_cast<double>(i) / pieces);
      for (int i = 0; i < pieces; ++i) at(1 - static_cast<double>(i) / pieces, 1);
      for (int i = 0; i <= pieces; ++i) at(0, 1 - static_cast<double>(i) / pieces);
      table->geometry.end_part();
      end_row(*table);
      table->columns[0].text().push(prefix + std::to_string(row * columns + column + 1));
    }
  }
  return table;
}

inline std::shared_ptr<FeatureTable> make_villages(int count, LonLat corner, double cell,
                                                   std::uint64_t seed) {
  static const char* const names[] = {"高家坬", "李家墕", "圐圙", "王家沟",
                                      "红石桥", "垯梁",   "磘上", "Hill Village"};
  auto table = empty_table(GeometryKind::point);
  add_text_column(*table, "name");
  add_text_column(*table, "kind");
  add_number_column(*table, "population");
  Dice dice{seed};
  for (int i = 0; i < count; ++i) {
    table->geometry.add_vertex(wavy(dice.roll() * 3, dice.roll() * 2, corner, cell));
    table->geometry.end_part();
    end_row(*table);
    table->columns[0].text().push(names[i % 8]);
    table->columns[1].text().push(i % 4 == 0 ? "administrative" : "natural");
    std::get<table::NumberColumn>(table->columns[2].data)
        .values.push_back(std::floor(dice.roll() * 900) + 20);
  }
  return table;
}

// Winding lines between random places; classes from G to C, every third a dirt road. Codes are G210 and the
// like; those of class G and S are called so, too.
inline std::shared_ptr<FeatureTable> make_roads(int count, LonLat corner, double cell, std::uint64_t seed) {
  static const char* const classes[] = {"G", "S", "X", "X", "Y", "Y", "C", "C", "C", "C"};
  static const char* const names[] = {"高家坬连接线", "李家墕路", "王家沟至红石桥公路", "圐圙路"};
  auto table = empty_table(GeometryKind::line);
  add_text_column(*table, "class");
  add_text_column(*table, "surface");
  add_text_column(*table, "code");
  add_text_column(*table, "name");
  Dice dice{seed};
  for (int i = 0; i < count; ++i) {
    const std::string kind = i < 2 ? "G" : i < 5 ? "S" : classes[2 + i % 8];
    const double reach = kind == "G" ? 3 : kind == "S" ? 2 : kind == "X" ? 0.8 : 0.3;
    double c = kind == "G" ? 0 : dice.roll() * 3;
    double r = dice.roll() * 2;
    const double angle = kind == "G" ? (dice.roll() - 0.5) * 0.8 : dice.roll() * 6.28;
    const int vertices = 40;
    for (int k = 0; k <= vertices; ++k) {
      const double bend = angle + 0.7 * std::sin(k * 0.35 + i);
      table->geometry.add_vertex(wavy(c, r, corner, cell));
      c += std::cos(bend) * reach / vertices;
      r += std::sin(bend) * reach / vertices * 0.7;
    }
    table->geometry.end_part();
    end_row(*table);
    table->columns[0].text().push(kind);
    table->columns[1].text().push(i > 6 && i % 3 == 0 ? "earth" : "cement_concrete");
    const std::string code = kind + std::to_string(210 + i);
    table->columns[2].text().push(code);
    table->columns[3].text().push(kind == "G" || kind == "S" ? code : names[i % 4]);
  }
  return table;
}

inline std::shared_ptr<FeatureTable> make_bridges(int count, LonLat corner, double cell, std::uint64_t seed) {
  auto table = empty_table(GeometryKind::point);
  add_number_column(*table, "condition_class");
  Dice dice{seed};
  for (int i = 0; i < count; ++i) {
    table->geometry.add_vertex(wavy(dice.roll() * 3, dice.roll() * 2, corner, cell));
    table->geometry.end_part();
    end_row(*table);
    std::get<table::NumberColumn>(table->columns[0].data).values.push_back(1 + i % 5);
  }
  return table;
}

inline std::shared_ptr<const render::scene::StyleSheet> shipped_styles() {
  auto styles = render::scene::StyleSheet::load(std::string{XIANGTU_SOURCE_DIR} + "/assets/styles.toml");
  return styles ? std::make_shared<const render::scene::StyleSheet>(std::move(*styles)) : nullptr;
}

// Six counties of four townships each, with villages, roads and bridges.
struct Region {
  render::scene::Scene scene{shipped_styles()};
  render::scene::LayerId counties, townships, villages, roads, bridges;

  explicit Region(int village_count = 600, int road_count = 260) {
    const LonLat corner{109.0, 37.6};
    const double cell = 0.4;
    using table::Role;
    counties = scene.add("Counties", Role::counties, wavy_polygons(3, 2, 1, corner, cell, "县"));
    townships = scene.add("Townships", Role::townships, wavy_polygons(6, 4, 0.5, corner, cell, "镇"));
    villages = scene.add("Villages", Role::villages, make_villages(village_count, corner, cell, 7));
    roads = scene.add("Roads", Role::roads, make_roads(road_count, corner, cell, 11));
    bridges = scene.add("Bridges", Role::bridges, make_bridges(60, corner, cell, 13));
  }
};

}  // namespace xiangtu::test
