#include "slow_twins.hpp"

#include <algorithm>
#include <limits>
#include <set>
#include <stdexcept>

#include "geodesy/measure.hpp"

namespace xiangtu::spatial::slow {

using geodesy::LonLat;
using geodesy::LonLatBox;
using table::GeometryColumn;

namespace {

__extension__ typedef __int128 Whole;

Whole magnitude(Whole value) {
  return value < 0 ? -value : value;
}
Whole common_divisor(Whole a, Whole b) {
  return b == 0 ? magnitude(a) : common_divisor(b, a % b);
}

// A share of a segment, in lowest terms.
struct Share {
  Whole over, under;  // under > 0

  static Share of(Whole over, Whole under) {
    const Whole divisor = under < 0 ? -common_divisor(over, under) : common_divisor(over, under);
    return {over / divisor, under / divisor};
  }
  bool operator<(const Share& other) const { return over * other.under < other.over * under; }
  bool inside_segment() const { return over > 0 && over < under; }
  double value() const { return static_cast<double>(over) / static_cast<double>(under); }
};

Share middle(Share a, Share b) {
  return Share::of(a.over * b.under + b.over * a.under, 2 * a.under * b.under);
}

// In 2^-40 degrees, over a common denominator.
struct Exact {
  Whole x, y;
};
struct ExactShared {
  Whole x, y, under;
};

Whole exact(double degrees) {
  const double scaled = degrees * 0x1p40;
  const auto whole = static_cast<std::int64_t>(scaled);
  if (static_cast<double>(whole) != scaled) throw std::domain_error("not a multiple of 2^-40 degrees");
  return whole;
}
Exact exact(LonLat p) {
  return {exact(p.lon), exact(p.lat)};
}
Exact operator-(Exact a, Exact b) {
  return {a.x - b.x, a.y - b.y};
}
Whole cross(Exact a, Exact b) {
  return a.x * b.y - a.y * b.x;
}

// Positive when p is left of a → b, zero when on its line.
Whole side(Exact a, Exact b, ExactShared p) {
  return (b.x - a.x) * (p.y - a.y * p.under) - (b.y - a.y) * (p.x - a.x * p.under);
}

struct Edge {
  Exact a, b;
};

bool on_edge(Edge e, ExactShared p) {
  const auto between = [&](Whole value, Whole one, Whole other) {
    return value >= std::min(one, other) * p.under && value <= std::max(one, other) * p.under;
  };
  return side(e.a, e.b, p) == 0 && between(p.x, e.a.x, e.b.x) && between(p.y, e.a.y, e.b.y);
}

// The ray from p to the south; an edge has its western end and not its eastern one.
bool crosses_ray(Edge e, ExactShared p) {
  if (e.a.x > e.b.x) std::swap(e.a, e.b);
  return e.a.x * p.under <= p.x && p.x < e.b.x * p.under && side(e.a, e.b, p) > 0;
}

std::vector<Edge> edges_of(const GeometryColumn& polygons, std::size_t row) {
  std::vector<Edge> edges;
  for (std::size_t part = polygons.part_begin(row); part < polygons.part_end(row); ++part) {
    const auto ring = polygons.part(part);
    for (std::size_t i = 1; i < ring.size(); ++i) edges.push_back({exact(ring[i - 1]), exact(ring[i])});
  }
  return edges;
}

bool contains(std::span<const Edge> edges, ExactShared p) {
  bool inside = false;
  for (const Edge& edge : edges) {
    if (on_edge(edge, p)) return true;
    if (crosses_ray(edge, p)) inside = !inside;
  }
  return inside;
}

using Zones = std::vector<std::vector<Edge>>;

RowIx locate(const Zones& zones, ExactShared p) {
  for (std::size_t row = 0; row < zones.size(); ++row)
    if (contains(zones[row], p)) return RowIx{row};
  return RowIx{};
}

// Where on s, ends excluded, the edge crosses or touches it, or begins and ends to run with it.
void add_cuts(Edge s, Edge e, std::set<Share>& cuts) {
  const auto add = [&](Share share) {
    if (share.inside_segment()) cuts.insert(share);
  };
  const Exact along = s.b - s.a, edge = e.b - e.a, offset = e.a - s.a;
  if (const Whole turn = cross(along, edge); turn != 0) {
    const Whole on_edge = turn > 0 ? cross(offset, along) : -cross(offset, along);
    if (on_edge >= 0 && on_edge <= magnitude(turn)) add(Share::of(cross(offset, edge), turn));
    return;
  }
  if (cross(along, offset) != 0) return;
  for (const Exact end : {offset, e.b - s.a})
    add(along.x != 0 ? Share::of(end.x, along.x) : Share::of(end.y, along.y));
}

// Shares the segment's length out by the lengths of its pieces.
void add_segment(LonLat a, LonLat b, const Zones& zones, LengthByZone& lengths) {
  if (a == b) return;
  const Edge s{exact(a), exact(b)};
  std::set<Share> cuts{{0, 1}, {1, 1}};
  for (const auto& edges : zones)
    for (const Edge& edge : edges) add_cuts(s, edge, cuts);
  LengthByZone pieces;
  double sum_m = 0;
  const auto at = [&](double share) {
    return LonLat{a.lon + share * (b.lon - a.lon), a.lat + share * (b.lat - a.lat)};
  };
  for (auto from = cuts.begin(), to = std::next(from); to != cuts.end(); ++from, ++to) {
    const Share half = middle(*from, *to);
    const RowIx zone = locate(zones, {s.a.x * half.under + half.over * (s.b.x - s.a.x),
                                      s.a.y * half.under + half.over * (s.b.y - s.a.y), half.under});
    const double piece_m = geodesy::distance(at(from->value()), at(to->value())).value;
    pieces[zone] += piece_m;
    sum_m += piece_m;
  }
  if (sum_m == 0) return;
  for (const auto& [zone, piece_m] : pieces) lengths[zone] += geodesy::distance(a, b).value * piece_m / sum_m;
}

}  // namespace

std::vector<std::size_t> query(std::span<const LonLatBox> boxes, const LonLatBox& box) {
  std::vector<std::size_t> found;
  for (std::size_t i = 0; i < boxes.size(); ++i) {
    const bool west = boxes[i].max.lon<box.min.lon, east = boxes[i].min.lon> box.max.lon;
    const bool south = boxes[i].max.lat<box.min.lat, north = boxes[i].min.lat> box.max.lat;
    if (!boxes[i].empty() && !box.empty() && !west && !east && !south && !north) found.push_back(i);
  }
  return found;
}

bool contains(const GeometryColumn& polygons, RowIx row, LonLat p) {
  return contains(edges_of(polygons, row.value), {exact(p.lon), exact(p.lat), 1});
}

RowIx locate(const GeometryColumn& polygons, LonLat p) {
  for (std::size_t row = 0; row < polygons.size(); ++row)
    if (contains(polygons, RowIx{row}, p)) return RowIx{row};
  return RowIx{};
}

std::vector<Metres> distances(const GeometryColumn& features, LonLat p) {
  std::vector<Metres> distances(features.size(), {std::numeric_limits<double>::infinity()});
  for (std::size_t row = 0; row < features.size(); ++row)
    for (std::size_t part = features.part_begin(row); part < features.part_end(row); ++part) {
      const auto line = features.part(part);
      if (line.size() == 1)
        distances[row] = std::min(distances[row], geodesy::distance_to_segment(p, line[0], line[0]));
      for (std::size_t i = 1; i < line.size(); ++i)
        distances[row] = std::min(distances[row], geodesy::distance_to_segment(p, line[i - 1], line[i]));
    }
  return distances;
}

Counts within(std::span<const Metres> distances, Metres distance, std::span<const Counts> counts) {
  Counts best = Counts::no;
  for (std::size_t row = 0; row < distances.size(); ++row)
    if (distances[row] <= distance) best = std::max(best, counts[row]);
  return best;
}

SegmentIndex::Nearest nearest(std::span<const Metres> distances, Metres within) {
  SegmentIndex::Nearest best{RowIx{}, {std::numeric_limits<double>::infinity()}, {}};
  for (std::size_t row = 0; row < distances.size(); ++row)
    if (distances[row] <= within && distances[row] < best.distance) best = {RowIx{row}, distances[row], {}};
  return best;
}

std::vector<LengthByZone> length_by_zone(const GeometryColumn& lines, const GeometryColumn& zones) {
  Zones edges;
  for (std::size_t row = 0; row < zones.size(); ++row) edges.push_back(edges_of(zones, row));
  std::vector<LengthByZone> lengths(lines.size());
  for (std::size_t row = 0; row < lines.size(); ++row)
    for (std::size_t part = lines.part_begin(row); part < lines.part_end(row); ++part) {
      const auto line = lines.part(part);
      for (std::size_t i = 1; i < line.size(); ++i) add_segment(line[i - 1], line[i], edges, lengths[row]);
    }
  return lengths;
}

std::vector<double> lengths(const GeometryColumn& lines) {
  std::vector<double> lengths(lines.size(), 0);
  for (std::size_t row = 0; row < lines.size(); ++row)
    for (std::size_t part = lines.part_begin(row); part < lines.part_end(row); ++part) {
      const auto line = lines.part(part);
      for (std::size_t i = 1; i < line.size(); ++i)
        lengths[row] += geodesy::distance(line[i - 1], line[i]).value;
    }
  return lengths;
}

}  // namespace xiangtu::spatial::slow
