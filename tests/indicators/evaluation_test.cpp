// Figures against sums done by hand, and properties on random regions.
#include "indicators/evaluation.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <random>

#include "geodesy/measure.hpp"
#include "io/atomic_file.hpp"
#include "support/scratch_folder.hpp"
#include "support/tables.hpp"

using namespace xiangtu;
using namespace xiangtu::indicators;
using atlas::Atlas;
using atlas::Layer;
using atlas::Level;
using table::GeometryKind;
using table::Role;
using tests::none;
using tests::TableBuilder;

namespace {

std::vector<Layer> units() {
  std::vector<Layer> layers;
  layers.push_back({Role::counties,
                    TableBuilder("counties", GeometryKind::polygon)
                        .texts("code", {"610802", "610803"})
                        .box(109, 37, 109.2, 37.1)
                        .box(109.2, 37, 109.3, 37.1)
                        .build(),
                    {},
                    {}});
  layers.push_back({Role::townships,
                    TableBuilder("townships", GeometryKind::polygon)
                        .texts("code", {"610802100", "610802101", "610803100"})
                        .box(109, 37, 109.1, 37.1)
                        .box(109.1, 37, 109.2, 37.1)
                        .box(109.2, 37, 109.3, 37.1)
                        .build(),
                    {},
                    {}});
  return layers;
}

Layer villages(const std::vector<std::string>& codes, const std::vector<double>& households,
               const std::vector<double>& taps) {
  return {Role::admin_villages,
          TableBuilder("admin_villages", GeometryKind::none)
              .texts("code", codes)
              .numbers("households", households)
              .numbers("households_tap", taps)
              .build(),
          {},
          {}};
}

struct Evaluated {
  Atlas atlas;
  Evaluation evaluation;
  Figure at(std::string_view unit_code, std::string_view id) const {
    const UnitIx unit = unit_code.empty() ? atlas::Hierarchy::total() : atlas.hierarchy.find(unit_code);
    for (std::size_t k = 0; k < evaluation.table.indicators.size(); ++k)
      if (evaluation.table.indicators[k].id == id)
        return evaluation.table.figure(*evaluation.table.row_of(unit), k);
    throw std::runtime_error("no such figure");
  }
  const Finding* finding(std::string_view id) const {
    for (const Finding& found : evaluation.findings)
      if (found.id == id) return &found;
    return nullptr;
  }
};

Evaluated evaluated(std::vector<Layer> layers, const std::vector<std::string>& ids,
                    const Parameters& parameters = {}) {
  static const Result<Definitions> definitions =
      Definitions::load(std::string(XIANGTU_SOURCE_DIR) + "/assets");
  if (!definitions) FAIL(definitions.issue().message.english());
  Progress progress;
  auto atlas = atlas::assemble(std::move(layers), {}, progress);
  REQUIRE(atlas);
  const auto selected = definitions->select("", ids);
  REQUIRE(selected);
  auto evaluation = evaluate(*atlas, *definitions, *selected,
                             {Level::county, Level::township, Level::village}, parameters, progress);
  REQUIRE(evaluation);
  return {std::move(*atlas), std::move(*evaluation)};
}

}  // namespace

TEST_CASE("a rate with an unknown village carries its bounds", "[indicators]") {
  auto layers = units();
  layers.push_back(villages({"610802100201", "610802100202", "610802101201", "610803100201", "610803100202"},
                            {100, 50, 50, none, 10}, {90, none, 25, 5, 20}));
  const Evaluated result = evaluated(std::move(layers), {"tap_household_rate"});
  const Figure county = result.at("610802", "tap_household_rate");
  CHECK(county.numerator == 115);
  CHECK(county.denominator == 200);
  CHECK(county.unknown == 50);
  CHECK(*county.value == Approx(115.0 / 150));
  CHECK(*county.low == Approx(115.0 / 200));
  CHECK(*county.high == Approx(165.0 / 200));
  // All of a village's households unknown: no value, and it says why.
  CHECK_FALSE(result.at("610802100202", "tap_household_rate").value.has_value());
  CHECK(result.at("610802100202", "tap_household_rate").why->english() == "unknown for every feature");
  // No weight: left out and listed. More taps than households: listed, not clamped.
  CHECK(result.at("610803", "tap_household_rate").denominator == 10);
  CHECK(*result.at("610803", "tap_household_rate").value == Approx(2.0));
  REQUIRE(result.finding("weight.missing"));
  CHECK(result.finding("weight.missing")->rows == std::vector<std::int64_t>{4});
  REQUIRE(result.finding("part.exceeds_whole"));
  CHECK(result.finding("part.exceeds_whole")->rows == std::vector<std::int64_t>{5});
}

