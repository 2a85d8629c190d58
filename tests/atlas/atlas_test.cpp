#include "atlas/atlas.hpp"

#include <algorithm>
#include <catch2/catch.hpp>

#include "support/assembled.hpp"
#include "support/tables.hpp"

using namespace xiangtu;
using namespace xiangtu::atlas;
using table::GeometryKind;
using tests::assembled;
using tests::TableBuilder;

namespace {

// Two counties side by side, two townships in the first, one in the second.
std::vector<Layer> region() {
  std::vector<Layer> layers;
  layers.push_back({Role::counties,
                    TableBuilder("counties", GeometryKind::polygon)
                        .texts("code", {"610803", "610802"})
                        .texts("name", {"横山区", "榆阳区"})
                        .box(2, 0, 3, 2)
                        .box(0, 0, 2, 2)
                        .build(),
                    {},
                    {}});
  layers.push_back({Role::townships,
                    TableBuilder("townships", GeometryKind::polygon)
                        .texts("code", {"610802100", "610802101", "610803100"})
                        .texts("name", {"甲镇", "乙镇", "丙镇"})
                        .box(0, 0, 2, 1)
                        .box(0, 1, 2, 2)
                        .box(2, 0, 3, 2)
                        .build(),
                    {},
                    {}});
  return layers;
}

const Finding* find(const Atlas& atlas, std::string_view id) {
  const auto found = std::find_if(atlas.findings.begin(), atlas.findings.end(),
                                  [&](const Finding& finding) { return finding.id == id; });
  return found == atlas.findings.end() ? nullptr : &*found;
}

}  // namespace

TEST_CASE("division codes", "[atlas]") {
  CHECK(division_code::is_standard("610802"));
  CHECK(division_code::is_standard("610802001001"));
  CHECK_FALSE(division_code::is_standard("61080"));
  CHECK_FALSE(division_code::is_standard("6108O2"));
  CHECK_FALSE(division_code::is_standard("010802"));
  CHECK(division_code::prefix("610826113216", Level::township) == "610826113");
  CHECK(division_code::prefix("610826", Level::township).empty());
  CHECK(division_code::is_village_committee("610826113216"));  // 郝家桥, 216
  CHECK(division_code::is_residents_committee("610802001001"));
  CHECK_FALSE(division_code::is_village_committee("610826113"));
}

TEST_CASE("the hierarchy follows the codes, parents before children, each level in order of code",
          "[atlas]") {
  auto layers = region();
  layers.push_back({Role::admin_villages,
                    TableBuilder("admin_villages", GeometryKind::point)
                        .texts("code", {"610803100201", "610802100201", "610802999201", ""})
                        .point(2.5, 1)
                        .point(1, 0.5)
                        .point(1, 1.5)
                        .point(1, 1.5)
                        .build(),
                    {},
                    {}});
  const Atlas atlas = assembled(std::move(layers));
  const Hierarchy& units = atlas.hierarchy;
  REQUIRE(units.at_level(Level::county).size() == 2);
  CHECK(units[units.at_level(Level::county)[0]].name == "榆阳区");
  // 610802999 is no township of the layer: a slip that makes no unit; the village is placed by its position.
  CHECK_FALSE(units.find(Level::township, "610802999").exists());
  const UnitIx astray = units.find(Level::village, "610802999201");
  CHECK(units[units[astray].parent].code == "610802101");
  REQUIRE(find(atlas, "place.unknown_parent"));
  CHECK(find(atlas, "place.unknown_parent")->rows == std::vector<std::int64_t>{3});
  for (std::size_t i = 1; i < units.size(); ++i) CHECK(units[UnitIx{i}].parent.value < i);
  const Layer& villages = *atlas.layer(Role::admin_villages);
  CHECK(units[villages.unit_of[1]].code == "610802100201");
  CHECK(villages.placement[1] == Placement::by_code);
  CHECK(units[villages.unit_of[3]].code == "610802101");  // no code: by its position
  CHECK(villages.placement[3] == Placement::by_location);
}

TEST_CASE("codes go before positions, and disagreements, unknown codes and the lost are listed", "[atlas]") {
  auto layers = region();
  layers.push_back({Role::bridges,
                    TableBuilder("bridges", GeometryKind::point)
                        .texts("township_code", {"610802100", "610803100", "777777777", "", ""})
                        .point(1, 0.5)
                        .point(1, 0.5)
                        .point(1, 1.5)
                        .point(2.5, 1)
                        .point(9, 9)
                        .build(),
                    {},
                    {}});
  const Atlas atlas = assembled(std::move(layers));
  const Layer& bridges = *atlas.layer(Role::bridges);
  const auto code = [&](std::size_t row) { return atlas.hierarchy[bridges.unit_of[row]].code; };
  CHECK(code(0) == "610802100");
  CHECK(code(1) == "610803100");
  CHECK(code(2) == "610802101");
  CHECK(code(3) == "610803100");
  CHECK(bridges.unit_of[4] == Hierarchy::total());
  REQUIRE(find(atlas, "place.disagrees"));
  CHECK(find(atlas, "place.disagrees")->rows == std::vector<std::int64_t>{2});
  REQUIRE(find(atlas, "place.unknown_code"));
  CHECK(find(atlas, "place.unknown_code")->rows == std::vector<std::int64_t>{3});
  REQUIRE(find(atlas, "place.nowhere"));
  CHECK(find(atlas, "place.nowhere")->rows == std::vector<std::int64_t>{5});
}

