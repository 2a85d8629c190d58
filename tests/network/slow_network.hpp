// A road graph the slow way: every segment is cut wherever any other of its level touches it, positions on a
// level are nodes, and ends join what has a vertex at their position on other levels. For lines on a coarse
// lattice of powers of two, where sides are exact in double.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <map>
#include <span>
#include <tuple>
#include <utility>
#include <vector>

#include "geodesy/measure.hpp"
#include "network/road_graph.hpp"
#include "table/geometry.hpp"

namespace xiangtu::tests {

class SlowNetwork {
 public:
  // levels, directions: of each row; empty: all on the ground, all both ways.
  explicit SlowNetwork(const table::GeometryColumn& lines, std::span<const std::int8_t> levels = {},
                       std::span<const network::Direction> directions = {}) {
    std::vector<Segment> segments;
    for (std::size_t row = 0; row < lines.size(); ++row) {
      const int level = levels.empty() ? 0 : levels[row];
      const auto direction = directions.empty() ? network::Direction::both : directions[row];
      for (std::size_t part = lines.part_begin(row); part < lines.part_end(row); ++part) {
        const auto line = lines.part(part);
        for (std::size_t v = 1; v < line.size(); ++v)
          segments.push_back({line[v - 1], line[v], level, direction});
        for (const geodesy::LonLat vertex : line) levels_at_[key(vertex)].push_back(level);
      }
    }
    for (const Segment& segment : segments) add_arcs(segment, segments);
    for (std::size_t part = 0; part < lines.part_count(); ++part)
      for (const geodesy::LonLat end : {lines.part(part).front(), lines.part(part).back()})
        join_levels(end, levels_at_[key(end)]);
  }

  // Metres to a position of a node from all nodes; infinite where no way leads.
  std::vector<double> to(geodesy::LonLat destination, int level = 0) {
    std::vector<double> metres(nodes_.size(), std::numeric_limits<double>::infinity());
    metres[node(destination, level)] = 0;
    for (bool better = true; better;) {
      better = false;
      for (const auto& [tail, head, length] : arcs_)
        if (metres[head] + length < metres[tail] - 1e-9) {
          metres[tail] = metres[head] + length;
          better = true;
        }
    }
    return metres;
  }
  std::size_t node(geodesy::LonLat at, int level = 0) {
    const auto [lon, lat] = key(at);
    return nodes_.try_emplace({lon, lat, level}, nodes_.size()).first->second;
  }

 private:
  struct Segment {
    geodesy::LonLat a, b;
    int level;
    network::Direction direction;
  };
  struct Arc {  // as it is travelled
    std::size_t tail, head;
    double length;
  };
  using Key = std::pair<long long, long long>;

  static Key key(geodesy::LonLat at) { return {std::llround(at.lon * 1e10), std::llround(at.lat * 1e10)}; }

  void add_arcs(const Segment& s, const std::vector<Segment>& segments) {
    std::vector<double> shares{0, 1};
    for (const Segment& t : segments)
      if (t.level == s.level) cut(s.a, s.b, t.a, t.b, shares);
    std::sort(shares.begin(), shares.end());
    geodesy::LonLat before = s.a;
    for (const double share : shares) {
      const geodesy::LonLat at{s.a.lon + share * (s.b.lon - s.a.lon), s.a.lat + share * (s.b.lat - s.a.lat)};
      const std::size_t a = node(before, s.level), b = node(at, s.level);
      const double length = geodesy::distance(before, at).value;
      if (s.direction != network::Direction::backward) arcs_.push_back({a, b, length});
      if (s.direction != network::Direction::forward) arcs_.push_back({b, a, length});
      before = at;
    }
  }

  void join_levels(geodesy::LonLat end, const std::vector<int>& levels) {
    for (const int one : levels)
      for (const int other : levels)
        if (one != other) arcs_.push_back({node(end, one), node(end, other), 0});
  }

  static void cut(geodesy::LonLat a, geodesy::LonLat b, geodesy::LonLat c, geodesy::LonLat d,
                  std::vector<double>& shares) {
    const auto cross = [](geodesy::LonLat o, geodesy::LonLat p, geodesy::LonLat q) {
      return (p.lon - o.lon) * (q.lat - o.lat) - (p.lat - o.lat) * (q.lon - o.lon);
    };
    const double east = b.lon - a.lon, north = b.lat - a.lat, squared = east * east + north * north;
    if (squared == 0) return;
    for (const geodesy::LonLat p : {c, d}) {  // an end of the other on this one
      const double along = ((p.lon - a.lon) * east + (p.lat - a.lat) * north) / squared;
      if (cross(a, b, p) == 0 && along >= 0 && along <= 1) shares.push_back(along);
    }
    const double side_c = cross(a, b, c), side_d = cross(a, b, d), side_a = cross(c, d, a),
                 side_b = cross(c, d, b);
    if (side_c * side_d < 0 && side_a * side_b < 0) shares.push_back(side_a / (side_a - side_b));
  }

  std::map<std::tuple<long long, long long, int>, std::size_t> nodes_;
  std::map<Key, std::vector<int>> levels_at_;  // of the lines with a vertex there
  std::vector<Arc> arcs_;
};

}  // namespace xiangtu::tests