TEST_CASE("roads are cut at township borders and every kilometre is somewhere", "[indicators]") {
  auto layers = units();
  layers.push_back({Role::roads,
                    TableBuilder("roads", GeometryKind::line)
                        .texts("class", {"X", "C", "G", "", "Y"})
                        .texts("surface", {"asphalt_concrete", "", "cement_concrete", "earth", "gravel"})
                        .part({{109.05, 37.05}, {109.25, 37.05}})
                        .part({{109.01, 37.02}, {109.09, 37.02}})
                        .part({{109.11, 37.01}, {109.19, 37.01}})
                        .part({{109.21, 37.01}, {109.29, 37.01}})
                        .part({{109.15, 37.05}, {109.15, 37.2}})
                        .build(),
                    {},
                    {}});
  const Evaluated result =
      evaluated(std::move(layers), {"road_km", "hardened_km", "hardened_surface_rate", "road_class_share.*"});
  const auto km = [](double west, double east, double lat) {
    return geodesy::distance({west, lat}, {east, lat}).value / 1000;
  };
  // The geodesic length of a cut road is shared out by the geodesic lengths of its pieces.
  const double whole = km(109.05, 109.25, 37.05),
               pieces = 2 * km(109.05, 109.1, 37.05) + km(109.1, 109.2, 37.05),
               quarter = whole * km(109.05, 109.1, 37.05) / pieces;
  CHECK(*result.at("610802100", "hardened_km").value == Approx(quarter).epsilon(1e-9));
  CHECK(*result.at("610802101", "hardened_km").value ==
        Approx(whole - 2 * quarter + km(109.11, 109.19, 37.01)).epsilon(1e-9));
  CHECK(*result.at("610802", "hardened_km").high ==
        Approx(*result.at("610802", "hardened_km").value + km(109.01, 109.09, 37.02)).epsilon(1e-9));
  CHECK(*result.at("610803", "hardened_surface_rate").value ==
        Approx(quarter / (quarter + km(109.21, 109.29, 37.01))).epsilon(1e-9));
  // The gravel road leaves the region: its outside part is in the total alone.
  const double outside = geodesy::distance({109.15, 37.1}, {109.15, 37.2}).value / 1000;
  CHECK(*result.at("", "road_km").value ==
        Approx(*result.at("610802", "road_km").value + *result.at("610803", "road_km").value + outside)
            .epsilon(1e-9));
  CHECK_FALSE(result.at("", "road_class_share.G").why);
}

TEST_CASE("hardened of a kind nobody says is unknown among the kinds", "[indicators]") {
  auto layers = units();
  layers.push_back({Role::roads,
                    TableBuilder("roads", GeometryKind::line)
                        .texts("surface", {"asphalt_concrete", "hardened", "earth"})
                        .part({{109.02, 37.05}, {109.03, 37.05}})
                        .part({{109.04, 37.05}, {109.05, 37.05}})
                        .part({{109.06, 37.05}, {109.07, 37.05}})
                        .build(),
                    {},
                    {}});
  const Evaluated result =
      evaluated(std::move(layers), {"paved_rate", "hardened_surface_rate", "surface_share.*"});
  const Figure paved = result.at("", "paved_rate");
  CHECK(*paved.value == Approx(0.5));
  CHECK(*paved.low == Approx(1.0 / 3));
  CHECK(*paved.high == Approx(2.0 / 3));
  CHECK(result.at("", "surface_share.cement_concrete").unknown > 0);
  CHECK(result.at("", "surface_share.earth").unknown == 0);
  CHECK(*result.at("", "hardened_surface_rate").value == Approx(2.0 / 3));
}

TEST_CASE("roads outside every unit are said, and roads without geometry are no zero", "[indicators]") {
  auto layers = units();
  layers.push_back({Role::roads,
                    TableBuilder("roads", GeometryKind::line)
                        .part({{109.02, 37.05}, {109.03, 37.05}})
                        .part({{110, 37.05}, {110.01, 37.05}})
                        .build(),
                    {},
                    {}});
  const Evaluated result = evaluated(layers, {"road_km"});
  REQUIRE(result.finding("roads.outside"));
  CHECK(result.finding("roads.outside")->rows == std::vector<std::int64_t>{2});
  layers.back().table = TableBuilder("roads", GeometryKind::line).part({}).part({}).build();
  const Evaluated without = evaluated(std::move(layers), {"road_km"});
  const Figure none_located = without.at("610802", "road_km");
  CHECK_FALSE(none_located.value.has_value());
  CHECK(none_located.why->english() == "no row of layer roads has a usable geometry");
}

