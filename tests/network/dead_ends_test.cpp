// Ends from which no road leads on: what they almost join, and what they run past.
#include "network/dead_ends.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <map>
#include <numbers>
#include <optional>
#include <set>

#include "geodesy/measure.hpp"
#include "network/drawn_roads.hpp"

using namespace xiangtu;
using namespace xiangtu::network;
using geodesy::LonLat;
using table::GeometryColumn;
using tests::at;
using tests::graph_of;
using tests::lines_of;
using tests::Path;
using tests::Random;

namespace {

struct Found {
  std::vector<DeadEnd> ends;
  std::vector<NearMiss> misses;
  std::vector<Overshoot> overshoots;
};

Found find(const GeometryColumn& lines, Metres within, const NodingRule& rule = {}) {
  const RoadGraph graph = graph_of(lines, rule);
  Progress progress;
  Found found{dead_ends(graph, lines), {}, {}};
  found.misses = near_misses(graph, lines, found.ends, rule.levels, within, progress);
  found.overshoots = overshoots(graph, lines, found.ends, within);
  return found;
}

Found find(const std::vector<Path>& paths, Metres within, const NodingRule& rule = {}) {
  return find(lines_of(paths), within, rule);
}

// Roads of those misses that nothing joins near by.
std::vector<std::pair<std::uint32_t, std::uint32_t>> unjoined(const Found& found) {
  std::vector<std::pair<std::uint32_t, std::uint32_t>> roads;
  for (const NearMiss& miss : found.misses)
    if (!miss.joined_nearby) roads.push_back({found.ends[miss.end].road, miss.to.road});
  return roads;
}

const std::vector<std::pair<std::uint32_t, std::uint32_t>> nothing;

}  // namespace

TEST_CASE("ends beyond the tolerance and within the distance almost join", "[network]") {
  for (const double gap_m : {0.5, 2.0, 10.0})
    for (const double tolerance_m : {0.0, 0.4, 0.6, 2.1, 10.1})
      for (const double within_m : {0.0, 0.4, 0.6, 1.9, 2.1, 9.9, 10.1, 20.0}) {
        INFO("gap " << gap_m << " m, tolerance " << tolerance_m << " m, within " << within_m << " m");
        const NodingRule rule{{tolerance_m}, {}, false, {}};
        const bool expected = gap_m > tolerance_m && gap_m <= within_m;
        // End to end, both of them.
        const Found ends = find({{at(-500, 0), at(0, 0)}, {at(gap_m, 0), at(500, 0)}}, {within_m}, rule);
        REQUIRE(ends.misses.size() == (expected ? 2 : 0));
        // An end to the inside of a road, before it and behind it.
        const Found tee = find({{at(-500, 0), at(500, 0)}, {at(100, gap_m), at(100, 300)}}, {within_m}, rule);
        REQUIRE(tee.misses.size() == (expected ? 1 : 0));
        if (!expected) continue;
        CHECK(ends.misses[0].to.distance.value == Approx(gap_m).margin(1e-4));
        CHECK(ends.misses[1].to.road == 0);
        // (100, 0) lies on the geodesic between the ends, 14 mm off the line of the map.
        CHECK(tee.misses[0].to.distance.value == Approx(gap_m).margin(0.02));
        CHECK(tee.misses[0].to.road == 0);
        CHECK(tee.ends[tee.misses[0].end].road == 1);
        CHECK(tee.ends[tee.misses[0].end].at_begin);
        CHECK_FALSE(tee.misses[0].joined_nearby);
      }
}

TEST_CASE("with a tolerance of 0 an end beside another by rounding almost joins it", "[network]") {
  const LonLat p = at(0, 0), beside{std::nextafter(p.lon, 180), p.lat};
  CHECK(find({{at(-500, 0), p}, {p, at(500, 0)}}, {20}, {{0}, {}, false, {}}).misses.empty());
  const Found found = find({{at(-500, 0), p}, {beside, at(500, 0)}}, {0.001}, {{0}, {}, false, {}});
  REQUIRE(found.misses.size() == 2);
  CHECK(found.misses[0].to.distance.value < 1e-6);
  CHECK_FALSE(found.misses[0].joined_nearby);
}

