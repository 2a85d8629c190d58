#include "synth/demo_roads.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <numeric>
#include <string_view>

#include <fmt/format.h>

#include "geodesy/measure.hpp"
#include "synth/apportion.hpp"
#include "synth/random.hpp"

namespace xiangtu::synth {

using geodesy::LonLat;

namespace {

constexpr std::int64_t bulletin_year = 2023;
constexpr double gully_depth_m = 7;
constexpr std::size_t gully_reach = 3;      // cells to either side
constexpr double gully_bridge_share = 0.9;  // a culvert does for the others
constexpr double sand_bridge_share = 0.25;  // between dunes there is seldom water

enum SeedOf : std::uint64_t {
  of_attributes = 41,
  of_upgraded,
  of_built,
  of_safety,
  of_bridges,
  of_rebuilt,
  of_routes
};

struct Choice {
  std::string_view value;
  double share;
};

std::string pick(std::span<const Choice> choices, Random& random) {
  double left = random.unit();
  for (const Choice& choice : choices)
    if ((left -= choice.share) < 0) return std::string{choice.value};
  return std::string{choices.back().value};
}

constexpr std::array<Choice, 3> county_surfaces{
    {{"asphalt_concrete", 0.85}, {"cement_concrete", 0.13}, {"asphalt_light", 0.02}}};
constexpr std::array<Choice, 6> township_surfaces{{{"cement_concrete", 0.62},
                                                   {"asphalt_concrete", 0.24},
                                                   {"asphalt_light", 0.04},
                                                   {"gravel", 0.06},
                                                   {"earth", 0.02},
                                                   {"", 0.02}}};
constexpr std::array<Choice, 6> village_surfaces{{{"cement_concrete", 0.72},
                                                  {"asphalt_concrete", 0.05},
                                                  {"block", 0.03},
                                                  {"gravel", 0.11},
                                                  {"earth", 0.075},
                                                  {"", 0.015}}};
constexpr std::array<Choice, 6> conditions{
    {{"excellent", 0.25}, {"good", 0.38}, {"medium", 0.22}, {"poor", 0.08}, {"failing", 0.03}, {"", 0.04}}};

char class_letter(Rank rank) {
  switch (rank) {
    case Rank::expressway:
    case Rank::national:
      return 'G';
    case Rank::provincial:
      return 'S';
    case Rank::county:
      return 'X';
    case Rank::township:
      return 'Y';
    default:
      return 'C';
  }
}

std::string surface_of(Rank rank, Random& random) {
  if (rank <= Rank::provincial) return "asphalt_concrete";
  if (rank == Rank::county) return pick(county_surfaces, random);
  return pick(rank == Rank::township ? std::span<const Choice>{township_surfaces} : village_surfaces, random);
}

std::string technical_class_of(Rank rank, Random& random) {
  switch (rank) {
    case Rank::expressway:
      return "expressway";
    case Rank::national:
      return random.chance(0.3) ? "1" : "2";
    case Rank::provincial:
      return random.chance(0.6) ? "2" : "3";
    case Rank::county:
      return random.chance(0.55) ? "3" : "4";
    case Rank::township:
      return "4";
    default:
      return random.chance(0.8) ? "4" : random.chance(0.9) ? "unclassified" : "";
  }
}

double width_of(Rank rank) {
  constexpr std::array<double, 7> widths{0, 24.5, 12, 9, 6.5, 5, 3.5};
  return widths[static_cast<std::size_t>(rank)];
}

// Three characters for a serial number: digits first, then letters.
std::string serial_text(std::uint64_t serial) {
  constexpr std::string_view digits = "0123456789ABCDEFGHJKLMNPQRSTUVWXYZ";
  std::string text(3, '0');
  for (int i = 2; i >= 0; --i, serial /= digits.size())
    text[static_cast<std::size_t>(i)] = digits[serial % digits.size()];
  return text;
}

bool hardened(const Road& road) {
  return !road.surface.empty() && road.surface != "gravel" && road.surface != "earth";
}
bool rural(const Road& road) {
  return road.road_class != "G" && road.road_class != "S";
}

// The line up to a distance along it and from there on; both have the cut as an end.
std::pair<std::vector<LonLat>, std::vector<LonLat>> cut(const std::vector<LonLat>& line, double at_m) {
  std::vector<LonLat> before{line.front()}, after;
  double walked = 0;
  for (std::size_t i = 0; i + 1 < line.size(); ++i) {
    const double length_m = geodesy::distance(line[i], line[i + 1]).value;
    if (after.empty() && walked + length_m > at_m) {
      const LonLat middle =
          geodesy::destination(line[i], geodesy::azimuth(line[i], line[i + 1]), {at_m - walked});
      before.push_back(middle);
      after.push_back(middle);
    }
    walked += length_m;
    (after.empty() ? before : after).push_back(line[i + 1]);
  }
  return {std::move(before), std::move(after)};
}

double measured(const std::vector<LonLat>& line) {
  double sum = 0;
  for (std::size_t i = 0; i + 1 < line.size(); ++i) sum += geodesy::distance(line[i], line[i + 1]).value;
  return sum;
}

// The sections of one route after another, the routes in random order.
std::vector<std::size_t> shuffled(const std::vector<DemoRoad>& roads, std::uint64_t seed) {
  std::vector<std::size_t> order(roads.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::vector<std::uint64_t> turn;
  for (const DemoRoad& road : roads) turn.push_back(Random(seed_for(seed, road.route)).next());
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return turn[a] < turn[b]; });
  return order;
}

// Marks sections route by route until they add up to the target exactly.
void mark_length(std::vector<DemoRoad>& roads, double target_m, std::uint64_t seed,
                 const std::function<bool(const DemoRoad&)>& suits, const std::function<void(Road&)>& mark) {
  double sum = 0;
  for (const std::size_t i : shuffled(roads, seed)) {
    if (!suits(roads[i])) continue;
    if (sum + roads[i].length_m > target_m) {
      auto [before, after] = cut(roads[i].line, target_m - sum);
      DemoRoad rest = roads[i];
      rest.line = std::move(after);
      rest.length_m = measured(rest.line);
      rest.crossings.clear();
      roads[i].line = std::move(before);
      roads[i].length_m = measured(roads[i].line);
      mark(roads[i].road);
      roads.push_back(std::move(rest));
      return;
    }
    sum += roads[i].length_m;
    mark(roads[i].road);
  }
}

void set_ledger_lengths(std::vector<DemoRoad>& roads, std::uint64_t seed) {
  Random random(seed);
  for (DemoRoad& road : roads) {
    const double slip =
        random.chance(0.006) ? random.between(0.8, 1.25) : 1;  // a ledger is never quite right
    road.road.length_km = std::round(road.length_m * slip) / 1000;
  }
}

// A position on the curve through four places (Catmull & Rom 1974), t from b to c.
LonLat on_curve(LonLat a, LonLat b, LonLat c, LonLat d, double t) {
  const auto along = [t](double p, double q, double r, double s) {
    return q + t / 2 * (r - p + t * (2 * p - 5 * q + 4 * r - s + t * (3 * (q - r) + s - p)));
  };
  return {along(a.lon, b.lon, c.lon, d.lon), along(a.lat, b.lat, c.lat, d.lat)};
}

// The section's line as a curve through its vertices. In the gullies roads wind from side to side between
// them; trunk roads are built straighter, and in the sand there is nothing to go around.
std::vector<LonLat> winding(const Section& section, const Terrain& terrain, Random& random) {
  constexpr double village_sway = 0.2, trunk_sway = 0.03;
  const double sway = section.rank <= Rank::provincial ? trunk_sway : village_sway;
  const std::vector<LonLat>& nodes = section.line;
  std::vector<LonLat> line{nodes.front()};
  for (std::size_t i = 0; i + 1 < nodes.size(); ++i) {
    const LonLat b = nodes[i], c = nodes[i + 1];
    const LonLat a = i > 0 ? nodes[i - 1] : b, d = i + 2 < nodes.size() ? nodes[i + 2] : c;
    const double loess = 1 - terrain.sand(section.cells[i]);
    const double narrow = std::cos(b.lat * 0.0174533);
    double aside = sway * loess * random.between(0.2, 1) * (random.chance(0.5) ? 1 : -1);
    for (const double t : {1.0 / 3, 2.0 / 3}) {
      LonLat p = on_curve(a, b, c, d, t);
      p.lon -= aside * (c.lat - b.lat) / narrow;
      p.lat += aside * (c.lon - b.lon) * narrow;
      line.push_back(p);
      aside = random.chance(0.7) ? -aside : aside;  // an S more often than a bow
    }
    line.push_back(c);
  }
  return line;
}

// Rivers, and the floors of gullies that a road goes down into and up again.
std::vector<DemoRoad::Crossing> crossings_of(const Section& section, const Terrain& terrain, Random& random) {
  std::vector<DemoRoad::Crossing> crossings;
  const auto river = [&](std::size_t i) { return terrain.river(section.cells[i]); };
  const auto height = [&](std::size_t i) { return terrain.height_m(section.cells[i]); };
  for (std::size_t i = 1; i + 1 < section.cells.size(); ++i) {
    if (river(i) != Terrain::no_river) {
      std::size_t end = i;
      while (end + 2 < section.cells.size() && river(end + 1) == river(i)) ++end;
      crossings.push_back({section.line[(i + end) / 2], river(i)});
      i = end;
      continue;
    }
    const std::size_t before = i > gully_reach ? i - gully_reach : 0,
                      after = std::min(i + gully_reach, section.cells.size() - 1);
    const bool gully = height(i) <= height(i - 1) && height(i) < height(i + 1) &&
                       std::min(height(before), height(after)) > height(i) + gully_depth_m;
    const double sand = terrain.sand(section.cells[i]);
    if (gully && random.chance(gully_bridge_share + sand * (sand_bridge_share - gully_bridge_share)))
      crossings.push_back({section.line[i], Terrain::no_river});
  }
  return crossings;
}

// About 3 % of rural bridges are dangerous, some were never rated.
Count condition_of(bool trunk, Random& random) {
  const double state = random.unit();
  if (state < 0.34) return 1;
  if (state < 0.76 || trunk) return 2;
  if (state < 0.948) return 3;
  if (state < 0.968) return 4;
  return state < 0.98 ? Count{5} : Count{};
}

// Names and codes of roads; numbers run by class and county, in the order of first use.
class RouteNames {
 public:
  RouteNames(const Description& description, const std::vector<DemoRoute>& routes)
      : description_(description),
        routes_(routes),
        codes_(routes.size()),
        serials_(description.counties.size()) {}

