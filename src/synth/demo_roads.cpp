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
constexpr double bridges_per_km = 0.055;  // in the gullies; a fifth of it in the sand

enum SeedOf : std::uint64_t { of_attributes = 41, of_upgraded, of_built, of_safety, of_bridges, of_rebuilt };

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
    {{"asphalt_concrete", 0.86}, {"cement_concrete", 0.12}, {"asphalt_light", 0.02}}};
constexpr std::array<Choice, 6> township_surfaces{{{"cement_concrete", 0.62},
                                                   {"asphalt_concrete", 0.24},
                                                   {"asphalt_light", 0.04},
                                                   {"gravel", 0.06},
                                                   {"earth", 0.02},
                                                   {"", 0.02}}};
constexpr std::array<Choice, 6> village_surfaces{{{"cement_concrete", 0.78},
                                                  {"asphalt_concrete", 0.05},
                                                  {"block", 0.03},
                                                  {"gravel", 0.07},
                                                  {"earth", 0.05},
                                                  {"", 0.02}}};
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

// Marks sections in random order until they add up to the target exactly.
void mark_length(std::vector<DemoRoad>& roads, double target_m, std::uint64_t seed,
                 const std::function<bool(const DemoRoad&)>& suits, const std::function<void(Road&)>& mark) {
  double sum = 0;
  for (const std::size_t i : choose(roads.size(), roads.size(), seed)) {
    if (!suits(roads[i])) continue;
    if (sum + roads[i].length_m > target_m) {
      auto [before, after] = cut(roads[i].line, target_m - sum);
      DemoRoad rest = roads[i];
      rest.line = std::move(after);
      rest.length_m = measured(rest.line);
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

}  // namespace

std::vector<DemoRoad> make_roads(const Description& description, const DemoGround& ground) {
  std::vector<DemoRoad> roads;
  std::vector<std::array<std::uint64_t, 128>> serials(description.counties.size());
  const std::vector<Section> sections = ground.sections();
  for (std::size_t i = 0; i < sections.size(); ++i) {
    const Section& section = sections[i];
    Random random(seed_for(description.seed, of_attributes, i));
    DemoRoad& made = roads.emplace_back();
    const std::size_t middle = section.cells[section.cells.size() / 2];
    made.line = section.line;
    made.length_m = measured(made.line);
    made.sand = ground.terrain().sand(middle);
    made.height_m = ground.terrain().height_m(middle);
    Road& road = made.road;
    const char letter = class_letter(section.rank);
    road.road_class = std::string(1, letter);
    const std::size_t county = ground.county_of_cell(middle);
    if (section.route > 0 && section.rank <= Rank::provincial) {
      road.code = description.highways[section.route - 1u].code;
      road.name = description.highways[section.route - 1u].name;
    } else {
      road.code = letter + serial_text(++serials[county][static_cast<std::size_t>(letter)]) +
                  description.counties[county].code;
    }
    road.technical_class = technical_class_of(section.rank, random);
    road.surface = surface_of(section.rank, random);
    road.condition = section.rank <= Rank::provincial ? "good" : pick(conditions, random);
    road.width_m = width_of(section.rank);
    road.year_built = random.whole(1996, bulletin_year - 1);
    if (random.chance(0.12)) road.year_upgraded = random.whole(2012, bulletin_year - 1);
    road.safety_works = random.chance(0.25);
    if (*road.safety_works) road.safety_works_year = random.whole(2016, bulletin_year - 1);
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

std::vector<DemoBridge> make_bridges(const Description& description, const std::vector<DemoRoad>& roads) {
  std::vector<DemoBridge> bridges;
  for (std::size_t i = 0; i < roads.size(); ++i) {
    const DemoRoad& road = roads[i];
    Random random(seed_for(description.seed, of_bridges, i));
    const double valley = road.height_m < 60 ? 1.6 : 0.6;
    if (road.line.size() < 3 ||
        !random.chance(bridges_per_km * valley * road.length_m / 1000 * (1 - 0.8 * road.sand)))
      continue;
    DemoBridge& made = bridges.emplace_back();
    made.place = road.line[1 + random.below(road.line.size() - 2)];
    Bridge& bridge = made.bridge;
    bridge.road_code = road.road.code;
    bridge.code = fmt::format("{}L{:04}", road.road.code, bridges.size());
    const bool trunk = !rural(road.road);
    const double state = random.unit();
    if (trunk || state < 0.975)
      bridge.condition_class = state < 0.34            ? 1
                               : state < 0.76 || trunk ? 2
                               : state < 0.945         ? 3
                               : state < 0.967         ? 4
                                                       : 5;
    bridge.length_m = std::round(trunk ? random.between(30, 420) : random.between(8, 90));
    bridge.span_class = *bridge.length_m >= 100 ? "large" : *bridge.length_m > 30 ? "medium" : "small";
    if (!random.chance(0.08)) bridge.load_limit_t = trunk ? 55 : random.whole(2, 6) * 5;
    if (random.chance(0.1)) bridge.year_rebuilt = random.whole(2010, 2022);
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