TEST_CASE("without a layer of townships the codes of villages name them", "[atlas]") {
  auto layers = region();
  layers.pop_back();
  layers.push_back(
      {Role::admin_villages,
       TableBuilder("admin_villages", GeometryKind::none).texts("code", {"610802999201"}).build(),
       {},
       {}});
  const Atlas atlas = assembled(std::move(layers));
  const UnitIx township = atlas.hierarchy.find(Level::township, "610802999");
  REQUIRE(township.exists());
  CHECK(atlas.hierarchy[atlas.hierarchy[township].parent].code == "610802");
}

TEST_CASE("a position refines a coarse code, so that townships add up to their county", "[atlas]") {
  auto layers = region();
  layers.push_back({Role::bridges,
                    TableBuilder("bridges", GeometryKind::point)
                        .texts("township_code", {"610802999", "", "", ""})
                        .texts("county_code", {"610802", "610802", "610803", "610802"})
                        .point(1, 0.5)
                        .point(1, 0.5)
                        .point(1, 0.5)
                        .part({})
                        .build(),
                    {},
                    {}});
  const Atlas atlas = assembled(std::move(layers));
  const Layer& bridges = *atlas.layer(Role::bridges);
  const auto code = [&](std::size_t row) { return atlas.hierarchy[bridges.unit_of[row]].code; };
  CHECK(code(0) == "610802100");
  CHECK(bridges.placement[0] == Placement::by_both);
  CHECK(code(1) == "610802100");
  CHECK(code(2) == "610803");  // the position is not in the county that the code names
  CHECK(code(3) == "610802");  // no position
  CHECK(find(atlas, "place.unknown_code")->rows == std::vector<std::int64_t>{1});
  CHECK(find(atlas, "place.coarse")->rows == std::vector<std::int64_t>{3, 4});
}

TEST_CASE("codes filled up with zeros, and village codes in fields of units above", "[atlas]") {
  CHECK(division_code::without_filling("610802000000", Level::county) == "610802");
  CHECK(division_code::without_filling("610802100000", Level::township) == "610802100");
  CHECK(division_code::without_filling("610802100201", Level::township) == "610802100201");
  std::vector<Layer> layers;
  layers.push_back({Role::counties,
                    TableBuilder("counties", GeometryKind::none).texts("code", {"610802000000"}).build(),
                    {},
                    {}});
  layers.push_back({Role::townships,
                    TableBuilder("townships", GeometryKind::none).texts("code", {"610802100000"}).build(),
                    {},
                    {}});
  layers.push_back(
      {Role::admin_villages,
       TableBuilder("admin_villages", GeometryKind::none).texts("code", {"610802100201"}).build(),
       {},
       {}});
  layers.push_back({Role::bridges,
                    TableBuilder("bridges", GeometryKind::none)
                        .texts("township_code", {"610802100201", "610802100000"})
                        .build(),
                    {},
                    {}});
  const Atlas atlas = assembled(std::move(layers));
  CHECK(atlas.hierarchy.at_level(Level::county).size() == 1);
  const UnitIx township = atlas.hierarchy.find(Level::township, "610802100");
  REQUIRE(township.exists());
  CHECK(atlas.hierarchy[atlas.hierarchy.find(Level::village, "610802100201")].parent == township);
  for (const UnitIx unit : atlas.layer(Role::bridges)->unit_of) CHECK(unit == township);
  CHECK(find(atlas, "place.unknown_parent") == nullptr);
}

TEST_CASE("a parent that only villages name belongs to the county that they name", "[atlas]") {
  std::vector<Layer> layers;
  layers.push_back({Role::admin_villages,
                    TableBuilder("admin_villages", GeometryKind::none)
                        .texts("code", {"a", "b"})
                        .texts("township_code", {"T1", "T2"})
                        .texts("county_code", {"C1", "C1"})
                        .build(),
                    {},
                    {}});
  const Atlas atlas = assembled(std::move(layers));
  const UnitIx county = atlas.hierarchy.find(Level::county, "C1");
  for (const char* code : {"T1", "T2"})
    CHECK(atlas.hierarchy[atlas.hierarchy.find(Level::township, code)].parent == county);
}