TEST_CASE("near measures know three states and are inclusive at the threshold", "[indicators]") {
  auto layers = units();
  layers.push_back({Role::roads,
                    TableBuilder("roads", GeometryKind::line)
                        .texts("surface", {"asphalt_concrete", "", "earth"})
                        .part({{109.02, 37}, {109.02, 37.1}})
                        .part({{109.12, 37}, {109.12, 37.1}})
                        .part({{109.22, 37}, {109.22, 37.1}})
                        .build(),
                    {},
                    {}});
  const auto east_of = [](double lon, double metres) {
    return geodesy::destination({lon, 37.05}, 90, {metres});
  };
  const auto hard = east_of(109.02, 1999.9), beyond = east_of(109.02, 2000.1), maybe = east_of(109.12, 500),
             never = east_of(109.22, 500);
  Layer places{Role::natural_villages,
               TableBuilder("natural_villages", GeometryKind::point)
                   .texts("code", {"610802100201001", "610802100201002", "610802101201001", "610803100201001",
                                   "610803100201002"})
                   .numbers("population", {100, 200, 300, 400, 500})
                   .numbers("households", {40, 40, 40, 40, 2})
                   .point(hard.lon, hard.lat)
                   .point(beyond.lon, beyond.lat)
                   .point(maybe.lon, maybe.lat)
                   .point(never.lon, never.lat)
                   .part({})
                   .build(),
               {},
               {}};
  layers.push_back(std::move(places));
  const Evaluated result =
      evaluated(std::move(layers), {"near_hardened_population_rate", "near_hardened_village_rate",
                                    "near_road_village_rate", "natural_village_hardened_rate"});
  const Figure people = result.at("", "near_hardened_population_rate");
  CHECK(people.numerator == 100);
  CHECK(people.denominator == 1500);
  CHECK(people.unknown == 800);  // beside the road without a surface, and the village without a place
  CHECK(result.at("", "near_road_village_rate").numerator == 3);
  CHECK(result.at("", "near_road_village_rate").unknown == 1);
  CHECK(result.at("610803", "near_hardened_village_rate").numerator == 0);
  CHECK(*result.at("610803", "near_hardened_village_rate").value == 0);
  CHECK(result.at("", "natural_village_hardened_rate").denominator == 5);  // 500 people are enough
}

TEST_CASE("the ledger's flag goes before the measure, and disagreements are listed", "[indicators]") {
  auto layers = units();
  layers.push_back({Role::roads,
                    TableBuilder("roads", GeometryKind::line)
                        .texts("surface", {"cement_concrete"})
                        .part({{109.02, 37}, {109.02, 37.1}})
                        .build(),
                    {},
                    {}});
  layers.push_back({Role::admin_villages,
                    TableBuilder("admin_villages", GeometryKind::point)
                        .texts("code", {"610802100201", "610802100202", "610802100203"})
                        .numbers("road_reached", {0, 1, none})
                        .point(109.021, 37.05)
                        .point(109.09, 37.05)
                        .point(109.021, 37.06)
                        .build(),
                    {},
                    {}});
  const Evaluated result = evaluated(std::move(layers), {"admin_village_hardened_rate"});
  CHECK(result.at("", "admin_village_hardened_rate").numerator == 2);
  REQUIRE(result.finding("reach.disagrees"));
  CHECK(result.finding("reach.disagrees")->rows == std::vector<std::int64_t>{1, 2});
}

TEST_CASE("households are counted in natural villages where only those carry them", "[indicators]") {
  Layer natural = villages({"610802100201001", "610802100201002"}, {30, 10}, {15, 10});
  natural.role = Role::natural_villages;
  auto layers = units();
  layers.push_back(natural);
  CHECK(*evaluated(layers, {"tap_household_rate"}).at("610802100201", "tap_household_rate").value == 0.625);
  layers.push_back(
      {Role::admin_villages,
       TableBuilder("admin_villages", GeometryKind::none).texts("code", {"610802100201"}).build(),
       {},
       {}});
  CHECK(*evaluated(layers, {"tap_household_rate"}).at("610802100", "tap_household_rate").value == 0.625);
  layers.back() = villages({"610802100201"}, {40}, {10});  // its own ledger goes first
  CHECK(*evaluated(layers, {"tap_household_rate"}).at("610802100", "tap_household_rate").value == 0.25);
}

