// A road graph the slow way: every segment is cut wherever any other touches it, positions are nodes. For
// lines on a coarse lattice of powers of two, where sides are exact in double.
#pragma once

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <utility>
#include <vector>

#include "geodesy/measure.hpp"
#include "table/geometry.hpp"

namespace xiangtu::tests {

class SlowNetwork {
 public:
  explicit SlowNetwork(const table::GeometryColumn& lines) {
    struct Segment {
      geodesy::LonLat a, b;
    };
    std::vector<Segment> segments;
    for (std::size_t part = 0; part < lines.part_count(); ++part)
      for (std::size_t v = 1; v < lines.part(part).size(); ++v)
        segments.push_back({lines.part(part)[v - 1], lines.part(part)[v]});
    for (const Segment& s : segments) {
      std::vector<double> shares{0, 1};
      for (const Segment& t : segments) cut(s.a, s.b, t.a, t.b, shares);
      std::sort(shares.begin(), shares.end());
      geodesy::LonLat before = s.a;
      for (const double share : shares) {
        const geodesy::LonLat at{s.a.lon + share * (s.b.lon - s.a.lon),
                                 s.a.lat + share * (s.b.lat - s.a.lat)};
        edges_.push_back({node(before), node(at), geodesy::distance(before, at).value});
        before = at;
      }
    }
  }

  // Metres between two positions of nodes; infinite where no way leads.
  std::vector<double> from(geodesy::LonLat start) {
    std::vector<double> metres(nodes_.size(), std::numeric_limits<double>::infinity());
    metres[node(start)] = 0;
    for (bool better = true; better;) {
      better = false;
      for (const auto& [a, b, length] : edges_)
        for (const auto& [from, to] : {std::pair{a, b}, {b, a}})
          if (metres[from] + length < metres[to] - 1e-9) {
            metres[to] = metres[from] + length;
            better = true;
          }
    }
    return metres;
  }
  std::size_t node(geodesy::LonLat at) {
    return nodes_.try_emplace({std::llround(at.lon * 1e10), std::llround(at.lat * 1e10)}, nodes_.size())
        .first->second;
  }

 private:
  struct Edge {
    std::size_t a, b;
    double length;
  };

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

  std::map<std::pair<long long, long long>, std::size_t> nodes_;
  std::vector<Edge> edges_;
};

}  // namespace xiangtu::tests