TEST_CASE("ends that the network leads on to in a few steps are meant", "[network]") {
  // A yard's road that turns back and ends beside the road that it left, and one whose way round is long.
  const auto turning = [](double out_m) {
    return std::vector<Path>{{at(-500, 0), at(500, 0)}, {at(0, 0), at(0, out_m), at(10, out_m), at(10, 8)}};
  };
  CHECK(unjoined(find(turning(15), {20})) == nothing);
  CHECK(find(turning(15), {20}).misses.size() == 1);
  CHECK(unjoined(find(turning(300), {20})) == decltype(nothing){{1, 0}});
}

TEST_CASE("roads drawn twice end once, and their end is found", "[network]") {
  const Path road{at(-500, 0), at(-200, 10), at(0, 0)}, reversed{road.rbegin(), road.rend()};
  const Found found = find({road, road, reversed, {at(5, 0), at(500, 0)}}, {20});
  CHECK(found.ends.size() == 4);
  CHECK(unjoined(found) == decltype(nothing){{0, 3}, {3, 0}, {3, 1}, {3, 2}});
}

TEST_CASE("loops and roads without length have no ends, and a road that turns on itself has", "[network]") {
  const Path loop{at(0, 0), at(30, 30), at(0, 60), at(0, 0)};
  CHECK(find({loop, {at(0, -5), at(0, -5)}, {at(-3, 0)}}, {20}).ends.empty());
  CHECK(find({{at(0, 0), at(100, 0), at(0, 0)}}, {20}).ends.size() == 1);
  CHECK(find(std::vector<Path>{}, {20}).ends.empty());
}

TEST_CASE("roads of other levels almost join at their ends only", "[network]") {
  // A road ends beside the middle of a bridge; another where the bridge begins.
  const std::vector<Path> paths{{at(-50, 0), at(50, 0)}, {at(0, 5), at(0, 300)}, {at(-55, 0), at(-500, 0)}};
  const std::int8_t bridge[] = {1, 0, 0}, ground[] = {0, 0, 0};
  CHECK(unjoined(find(paths, {20}, {{0.1}, bridge, false, {}})) == decltype(nothing){{0, 2}, {2, 0}});
  CHECK(unjoined(find(paths, {20}, {{0.1}, ground, false, {}})) == decltype(nothing){{0, 2}, {1, 0}, {2, 0}});
}

TEST_CASE("what lies behind a road is seen to", "[network]") {
  const GeometryColumn lines =
      lines_of({{at(0, 0), at(0, 300)}, {at(-100, -5), at(100, -5)}, {at(-100, -9), at(100, -9)}});
  const RoadGraph graph = graph_of(lines);
  Progress progress;
  const auto ends = dead_ends(graph, lines);
  const auto misses = near_misses(graph, lines, ends, {}, {20}, progress);
  const auto of_first = std::count_if(misses.begin(), misses.end(),
                                      [&](const NearMiss& miss) { return ends[miss.end].road == 0; });
  REQUIRE(of_first == 2);
  CHECK_FALSE(is_behind_road(graph, lines, ends[misses[0].end], misses[0].to));
  CHECK(is_behind_road(graph, lines, ends[misses[1].end], misses[1].to));
}

TEST_CASE("roads that end shortly behind a crossing", "[network]") {
  const Path through{at(-500, 0), at(500, 0)};
  for (const double past_m : {0.5, 2.0, 10.0, 19.0, 21.0}) {
    INFO(past_m << " m");
    const Found found = find({through, {at(0, 300), at(0, -past_m)}}, {20});
    REQUIRE(found.overshoots.size() == (past_m <= 20 ? 1 : 0));
    if (past_m > 20) continue;
    const Overshoot& overshoot = found.overshoots[0];
    CHECK(overshoot.length.value == Approx(past_m).margin(0.03));
    CHECK(found.ends[overshoot.end].road == 1);
    CHECK(overshoot.crossed == 0);
  }
  // Through two roads that meet there; from the begin of the line.
  CHECK(find({{at(-500, 0), at(0, 0)}, {at(0, 0), at(500, 0)}, {at(0, -3), at(0, 300)}}, {20})
            .overshoots.size() == 1);
  // A road of its own, a road that another one ends at, an end that stays alone.
  CHECK(find({through, {at(0, 300), at(0, 0)}, {at(0, 0), at(0, -5)}}, {20}).overshoots.empty());
  CHECK(find({{at(0, 0), at(500, 0)}, {at(0, 300), at(0, -5)}}, {20}).overshoots.empty());
  CHECK(find({through, {at(0, 300), at(0, 5)}}, {20}).overshoots.empty());
}

