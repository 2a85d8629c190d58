// Regions of roads, villages and bridges drawn by lot.
#pragma once

#include <catch2/catch.hpp>
#include <string>
#include <utility>
#include <vector>

#include "reach/drawn_region.hpp"

namespace xiangtu::tests {

struct Region {
  std::vector<Road> roads;
  std::vector<Village> villages;
  std::vector<Bridge> bridges;

  atlas::Atlas atlas() const {
    Progress progress;
    atlas::Layer people = layer_of(villages);
    std::vector<double> households;
    for (const Village& village : villages) households.push_back(village.population / 4);
    people.table.columns.push_back({"households", "households", table::NumberColumn{households}});
    auto assembled = atlas::assemble({people, layer_of(roads), layer_of(bridges)}, {}, progress);
    REQUIRE(assembled);
    return std::move(*assembled);
  }
  // Only these bridges are dangerous.
  Region with_closed(const std::vector<std::size_t>& closed) const {
    Region region = *this;
    for (Bridge& bridge : region.bridges) bridge.condition_class = 1;
    for (const std::size_t bridge : closed) region.bridges[bridge].condition_class = 5;
    return region;
  }
};

// A lattice of short roads between crossroads, some missing, with a trunk road, villages beside it and
// bridges on it: ways around are many but not everywhere. Where that is asked for, half of the regions have
// one-way roads and roads that lead over others.
inline Region random_region(Random& random, bool may_be_one_way = false) {
  constexpr int size = 6, step = 700;
  Region region;
  const auto corner = [&](int column, int row) { return at(step * column, step * row); };
  region.roads.push_back({"G1", "G", "cement_concrete", {corner(0, 0), corner(1, 0)}});
  const double kept = random.chance(0.5) ? 0.55 : 0.8;
  for (int column = 0; column < size; ++column)
    for (int row = 0; row < size; ++row)
      for (const auto& [east, north] : {std::pair{1, 0}, {0, 1}})
        if (random.chance(kept))
          region.roads.push_back({"R",
                                  "C",
                                  random.chance(0.9) ? "cement_concrete" : "earth",
                                  {corner(column, row), corner(column + east, row + north)}});
  const auto on_a_road = [&](double aside_m) {
    const Road& road = region.roads[random.whole(0, static_cast<int>(region.roads.size()) - 1)];
    const double share = random.whole(1, 9) / 10.0;
    const geodesy::LonLat a = road.line.front(), b = road.line.back();
    return geodesy::destination({a.lon + share * (b.lon - a.lon), a.lat + share * (b.lat - a.lat)}, 45,
                                {aside_m});
  };
  for (int i = 0; i < 24; ++i)
    region.villages.push_back({"6108021" + std::to_string(10 + i % 3) + "2010" + std::to_string(10 + i),
                               on_a_road(random.chance(0.2) ? 0 : 30), double(4 << (i % 5))});
  for (int i = 0; i < 30; ++i)
    region.bridges.push_back({random.chance(0.1) ? corner(random.whole(0, size), random.whole(0, size))
                                                 : on_a_road(random.chance(0.3) ? 20 : 0),
                              double(random.whole(1, 5)), ""});
  if (!may_be_one_way || random.chance(0.5)) return region;
  for (int i = 0; i < 6; ++i) {  // slanted, so that they meet crossroads at their ends alone
    const int column = random.whole(0, size - 2), row = random.whole(0, size - 1);
    region.roads.push_back(
        {"O", "C", "cement_concrete", {corner(column, row), corner(column + 2, row + 1)}, "", 1});
  }
  for (Road& road : region.roads)
    if (random.chance(0.2)) road.oneway = random.chance(0.5) ? "forward" : "backward";
  return region;
}

}  // namespace xiangtu::tests