  const std::string& code(std::uint32_t route, std::size_t county) {
    std::string& code = codes_[route];
    if (code.empty()) code = routes_[route].code;
    if (!code.empty()) return code;
    const char letter = class_letter(routes_[route].rank);
    code = letter + serial_text(++serials_[county][static_cast<std::size_t>(letter)]) +
           description_.counties[county].code;
    return code;
  }

  std::string name(std::uint32_t route) const {
    const DemoRoute& named = routes_[route];
    const NamePatterns& patterns = description_.names;
    if (named.rank <= Rank::provincial) return named.from;
    const std::string_view from = description_.short_name(named.from);
    if (named.rank == Rank::county) return Message{patterns.county_road, from, named.to}.english();
    return Message{named.rank == Rank::township ? patterns.township_road : patterns.village_road, from}
        .english();
  }

 private:
  const Description& description_;
  const std::vector<DemoRoute>& routes_;
  std::vector<std::string> codes_;
  std::vector<std::array<std::uint64_t, 128>> serials_;
};

// A road is of one kind along its whole route; only its condition changes from section to section.
Road road_of(const Section& section, std::uint64_t seed, Random& random) {
  Random whole(seed_for(seed, of_routes, section.route));
  Road road;
  road.road_class = std::string(1, class_letter(section.rank));
  road.technical_class = technical_class_of(section.rank, whole);
  road.surface = surface_of(section.rank, whole);
  road.width_m = width_of(section.rank);
  road.year_built = whole.whole(1996, bulletin_year - 1);
  road.condition = section.rank <= Rank::provincial ? (random.chance(0.6) ? "good" : "excellent")
                                                    : pick(conditions, random);
  if (random.chance(0.12)) road.year_upgraded = random.whole(2012, bulletin_year - 1);
  road.safety_works = random.chance(0.25);
  if (*road.safety_works) road.safety_works_year = random.whole(2016, bulletin_year - 1);
  return road;
}

}  // namespace