namespace {

// Steps of about 10 m, so that much is near.
constexpr tests::Lattice yard{"a yard", {109, 37}, {0x1p-13, 0x1p-13}, 10, 10};

struct Segment {
  std::uint32_t road;
  LonLat a, b;
};

bool on(LonLat p, LonLat a, LonLat b) {
  const double side = (b.lon - a.lon) * (p.lat - a.lat) - (b.lat - a.lat) * (p.lon - a.lon);
  return side == 0 && std::min(a.lon, b.lon) <= p.lon && p.lon <= std::max(a.lon, b.lon) &&
         std::min(a.lat, b.lat) <= p.lat && p.lat <= std::max(a.lat, b.lat);
}

// Headings of all lines away from a position, in degrees.
std::vector<double> headings(LonLat p, const std::vector<Segment>& segments) {
  std::vector<double> found;
  const double shrink = std::cos(p.lat * std::numbers::pi / 180);
  for (const Segment& s : segments)
    for (const LonLat to : {s.a, s.b})
      if (on(p, s.a, s.b) && !(to == p))
        found.push_back(std::atan2((to.lon - p.lon) * shrink, to.lat - p.lat) * 180 / std::numbers::pi);
  return found;
}

bool is_dead(LonLat p, const std::vector<Segment>& segments) {
  const std::vector<double> all = headings(p, segments);
  if (all.empty()) return false;
  return std::all_of(all.begin(), all.end(), [&](double heading) {
    const double turn = std::abs(std::remainder(heading - all.front(), 360));
    return turn <= 0.57295;
  });
}

}  // namespace

TEST_CASE("dead ends and near misses are those that a look at every segment finds", "[network]") {
  Random random(11);
  std::size_t seen = 0;
  for (int round = 0; round < 300; ++round) {
    INFO("round " << round);
    const GeometryColumn lines = tests::draw_lines(random, yard, random.whole(1, 8));
    const RoadParts parts(lines, {});
    std::vector<Segment> segments;
    for (std::uint32_t road = 0; road < parts.size(); ++road) {
      const auto line = lines.part(parts.parts[road].value);
      for (std::size_t v = 1; v < line.size(); ++v) segments.push_back({road, line[v - 1], line[v]});
    }
    std::set<std::pair<double, double>> dead;
    for (std::uint32_t road = 0; road < parts.size(); ++road)
      for (const LonLat p :
           {lines.part(parts.parts[road].value).front(), lines.part(parts.parts[road].value).back()})
        if (is_dead(p, segments)) dead.insert({p.lon, p.lat});

    const double within_m = random.whole(5, 25);
    const Found found = find(lines, {within_m}, {{0}, {}, false, {}});
    std::set<std::pair<double, double>> ends;
    for (const DeadEnd& end : found.ends) ends.insert({end.at.lon, end.at.lat});
    CHECK(ends == dead);
    CHECK(ends.size() == found.ends.size());

    for (std::uint32_t i = 0; i < found.ends.size(); ++i) {
      const LonLat p = found.ends[i].at;
      std::map<std::uint32_t, double> nearest, told;
      for (const Segment& s : segments) {
        const auto line = lines.part(parts.parts[s.road].value);
        if (line.front() == p || line.back() == p) continue;
        if (geodesy::distance_to_segment(p, s.a, s.b).value > within_m + 10) continue;
        const double metres = tests::metres_to_drawn_line(p, s.a, s.b);
        if (metres > within_m) continue;
        const auto [entry, added] = nearest.insert({s.road, metres});
        if (!added) entry->second = std::min(entry->second, metres);
      }
      for (const NearMiss& miss : found.misses)
        if (miss.end == i) told[miss.to.road] = miss.to.distance.value;
      REQUIRE(told.size() == nearest.size());
      for (const auto& [road, metres] : nearest) CHECK(told.at(road) == Approx(metres).margin(1e-5));
      seen += told.size();
    }
  }
  CHECK(seen > 300);
}