TEST_CASE("what is not there is n/a with a reason", "[indicators]") {
  auto layers = units();
  layers.push_back(villages({"610802100201"}, {10}, {5}));
  const Evaluated result = evaluated(std::move(layers), {"dangerous_bridge_ratio", "express_coverage_rate",
                                                         "road_km", "sanitary_toilet_rate"});
  CHECK(result.at("", "dangerous_bridge_ratio").why->english() ==
        "no layer of the role bridges in the sources");
  CHECK(result.at("", "express_coverage_rate").why->english() == "layer admin_villages has no field express");
  CHECK_FALSE(result.at("610802", "road_km").value.has_value());
  CHECK(result.at("610803", "sanitary_toilet_rate").why);
}

TEST_CASE("numerators, denominators and unknowns roll up, and losing a cell only widens the bounds",
          "[indicators]") {
  std::mt19937 random(9);
  for (int round = 0; round < 30; ++round) {
    std::vector<std::string> codes;
    std::vector<double> households, taps;
    for (int i = 0; i < 60; ++i) {
      codes.push_back((random() % 2 ? "61080210" : "61080310") +
                      std::to_string(random() % 2 ? 0 : random() % 2) + std::to_string(200 + i));
      households.push_back(random() % 10 == 0 ? none : static_cast<double>(1 + random() % 300));
      taps.push_back(random() % 5 == 0
                         ? none
                         : std::floor(households.back() * static_cast<double>(random() % 100) / 100));
    }
    auto layers = units();
    layers.push_back(villages(codes, households, taps));
    const Evaluated before = evaluated(layers, {"tap_household_rate"});
    const auto& hierarchy = before.atlas.hierarchy;
    for (std::size_t unit = 0; unit < hierarchy.size(); ++unit) {
      const auto children = hierarchy.children(UnitIx{unit});
      if (children.empty() || unit == 0) continue;
      Figure sum;
      for (const UnitIx child : children) {
        const Figure part = before.evaluation.table.figure(*before.evaluation.table.row_of(child), 0);
        sum.numerator += part.numerator;
        sum.denominator += part.denominator;
        sum.unknown += part.unknown;
      }
      const Figure whole = before.evaluation.table.figure(*before.evaluation.table.row_of(UnitIx{unit}), 0);
      CHECK(whole.numerator == sum.numerator);
      CHECK(whole.denominator == sum.denominator);
      CHECK(whole.unknown == sum.unknown);
    }
    const std::size_t lost = random() % taps.size();
    taps[lost] = none;
    auto fewer = units();
    fewer.push_back(villages(codes, households, taps));
    const Evaluated after = evaluated(std::move(fewer), {"tap_household_rate"});
    for (const UnitIx unit : after.evaluation.table.units) {
      const Figure a = before.evaluation.table.figure(*before.evaluation.table.row_of(unit), 0);
      const Figure b = after.evaluation.table.figure(*after.evaluation.table.row_of(unit), 0);
      if (!a.value || !b.value) continue;
      CHECK(*b.low <= *a.low + 1e-12);
      CHECK(*b.high >= *a.high - 1e-12);
    }
  }
}

TEST_CASE("definition files with errors are refused with line and column", "[indicators]") {
  const auto problem = [](const std::string& toml) {
    const auto parsed = Definitions::parse(toml, "mine.toml");
    return parsed ? std::string{} : parsed.issue().message.english();
  };
  const std::string good = "[[indicator]]\nid='a'\nzh='a'\nen='a'\nunit='count'\nbase='roads'\n";
  CHECK(problem(good).empty());
  CHECK(problem(good + good).find("defined twice") != std::string::npos);
  CHECK(problem(good + "when='class = 1'\n").find("mine.toml, line") == 0);
  CHECK(problem(good + "colour='red'\n").find("line 7, column 1: 'colour' is not a known key") !=
        std::string::npos);
  CHECK(problem(good + "where='a ='\n").find("unexpected") != std::string::npos);
  CHECK(problem("[[indicator]]\nid='a'\n").find("'zh' is missing") != std::string::npos);
  CHECK(
      problem("[[indicator]]\nid='a'\nzh='a'\nen='a'\nunit='count'\nbase='rivers'\n").find("names no base") !=
      std::string::npos);
  CHECK(problem("x = [").find("mine.toml, line 1") == 0);
}

