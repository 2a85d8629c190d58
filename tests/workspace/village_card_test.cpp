// Villages and what is around them.
#include "workspace/village_card.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <limits>

#include "geodesy/measure.hpp"
#include "support/assembled.hpp"
#include "support/tables.hpp"

using namespace xiangtu;
using namespace xiangtu::workspace;
using atlas::Layer;
using spatial::Counts;
using table::Role;

namespace {

struct Demo {
  Progress progress;
  std::shared_ptr<const Workspace> workspace;
  std::shared_ptr<const atlas::Atlas> atlas;
  std::optional<VillageSurroundings> surroundings;

  explicit Demo(const indicators::Parameters& parameters = {}) {
    auto opened = Workspace::open({{XIANGTU_SOURCE_DIR "/geodata/yulin.gpkg"}, {}}, progress);
    REQUIRE(opened);
    workspace = std::make_shared<const Workspace>(std::move(*opened));
    auto read = workspace->read_all(progress);
    REQUIRE(read);
    atlas = std::make_shared<const atlas::Atlas>(std::move(*read));
    auto built = VillageSurroundings::build(atlas, workspace, parameters, progress);
    REQUIRE(built);
    surroundings.emplace(std::move(*built));
  }
};

// Read once.
const Demo& demo() {
  static const Demo demo;
  return demo;
}

std::string_view text(const Layer& layer, const char* field, std::size_t row) {
  return layer.table.find(field)->text().at(row);
}

double number(const Layer& layer, const char* field, RowIx row) {
  return layer.table.find(field)->numbers()[row.value];
}

// By every segment of every feature.
template <class Wanted>
std::pair<std::size_t, double> slow_nearest(const Layer& layer, geodesy::LonLat from, const Wanted& wanted) {
  std::pair<std::size_t, double> best{0, std::numeric_limits<double>::infinity()};
  const table::GeometryColumn& geometry = layer.table.geometry;
  for (std::size_t row = 0; row < geometry.size(); ++row) {
    if (!wanted(row)) continue;
    // Far ones need no exact look: a degree is more than 85 km here.
    const auto box = geometry.box_of(row);
    if (box.empty() || std::abs(box.centre().lon - from.lon) > 1 || std::abs(box.centre().lat - from.lat) > 1)
      continue;
    for (std::size_t part = geometry.part_begin(row); part < geometry.part_end(row); ++part) {
      const auto line = geometry.part(part);
      for (std::size_t i = 0; i + 1 < std::max<std::size_t>(line.size(), 2); ++i) {
        const double d =
            geodesy::distance_to_segment(from, line[i], line[std::min(i + 1, line.size() - 1)]).value;
        if (d < best.second) best = {row, d};
      }
    }
  }
  return best;
}

bool hardened(const Layer& roads, std::size_t row) {
  const auto surface = text(roads, "surface", row);
  return surface == "asphalt_concrete" || surface == "cement_concrete" || surface == "asphalt_light" ||
         surface == "hardened" || surface == "block";
}

}  // namespace

TEST_CASE("the nearest road, bridge and water project are those that a look at all of them finds",
          "[workspace]") {
  const Layer& villages = *demo().atlas->layer(Role::natural_villages);
  for (std::size_t row = 5; row < villages.table.size(); row += 2111) {
    const VillageCard card = demo().surroundings->card(villages, RowIx{row});
    REQUIRE(card.position);
    REQUIRE(card.nearest.size() == 3);
    INFO(card.name);
    for (const NearestFeature& nearest : card.nearest) {
      const Layer& layer = *nearest.layer;
      const auto [expected, distance] = slow_nearest(layer, *card.position, [&](std::size_t other) {
        return layer.role != Role::roads || hardened(layer, other);
      });
      CHECK(nearest.row.value == expected);
      CHECK(nearest.distance.value == Approx(distance).margin(1e-6));
      // Where it is drawn to is on the feature, as far away as it is.
      CHECK(geodesy::distance(*card.position, nearest.at).value ==
            Approx(distance).epsilon(0.002).margin(0.1));
    }
    CHECK(card.nearest[0].layer->role == Role::roads);
    CHECK(card.nearest[1].layer->role == Role::bridges);
    CHECK(card.nearest[2].layer->role == Role::water_projects);
  }
}

TEST_CASE("a card says what the village has, from its fields", "[workspace]") {
  const Layer& units = *demo().atlas->layer(Role::admin_villages);
  std::size_t partly = 0, unserved = 0;
  for (std::size_t i = 0; i < units.table.size(); i += 50) {
    const RowIx row{i};
    const VillageCard card = demo().surroundings->card(units, row);
    CHECK(card.name == text(units, "name", i));
    CHECK(card.population == number(units, "population", row));
    CHECK(demo().atlas->hierarchy[card.unit].code == card.code);
    for (const VillageService& service : card.services) {
      CHECK_FALSE(service.of_village_unit);
      const std::string& id = service.indicator->info.id;
      if (id == "tap_household_rate") {
        const double served = number(units, "households_tap", row), whole = number(units, "households", row);
        CHECK(service.served == served);
        CHECK(service.whole == whole);
        CHECK((service.state == Service::served) == (served == whole));
        partly += service.state == Service::partly;
      }
      if (id == "sewage_treated_village_rate") {
        const double flag = number(units, "sewage_treated", row);
        CHECK(service.state == (std::isnan(flag) ? Service::unknown
                                : flag != 0      ? Service::served
                                                 : Service::unserved));
        unserved += service.state == Service::unserved;
      }
    }
    const auto has = [&](const char* id) {
      return std::any_of(card.services.begin(), card.services.end(),
                         [&](const VillageService& service) { return service.indicator->info.id == id; });
    };
    for (const char* id : {"tap_household_rate", "sanitary_toilet_rate", "express_coverage_rate",
                           "electricity_rate", "waste_collected_village_rate"})
      CHECK(has(id));
  }
  CHECK(partly > 0);
  CHECK(unserved > 0);
}