TEST_CASE("a unit of several polygons holds what lies in any of them", "[atlas]") {
  std::vector<Layer> layers;
  layers.push_back({Role::townships,
                    TableBuilder("townships", GeometryKind::polygon)
                        .texts("code", {"", "610802100", "610802100"})
                        .box(0, 0, 9, 9)
                        .box(0, 0, 1, 1)
                        .box(5, 5, 6, 6)
                        .build(),
                    {},
                    {}});
  layers.push_back({Role::bridges,
                    TableBuilder("bridges", GeometryKind::point)
                        .texts("township_code", {"610802100", ""})
                        .point(5.5, 5.5)
                        .point(5.5, 5.5)
                        .build(),
                    {},
                    {}});
  const Atlas atlas = assembled(std::move(layers));
  CHECK(find(atlas, "place.disagrees") == nullptr);
  CHECK(atlas.hierarchy[atlas.layer(Role::bridges)->unit_of[1]].code == "610802100");
}

TEST_CASE("a key counts once, and where a code is no key the name tells", "[atlas]") {
  std::vector<Layer> layers;
  layers.push_back({Role::admin_villages,
                    TableBuilder("admin_villages", GeometryKind::none)
                        .texts("code", {"610802100201", "610802100201", "610802100202", ""})
                        .texts("name", {"a", "b", "c", "c"})
                        .build(),
                    {},
                    {}});
  layers.push_back({Role::natural_villages,
                    TableBuilder("natural_villages", GeometryKind::none)
                        .texts("code", {"610802100201", "610802100201", "610802100201"})
                        .texts("name", {"a", "b", "a"})
                        .build(),
                    {},
                    {}});
  const Atlas atlas = assembled(std::move(layers));
  CHECK(atlas.admin_villages().rows == std::vector<RowIx>{RowIx{0u}, RowIx{2u}, RowIx{3u}});
  CHECK(atlas.natural_villages().rows == std::vector<RowIx>{RowIx{0u}, RowIx{1u}});
}

TEST_CASE("units of another country: parents by field and by position", "[atlas]") {
  std::vector<Layer> layers;
  layers.push_back({Role::townships,
                    TableBuilder("blocks", GeometryKind::polygon)
                        .texts("code", {"7", "12"})
                        .texts("county_code", {"A", ""})
                        .box(0, 0, 1, 1)
                        .box(1, 0, 2, 1)
                        .build(),
                    {},
                    {}});
  layers.push_back({Role::natural_villages,
                    TableBuilder("habitations", GeometryKind::point)
                        .texts("code", {"1", "2", "3"})
                        .texts("township_code", {"7", "", "12"})
                        .point(0.5, 0.5)
                        .point(1.5, 0.5)
                        .point(0.5, 0.5)
                        .build(),
                    {},
                    {}});
  const Atlas atlas = assembled(std::move(layers));
  const Layer& villages = *atlas.layer(Role::natural_villages);
  CHECK(atlas.hierarchy[villages.unit_of[0]].code == "7");
  CHECK(atlas.hierarchy[villages.unit_of[1]].code == "12");
  CHECK(atlas.hierarchy[atlas.hierarchy.find(Level::township, "7")].parent ==
        atlas.hierarchy.find(Level::county, "A"));
  CHECK(find(atlas, "place.disagrees")->rows == std::vector<std::int64_t>{3});
  REQUIRE(find(atlas, "unit.no_county"));  // block 12 counts in no county
  CHECK(find(atlas, "unit.no_county")->rows == std::vector<std::int64_t>{2});
}

TEST_CASE("village kinds: by layer, by field, by code, and both when nobody says", "[atlas]") {
  std::vector<Layer> with_kinds;
  with_kinds.push_back({Role::villages,
                        TableBuilder("villages", GeometryKind::none)
                            .texts("code", {"1", "2", "3", "610802001001"})
                            .texts("kind", {"natural", "administrative", "community", ""})
                            .build(),
                        {},
                        {}});
  const Atlas atlas = assembled(std::move(with_kinds));
  CHECK(atlas.natural_villages().rows == std::vector<RowIx>{RowIx{0u}});
  CHECK(atlas.admin_villages().rows == std::vector<RowIx>{RowIx{1u}});
  CHECK(atlas.communities().rows == std::vector<RowIx>{RowIx{2u}, RowIx{3u}});

  std::vector<Layer> without;
  without.push_back(
      {Role::villages,
       TableBuilder("villages", GeometryKind::none).texts("code", {"610802100201", "610802100202"}).build(),
       {},
       {}});
  const Atlas both = assembled(std::move(without));
  CHECK(both.natural_villages().rows.size() == 2);
  CHECK(both.admin_villages().rows.size() == 2);
  CHECK(both.communities().rows.empty());
}