std::vector<DemoRoad> make_roads(const Description& description, const DemoGround& ground) {
  std::vector<DemoRoad> roads;
  RouteNames names(description, ground.routes());
  const std::vector<Section> sections = ground.sections();
  for (std::size_t i = 0; i < sections.size(); ++i) {
    const Section& section = sections[i];
    Random random(seed_for(description.seed, of_attributes, i));
    DemoRoad& made = roads.emplace_back();
    made.line = winding(section, ground.terrain(), random);
    made.length_m = measured(made.line);
    made.route = section.route;
    made.road = road_of(section, description.seed, random);
    made.road.code =
        names.code(section.route, ground.county_of_cell(section.cells[section.cells.size() / 2]));
    made.road.name = names.name(section.route);
    made.crossings = crossings_of(section, ground.terrain(), random);
  }
  mark_length(
      roads, description.total("built_km") * 1000, seed_for(description.seed, of_built),
      [](const DemoRoad& made) { return made.road.road_class == "C" && hardened(made.road); },
      [](Road& road) {
        road.year_built = bulletin_year;
        road.year_upgraded.reset();
      });
  mark_length(
      roads, description.total("upgraded_km") * 1000, seed_for(description.seed, of_upgraded),
      [](const DemoRoad& made) { return rural(made.road) && made.road.year_built != bulletin_year; },
      [](Road& road) { road.year_upgraded = bulletin_year; });
  mark_length(
      roads, description.total("safety_km") * 1000, seed_for(description.seed, of_safety),
      [](const DemoRoad& made) { return rural(made.road); },
      [](Road& road) {
        road.safety_works = true;
        road.safety_works_year = bulletin_year;
      });
  set_ledger_lengths(roads, seed_for(description.seed, of_attributes, roads.size(), 7));
  return roads;
}