TEST_CASE("a natural village's card says of its village unit what it cannot say itself", "[workspace]") {
  const Layer& villages = *demo().atlas->layer(Role::natural_villages);
  const VillageCard card = demo().surroundings->card(villages, RowIx{400ul});
  const auto parent = demo().atlas->rows_that_are(card.unit);
  REQUIRE(parent.rows.size() == 1);
  bool own = false, of_unit = false;
  for (const VillageService& service : card.services) {
    if (service.indicator->info.id == "electricity_rate") own = !service.of_village_unit;
    if (service.indicator->info.id != "express_coverage_rate") continue;
    of_unit = service.of_village_unit;
    CHECK((service.state == Service::served) == (number(*parent.layer, "express", parent.rows[0]) == 1));
  }
  CHECK(own);
  CHECK(of_unit);
}

TEST_CASE("cards and distances agree with the figures at every threshold", "[workspace]") {
  StatsOptions options;
  options.indicators = {"near_hardened_village_rate"};
  Progress progress;
  const auto distances = demo().surroundings->distances(progress);
  REQUIRE(distances);
  const Layer& villages = *demo().atlas->layer(Role::natural_villages);
  CHECK(distances->layer == &villages);
  for (const double near_m : {0.0, 120.0, 500.0, 1234.5, 2000.0}) {
    options.parameters.near_m = near_m;
    const auto stats = compute_stats(*demo().workspace, demo().atlas, options, progress);
    REQUIRE(stats);
    double served = 0, unknown = 0;
    for (std::size_t i = 0; i < distances->rows.size(); ++i) {
      served += distances->hardened_m[i] <= near_m;
      unknown += !(distances->hardened_m[i] <= near_m) && !(distances->possibly_m[i] > near_m);
    }
    INFO(near_m);
    CHECK(stats->table.figure(0, 0).numerator == served);
    CHECK(stats->table.figure(0, 0).unknown == unknown);
  }
  // A card's distance to a hardened road is the one of the distribution, and decides its reach.
  for (std::size_t i = 0; i < distances->rows.size(); i += 997) {
    const VillageCard card = demo().surroundings->card(villages, distances->rows[i]);
    CHECK(card.nearest[0].distance.value == distances->hardened_m[i]);
    for (const VillageReach& reach : card.reach)
      if (reach.measure->id == "near_hardened")
        CHECK((reach.measured == Counts::yes) == (distances->hardened_m[i] <= 2000));
  }
}

TEST_CASE("the ledger's flag and the measured reach may disagree, and the card says so", "[workspace]") {
  // A road along the equator, of known and of unknown surface; villages 111 m and 1,106 m north of it.
  using table::GeometryKind;
  const double here = 0.001, far = 0.01;
  std::vector<Layer> layers;
  layers.push_back({Role::roads,
                    tests::TableBuilder("roads", GeometryKind::line)
                        .part({{0, 0}, {1, 0}})
                        .part({{10, 0}, {11, 0}})
                        .part({{20, 0}, {21, 0}})
                        .texts("surface", {"cement_concrete", "", "gravel"})
                        .build(),
                    {},
                    {}});
  layers.push_back({Role::admin_villages,
                    tests::TableBuilder("villages", GeometryKind::point)
                        .point(0.5, here)
                        .point(0.5, far)
                        .point(0.5, here)
                        .point(10.5, here)
                        .point(20.5, here)
                        .part({})
                        .texts("code", {"a", "b", "c", "d", "e", "f"})
                        .numbers("road_reached", {0, 1, tests::none, tests::none, 0, 1})
                        .build(),
                    {},
                    {}});
  Progress progress;
  const auto atlas = std::make_shared<const atlas::Atlas>(tests::assembled(std::move(layers)));
  const auto around = VillageSurroundings::build(atlas, demo().workspace, {}, progress);
  REQUIRE(around);
  const Layer& villages = *atlas->layer(Role::admin_villages);
  struct Expected {
    Counts measured;
    std::optional<bool> ledger;
    bool disagrees;
  };
  const std::vector<Expected> expected{
      {Counts::yes, false, true},           {Counts::no, true, true},   {Counts::yes, std::nullopt, false},
      {Counts::maybe, std::nullopt, false}, {Counts::no, false, false}, {Counts::maybe, true, false}};
  for (std::size_t row = 0; row < expected.size(); ++row) {
    const VillageCard card = around->card(villages, RowIx{row});
    const auto reach = std::find_if(card.reach.begin(), card.reach.end(),
                                    [](const auto& each) { return each.measure->id == "reached"; });
    INFO(row);
    REQUIRE(reach != card.reach.end());
    CHECK(reach->within.value == 500);
    CHECK(reach->measured == expected[row].measured);
    CHECK(reach->ledger == expected[row].ledger);
    CHECK(reach->disagrees() == expected[row].disagrees);
    CHECK(card.nearest.size() == (row == 5 ? 0 : 1));  // without a position, or without other layers
    CHECK(card.services.empty());
  }
  CHECK(around->card(villages, RowIx{0ul}).nearest[0].distance.value == Approx(110.574).margin(0.01));
  CHECK_FALSE(around->card(villages, RowIx{4ul}).nearest[0].row.exists());  // gravel is not hardened
}

TEST_CASE("looking around stops when it is asked to", "[workspace]") {
  std::stop_source stop;
  stop.request_stop();
  Progress progress(stop.get_token());
  CHECK_FALSE(VillageSurroundings::build(demo().atlas, demo().workspace, {}, progress));
  CHECK_FALSE(demo().surroundings->distances(progress));
}
