#include "synth/township_model.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>

#include <fmt/format.h>

#include "geodesy/measure.hpp"
#include "synth/fractal.hpp"
#include "synth/random.hpp"

namespace xiangtu::synth {

using geodesy::LonLat;

namespace {

constexpr std::uint64_t naturals_per_admin_tenths = 45;
constexpr double natural_reach = 0.09;  // of the cell's inner part, around the administrative village
constexpr double road_roughness = 0.12;
constexpr int section_depth = 4;  // 16 pieces, 17 vertices
constexpr int sections_per_link = 3;

enum SeedOf : std::uint64_t { of_villages = 11, of_links, of_attributes, of_bridges };

template <std::size_t N>
std::string_view pick(const std::array<std::pair<std::string_view, double>, N>& choices, Random& random) {
  double left = random.unit();
  for (const auto& [text, share] : choices)
    if ((left -= share) < 0) return text;
  return choices.back().first;
}

constexpr std::array<std::pair<std::string_view, double>, 2> trunk_surfaces{
    {{"asphalt_concrete", 0.95}, {"cement_concrete", 0.05}}};
constexpr std::array<std::pair<std::string_view, double>, 5> county_surfaces{{{"asphalt_concrete", 0.62},
                                                                              {"cement_concrete", 0.25},
                                                                              {"asphalt_light", 0.08},
                                                                              {"gravel", 0.03},
                                                                              {"", 0.02}}};
constexpr std::array<std::pair<std::string_view, double>, 6> village_surfaces{{{"cement_concrete", 0.66},
                                                                               {"asphalt_concrete", 0.09},
                                                                               {"block", 0.04},
                                                                               {"gravel", 0.1},
                                                                               {"earth", 0.07},
                                                                               {"", 0.04}}};
constexpr std::array<std::pair<std::string_view, double>, 6> conditions{
    {{"excellent", 0.22}, {"good", 0.38}, {"medium", 0.24}, {"poor", 0.08}, {"failing", 0.03}, {"", 0.05}}};

std::string_view technical_class(char road_class, Random& random) {
  if (road_class == 'G') return random.chance(0.5) ? "1" : "2";
  if (road_class == 'S') return random.chance(0.6) ? "2" : "3";
  if (road_class == 'X') return random.chance(0.5) ? "3" : "4";
  return random.chance(0.85) ? "4" : random.chance(0.7) ? "unclassified" : "";
}

Flag flag(double share, Random& random) {
  if (random.chance(0.015)) return std::nullopt;
  return random.chance(share);
}

Count part_of(Count whole, double low, double high, Random& random) {
  if (!whole || random.chance(0.015)) return std::nullopt;
  return static_cast<std::int64_t>(
      std::floor(static_cast<double>(*whole) * std::min(1.0, random.between(low, high))));
}

double clamped(double x) {
  return std::clamp(x, 0.0, 1.0);
}

}  // namespace

TownshipModel::TownshipModel(const Grid& grid, std::uint64_t township, std::uint64_t natural,
                             std::uint64_t seed)
    : grid_(grid),
      cell_(grid.cell_of(township)),
      code_(grid.township_code(township)),
      county_code_(grid.county_code(grid.county_of(township))),
      seed_(seed_for(seed, township)) {
  make_villages(natural);
}

void TownshipModel::make_villages(std::uint64_t natural) {
  Random random(seed_for(seed_, of_villages));
  const std::uint64_t admins = std::max<std::uint64_t>(1, natural * 10 / naturals_per_admin_tenths);
  const auto side = static_cast<std::uint64_t>(std::ceil(std::sqrt(static_cast<double>(admins))));
  villages_.reserve(admins);
  for (std::uint64_t a = 0; a < admins; ++a) {
    const double step = 1.0 / static_cast<double>(side);
    const double x = (static_cast<double>(a % side) + random.between(0.15, 0.85)) * step;
    const double y = (static_cast<double>(a / side) + random.between(0.15, 0.85)) * step;
    PlacedAdmin& placed = villages_.emplace_back();
    placed.place = grid_.place(cell_.column, cell_.row, x, y);
    AdminVillage& village = placed.village;
    village.code = fmt::format("{}{:03}", code_, 200 + a);
    village.name = fmt::format("Village {}", village.code.substr(6));
    village.kind = "administrative";
    village.township_code = code_;
    village.county_code = county_code_;
    village.population = 0;
    village.households = 0;
    const std::uint64_t count = natural * (a + 1) / admins - natural * a / admins;
    for (std::uint64_t n = 0; n < count; ++n) {
      PlacedNatural& small = placed.naturals.emplace_back();
      small.place =
          grid_.place(cell_.column, cell_.row, clamped(x + random.between(-natural_reach, natural_reach)),
                      clamped(y + random.between(-natural_reach, natural_reach)));
      const std::int64_t households = random.whole(8, 90);
      const std::int64_t population = households * 5 / 2 + random.whole(0, 20);
      *village.households += households;
      *village.population += population;
      small.village = {fmt::format("{}{:03}", village.code, n + 1),
                       fmt::format("Hamlet {}-{}", village.code.substr(6), n + 1),
                       village.code,
                       code_,
                       county_code_,
                       random.chance(0.01) ? Count{} : Count{population},
                       random.chance(0.01) ? Count{} : Count{households},
                       flag(0.999, random)};
    }
    village.households_tap = part_of(village.households, 0.9, 1.02, random);
    village.population_tap = part_of(village.population, 0.9, 1.02, random);
    village.sanitary_toilets = part_of(village.households, 0.6, 1.02, random);
    village.express = flag(0.97, random);
    village.electricity = flag(0.999, random);
    village.sewage_treated = flag(0.35, random);
    village.waste_collected = flag(0.9, random);
    if (random.chance(0.01)) village.households.reset();
  }
}

std::vector<PlacedRoad> TownshipModel::roads() const {
  std::vector<PlacedRoad> roads;
  std::uint64_t serial = 0;
  const auto link = [&](LonLat from, LonLat to, char road_class) {
    Random random(seed_for(seed_, of_attributes, serial));
    const std::string code =
        fmt::format("{}{:03}{}", road_class, (cell_.column * 64 + serial) % 1000, county_code_);
    LonLat start = from;
    std::vector<LonLat> whole;
    append_fractal(from, to, section_depth + 2, road_roughness, seed_for(seed_, of_links, serial++), whole);
    whole.push_back(to);
    const std::size_t pieces = whole.size() - 1;
    for (int s = 0; s < sections_per_link; ++s) {
      PlacedRoad& placed = roads.emplace_back();
      const std::size_t first = pieces * static_cast<std::size_t>(s) / sections_per_link;
      const std::size_t last = pieces * static_cast<std::size_t>(s + 1) / sections_per_link;
      placed.line.push_back(start);
      // Every other vertex, 10–30 of them, ends exact.
      const std::size_t step = road_class == 'C' ? 2 : 1;
      for (std::size_t i = first + step; i < last; i += step) placed.line.push_back(whole[i]);
      placed.line.push_back(whole[last]);
      start = whole[last];
      Road& road = placed.road;
      road.code = code;
      road.road_class = std::string(1, road_class);
      road.technical_class = technical_class(road_class, random);
      road.surface = road_class == 'G' || road_class == 'S' ? pick(trunk_surfaces, random)
                     : road_class == 'X'                    ? pick(county_surfaces, random)
                                                            : pick(village_surfaces, random);
      road.condition = pick(conditions, random);
      road.width_m = road_class == 'G'   ? 12
                     : road_class == 'S' ? 9
                     : road_class == 'X' ? 6.5
                     : road_class == 'Y' ? 5
                                         : 3.5;
      road.length_km = std::round(geodesy::length(placed.line).value) / 1000;
      road.year_built = random.whole(1998, 2023);
      if (random.chance(0.1)) road.year_upgraded = random.whole(2015, 2023);
      road.safety_works = flag(0.3, random);
    }
  };

  const LonLat town = grid_.town(cell_.column, cell_.row);
  const auto column = static_cast<std::int64_t>(cell_.column), row = static_cast<std::int64_t>(cell_.row);
  if (grid_.inside(column + 1, row))
    link(town, grid_.town(cell_.column + 1, cell_.row), cell_.row % 4 == 1 ? 'G' : 'X');
  if (grid_.inside(column, row + 1))
    link(town, grid_.town(cell_.column, cell_.row + 1), cell_.column % 4 == 2 ? 'S' : 'X');
  // Each village joins the nearest place that is joined already; its hamlets join it or a hamlet before.
  std::vector<LonLat> joined{town};
  const auto nearest = [](const std::vector<LonLat>& places, LonLat p) {
    return *std::min_element(places.begin(), places.end(), [&](LonLat a, LonLat b) {
      return std::hypot(a.lon - p.lon, a.lat - p.lat) < std::hypot(b.lon - p.lon, b.lat - p.lat);
    });
  };
  for (const PlacedAdmin& admin : villages_) {
    link(nearest(joined, admin.place), admin.place, 'Y');
    joined.push_back(admin.place);
    std::vector<LonLat> near_by{admin.place};
    for (const PlacedNatural& natural : admin.naturals) {
      link(nearest(near_by, natural.place), natural.place, 'C');
      near_by.push_back(natural.place);
    }
  }
  return roads;
}

std::vector<PlacedBridge> TownshipModel::bridges(const std::vector<PlacedRoad>& roads) const {
  Random random(seed_for(seed_, of_bridges));
  std::size_t natural = 0;
  for (const PlacedAdmin& admin : villages_) natural += admin.naturals.size();
  const double share =
      0.6 * static_cast<double>(natural) / static_cast<double>(std::max<std::size_t>(roads.size(), 1));
  std::vector<PlacedBridge> bridges;
  for (const PlacedRoad& road : roads) {
    if (!random.chance(share)) continue;
    PlacedBridge& placed = bridges.emplace_back();
    placed.place = road.line[road.line.size() / 2];
    Bridge& bridge = placed.bridge;
    bridge.code = fmt::format("{}L{:04}", road.road.code, bridges.size());
    bridge.road_code = road.road.code;
    const double state = random.unit();
    if (state < 0.97)
      bridge.condition_class = state < 0.35 ? 1 : state < 0.75 ? 2 : state < 0.93 ? 3 : state < 0.96 ? 4 : 5;
    bridge.length_m = std::round(random.between(8, 120));
    bridge.span_class = *bridge.length_m > 100 ? "large" : *bridge.length_m > 30 ? "medium" : "small";
    bridge.load_limit_t = random.chance(0.1) ? Count{} : Count{random.whole(10, 55)};
  }
  return bridges;
}

}  // namespace xiangtu::synth
