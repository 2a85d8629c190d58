// Roads, villages and bridges that a test draws in metres.
#pragma once

#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "atlas/atlas.hpp"
#include "indicators/definitions.hpp"
#include "support/drawn_geometry.hpp"
#include "support/tables.hpp"

namespace xiangtu::tests {

struct Road {
  std::string code, road_class, surface;
  Path line;
  std::string oneway{};  // empty: it is not said
  double level = none;
};
struct Village {
  std::string code;
  geodesy::LonLat place;
  double population;
};
struct Bridge {
  geodesy::LonLat place;
  double condition_class;
  std::string road_code;
};

inline atlas::Layer layer_of(const std::vector<Road>& roads) {
  TableBuilder table("roads", table::GeometryKind::line);
  std::vector<std::string> codes, classes, surfaces, directions;
  std::vector<double> levels;
  for (const Road& road : roads) {
    table.part(road.line);
    codes.push_back(road.code);
    classes.push_back(road.road_class);
    surfaces.push_back(road.surface);
    directions.push_back(road.oneway);
    levels.push_back(road.level);
  }
  table.texts("code", codes).texts("class", classes).texts("surface", surfaces);
  return {table::Role::roads, table.texts("oneway", directions).numbers("level", levels).build(), {}, {}};
}

inline atlas::Layer layer_of(const std::vector<Village>& villages) {
  TableBuilder table("natural_villages", table::GeometryKind::point);
  std::vector<std::string> codes;
  std::vector<double> people;
  for (const Village& village : villages) {
    table.point(village.place.lon, village.place.lat);
    codes.push_back(village.code);
    people.push_back(village.population);
  }
  return {table::Role::natural_villages,
          table.texts("code", codes).numbers("population", people).build(),
          {},
          {}};
}

inline atlas::Layer layer_of(const std::vector<Bridge>& bridges) {
  TableBuilder table("bridges", table::GeometryKind::point);
  std::vector<double> classes;
  std::vector<std::string> roads;
  for (const Bridge& bridge : bridges) {
    table.point(bridge.place.lon, bridge.place.lat);
    classes.push_back(bridge.condition_class);
    roads.push_back(bridge.road_code);
  }
  return {table::Role::bridges,
          table.numbers("condition_class", classes).texts("road_code", roads).build(),
          {},
          {}};
}

inline const indicators::Definitions& definitions() {
  static const auto loaded = indicators::Definitions::load(std::string(XIANGTU_SOURCE_DIR) + "/assets");
  if (!loaded) FAIL(loaded.issue().message.english());
  return *loaded;
}

}  // namespace xiangtu::tests