std::vector<DemoBridge> make_bridges(const Description& description, const DemoGround& ground,
                                     const std::vector<DemoRoad>& roads) {
  std::vector<DemoBridge> bridges;
  for (std::size_t i = 0; i < roads.size(); ++i) {
    const DemoRoad& road = roads[i];
    const DemoRoute& route = ground.routes()[road.route];
    const std::string_view place = description.short_name(route.to.empty() ? route.from : route.to);
    Random random(seed_for(description.seed, of_bridges, i));
    for (const DemoRoad::Crossing& crossing : road.crossings) {
      const bool river = crossing.river != Terrain::no_river, trunk = !rural(road.road);
      DemoBridge& made = bridges.emplace_back();
      made.place = crossing.place;
      Bridge& bridge = made.bridge;
      bridge.road_code = road.road.code;
      bridge.road_row = static_cast<std::int64_t>(i + 1);
      bridge.code = fmt::format("{}L{:04}", road.road.code, bridges.size());
      bridge.name =
          river ? Message{description.names.river_bridge, place, description.rivers[crossing.river].name}
                      .english()
                : Message{description.names.bridge, place}.english();
      bridge.condition_class = condition_of(trunk, random);
      bridge.length_m = std::round(river   ? random.between(60, trunk ? 480 : 180)
                                   : trunk ? random.between(30, 260)
                                           : random.between(8, 70));
      bridge.span_class = *bridge.length_m > 1000   ? "extra_large"
                          : *bridge.length_m >= 100 ? "large"
                          : *bridge.length_m > 30   ? "medium"
                                                    : "small";
      if (!random.chance(0.08)) bridge.load_limit_t = trunk ? 55 : random.whole(2, 6) * 5;
      if (random.chance(0.1)) bridge.year_rebuilt = random.whole(2010, bulletin_year - 1);
    }
  }
  std::size_t left = description.count("bridges_rebuilt");
  for (const std::size_t i : choose(bridges.size(), bridges.size(), seed_for(description.seed, of_rebuilt))) {
    if (left == 0) break;
    if (bridges[i].bridge.road_code.size() < 6) continue;  // of a rural road
    bridges[i].bridge.year_rebuilt = bulletin_year;
    bridges[i].bridge.condition_class = 1;
    --left;
  }
  return bridges;
}

}  // namespace xiangtu::synth
