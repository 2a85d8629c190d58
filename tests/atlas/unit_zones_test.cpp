// Boundaries of all levels as zones: the finest that contains a position, and whose own boundary it is in.
#include "atlas/unit_zones.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <stop_token>

#include "atlas/atlas.hpp"
#include "support/assembled.hpp"
#include "support/tables.hpp"

using namespace xiangtu;
using namespace xiangtu::atlas;
using table::GeometryKind;
using tests::assembled;
using tests::TableBuilder;

namespace {

// One county of two townships, the first with an exclave in the second's north; a row that nobody knows.
std::vector<Layer> region() {
  std::vector<Layer> layers;
  layers.push_back({Role::counties,
                    TableBuilder("counties", GeometryKind::polygon)
                        .texts("code", {"610802", ""})
                        .box(0, 0, 4, 4)
                        .box(10, 10, 11, 11)
                        .build(),
                    {},
                    {}});
  layers.push_back({Role::townships,
                    TableBuilder("townships", GeometryKind::polygon)
                        .texts("code", {"610802100", "610802101", "610802100"})
                        .texts("name", {"west", "east", "west's exclave"})
                        .box(0, 0, 2, 4)
                        .box(2, 0, 4, 3)
                        .box(2, 3, 4, 4)
                        .build(),
                    {},
                    {}});
  return layers;
}

// A village with a code, and one that is known by its township's alone and lies in the other township.
Layer villages() {
  return {Role::admin_villages,
          TableBuilder("admin_villages", GeometryKind::polygon)
              .texts("code", {"610802101201", ""})
              .texts("township_code", {"610802101", "610802100"})
              .box(2.5, 0.5, 3, 1)
              .box(3, 2, 3.5, 2.5)
              .build(),
          {},
          {}};
}

std::string located(const Atlas& atlas, geodesy::LonLat p) {
  const UnitIx unit = atlas.zones.locate(p);
  return unit.exists() ? atlas.hierarchy[unit].code : "none";
}

}  // namespace

TEST_CASE("a position is in the finest unit that has a boundary around it", "[atlas]") {
  auto layers = region();
  layers.push_back(villages());
  const Atlas atlas = assembled(std::move(layers));
  CHECK(atlas.zones.finest() == Level::village);
  CHECK(located(atlas, {1, 1}) == "610802100");
  CHECK(located(atlas, {2.75, 0.75}) == "610802101201");
  CHECK(located(atlas, {3, 0.2}) == "610802101");
  CHECK(located(atlas, {2, 1}) == "610802100");    // on the border: the first row
  CHECK(located(atlas, {3, 3.5}) == "610802100");  // the exclave
  CHECK(located(atlas, {10.5, 10.5}) == "none");   // a boundary of no unit
  CHECK(located(atlas, {50, 50}) == "none");
}

TEST_CASE("a unit contains what lies in any of its own boundaries, whatever finer ones say", "[atlas]") {
  auto layers = region();
  layers.push_back(villages());
  const Atlas atlas = assembled(std::move(layers));
  const UnitIx county = atlas.hierarchy.find("610802"), west = atlas.hierarchy.find("610802100"),
               east = atlas.hierarchy.find("610802101");
  const geodesy::LonLat in_village{2.75, 0.75}, in_exclave{3, 3.5}, in_coarse_village{3.25, 2.25};
  CHECK(atlas.zones.contains(county, in_village));
  CHECK(atlas.zones.contains(east, in_village));
  CHECK_FALSE(atlas.zones.contains(west, in_village));
  CHECK(atlas.zones.contains(west, in_exclave));
  CHECK_FALSE(atlas.zones.contains(east, in_exclave));
  CHECK(atlas.zones.contains(east, in_coarse_village));
  CHECK_FALSE(atlas.zones.contains(west, in_coarse_village));
  CHECK_FALSE(atlas.zones.contains(Hierarchy::total(), in_village));
}

TEST_CASE("a village that only its township's code is known of is a part of that township", "[atlas]") {
  auto layers = region();
  layers.push_back(villages());
  layers.push_back({Role::bridges,
                    TableBuilder("bridges", GeometryKind::point)
                        .texts("name", {"in it", "beside it"})
                        .point(3.25, 2.25)
                        .point(3.75, 2.25)
                        .build(),
                    {},
                    {}});
  const Atlas atlas = assembled(std::move(layers));
  const Layer& bridges = *atlas.layer(Role::bridges);
  CHECK(atlas.hierarchy[bridges.unit_of[0]].code == "610802100");
  CHECK(atlas.hierarchy[bridges.unit_of[1]].code == "610802101");
  // That it lies in the other township is said.
  const auto disagrees = std::find_if(atlas.findings.begin(), atlas.findings.end(), [](const Finding& f) {
    return f.id == "place.disagrees" && f.layer == "admin_villages";
  });
  REQUIRE(disagrees != atlas.findings.end());
  CHECK(disagrees->rows == std::vector<std::int64_t>{2});
}

TEST_CASE("villages without a layer of townships bound the townships that their codes name", "[atlas]") {
  std::vector<Layer> layers;
  layers.push_back(villages());
  const Atlas atlas = assembled(std::move(layers));
  CHECK(atlas.zones.finest() == Level::village);
  CHECK(located(atlas, {2.75, 0.75}) == "610802101201");
  CHECK(located(atlas, {3, 0.2}) == "none");
}

TEST_CASE("a stop leaves zones in which nothing is found", "[atlas]") {
  std::stop_source stop;
  stop.request_stop();
  const Progress stopped(stop.get_token());
  const auto polygons = TableBuilder("t", GeometryKind::polygon).box(0, 0, 1, 1).box(1, 0, 2, 1).build();
  Hierarchy hierarchy;
  const UnitIx county = hierarchy.add({Level::county, "610802", "", Hierarchy::total(), RowIx{}});
  const UnitZones::Boundaries boundaries{&polygons.geometry, Level::county, {county, county}};
  const UnitZones zones({&boundaries, 1}, hierarchy, stopped);
  CHECK_FALSE(zones.locate({0.5, 0.5}).exists());
  CHECK_FALSE(zones.contains(county, {0.5, 0.5}));
}
