// The description of a demonstration map: facts of a region, read from a TOML file, and the lists of
// its units.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "geodesy/position.hpp"

namespace xiangtu::synth {

struct CountyFacts {
  std::string code, name;
  geodesy::LonLat seat;
  double area_km2 = 0;
  std::int64_t population = 0;
  double rural_share = 0;
  bool key = false;
};

struct Highway {
  std::string code, name;
  bool expressway = false;
  std::vector<geodesy::LonLat> via;
};

// Valleys and crossings; rivers themselves are no layer.
struct River {
  std::string name;
  std::vector<geodesy::LonLat> via;
};

// How things are named after places: {0} is the place, {1} a second one (the other end, a river, a work).
struct NamePatterns {
  std::string county_road, township_road, village_road, bridge, river_bridge, water_project, project;
};

// A sector of the project library, and the words for a project of it.
struct Sector {
  std::string id, work;
};

struct UnitName {
  std::string code, name, parent_code;
};

struct Description {
  std::string title, description, date;
  std::uint64_t seed = 0;
  std::vector<geodesy::LonLat> outline, sand_divide;
  std::vector<CountyFacts> counties;  // in the order of their codes
  std::vector<Highway> highways;
  std::vector<River> rivers;
  NamePatterns names;
  std::vector<Sector> sectors;
  std::vector<UnitName> townships, villages;  // in the order of their codes
  std::map<std::string, double, std::less<>> published;
  std::vector<std::string> model_villages;
  std::vector<std::string> village_endings, hamlet_endings;  // taken off a village's name, put on a hamlet's

  // A village's name without the ending that says what kind of unit it is.
  std::string_view short_name(std::string_view village) const;
  // A published total; every one that is asked for was checked to be there when it was read.
  double total(std::string_view key) const { return published.find(key)->second; }
  std::size_t count(std::string_view key) const { return static_cast<std::size_t>(total(key)); }
};

Result<Description> read_description(const std::filesystem::path& file);

}  // namespace xiangtu::synth