TEST_CASE("where villages have boundaries roads are counted by village, gaps by township", "[indicators]") {
  auto layers = units();
  layers.push_back({Role::admin_villages,
                    TableBuilder("admin_villages", GeometryKind::polygon)
                        .texts("code", {"610802100201"})
                        .box(109, 37, 109.05, 37.1)
                        .build(),
                    {},
                    {}});
  layers.push_back(
      {Role::roads,
       TableBuilder("roads", GeometryKind::line).part({{109.02, 37.05}, {109.08, 37.05}}).build(),
       {},
       {}});
  layers.push_back({Role::bridges,
                    TableBuilder("bridges", GeometryKind::point)
                        .numbers("condition_class", {4, 1})
                        .point(109.02, 37.05)
                        .point(109.08, 37.05)
                        .build(),
                    {},
                    {}});
  const Evaluated result = evaluated(std::move(layers), {"road_km", "dangerous_bridge_ratio"});
  const double km = geodesy::distance({109.02, 37.05}, {109.08, 37.05}).value / 1000;
  CHECK(*result.at("610802100201", "road_km").value == Approx(km / 2).epsilon(1e-9));
  CHECK(*result.at("610802100", "road_km").value == Approx(km).epsilon(1e-9));
  CHECK(*result.at("", "road_km").value == Approx(km).epsilon(1e-9));
  CHECK(*result.at("610802100201", "dangerous_bridge_ratio").value == 1);
  CHECK(*result.at("610802100", "dangerous_bridge_ratio").value == 0.5);
}

TEST_CASE("definitions of one's own go before the program's, and name what there is", "[indicators]") {
  const std::string assets = std::string(XIANGTU_SOURCE_DIR) + "/assets";
  KnownNames known;
  for (const Base base : all_bases())
    known[base] = {{"households", "households"}, {"households_tap", "households"},
                   {"population", "people"},     {"surface", ""},
                   {"geodesic_km", "km"},        {"eligible_households", ""}};
  const test::ScratchFolder folder;
  const auto own = [&](const std::string& text) {
    const std::string path = folder.file("own.toml");
    REQUIRE(io::write_file(path, text));
    return Definitions::load(assets, {path}, known);
  };
  const std::string head =
      "[[indicator]]\nid='tap_household_rate'\nzh='a'\nen='mine'\nunit='fraction'\n"
      "base='admin_villages'\n";
  const auto mine = own(head + "when='households >= eligible_households'\n");
  REQUIRE(mine);
  const Definitions shipped = *Definitions::load(assets);
  CHECK(mine->find("tap_household_rate")->info.name_en == "mine");
  CHECK(mine->indicators().size() == shipped.indicators().size());
  CHECK(mine->version() != shipped.version());
  // A name of [define] stands for the user's wherever it is used.
  const auto harder = own("[define]\nhardened = \"surface = 'cement_concrete'\"\n");
  REQUIRE(harder);
  CHECK_FALSE(harder->find("hardened_km")->where->names().contains("hardened_blocks"));
  CHECK(shipped.find("hardened_km")->where->names().contains("hardened_blocks"));

  const auto refused = [&](const std::string& rest, const std::string& part) {
    const auto read = own(head + rest);
    REQUIRE_FALSE(read);
    const std::string said = read.issue().message.english();
    INFO(said);
    CHECK(said.find("own.toml, line 7, column ") != std::string::npos);
    CHECK(said.find(part) != std::string::npos);
  };
  refused("when='housholds > 1'\n", "did you mean 'households'?");
  refused("when='households > population'\n", "in households and what is in people");
  refused("weight='households_tap / households'\nwhen='households > 1'\n", "ratios do not add up");
  refused("part='population'\nweight='households'\n", "'part' is in people, but 'weight' is in households");
  CHECK(own(head + "weight='households / 2'\nwhen='surface = 1'\n"));
  CHECK_FALSE(own(head + "when='1'\n" + head + "when='1'\n"));
  CHECK(Definitions::load(assets, {folder.file("absent.toml")}).issue().code == IssueCode::input_missing);
}
