#include "spatial/area.hpp"

#include <algorithm>

#include "base/parallel.hpp"

namespace xiangtu::spatial {

using geodesy::LonLat;
using table::GeometryColumn;
using table::GeometryKind;

namespace {

constexpr std::size_t grain = 2048;

// Positive: c lies to the left of the way from a to b.
double side(LonLat a, LonLat b, LonLat c) {
  return (b.lon - a.lon) * (c.lat - a.lat) - (b.lat - a.lat) * (c.lon - a.lon);
}

geodesy::LonLatBox box_of(LonLat a, LonLat b) {
  geodesy::LonLatBox box;
  box.add(a);
  box.add(b);
  return box;
}

// Whether the segments have a position in common, their ends included. Their boxes meet.
bool segments_meet(LonLat a, LonLat b, LonLat c, LonLat d) {
  const auto apart = [](double first, double second) {
    return (first > 0 && second > 0) || (first < 0 && second < 0);
  };
  return !apart(side(a, b, c), side(a, b, d)) && !apart(side(c, d, a), side(c, d, b));
}

// Even-odd over all rings of a polygon.
bool holds(const GeometryColumn& polygons, std::size_t row, LonLat p) {
  bool inside = false;
  for (std::size_t part = polygons.part_begin(row); part < polygons.part_end(row); ++part) {
    const auto ring = polygons.part(part);
    for (std::size_t i = 0; i + 1 < ring.size(); ++i) {
      const LonLat a = ring[i], b = ring[i + 1];
      if ((a.lat > p.lat) == (b.lat > p.lat)) continue;
      if (p.lon < a.lon + (p.lat - a.lat) / (b.lat - a.lat) * (b.lon - a.lon)) inside = !inside;
    }
  }
  return inside;
}

}  // namespace

Area::Area(std::span<const LonLat> corners) {
  if (corners.size() >= 3) {
    ring_.add_vertices(corners);
    ring_.end_part();
  }
  ring_.end_feature();
  if (!ring_.empty_at(0)) box_ = ring_.box_of(0);
  locator_ = PolygonLocator{ring_};
}

bool Area::is_crossed_by(std::span<const LonLat> line) const {
  for (std::size_t i = 0; i + 1 < line.size(); ++i) {
    const geodesy::LonLatBox box = box_of(line[i], line[i + 1]);
    if (!box.intersects(box_)) continue;
    bool crossed = false;
    locator_.visit_edges(box, [&](RowIx, LonLat a, LonLat b) {
      crossed = segments_meet(line[i], line[i + 1], a, b);
      return !crossed;
    });
    if (crossed) return true;
  }
  return false;
}

bool Area::meets(const GeometryColumn& features, std::size_t row) const {
  if (features.empty_at(row) || box_.empty()) return false;
  const geodesy::LonLatBox box = features.box_of(row);
  if (!box.intersects(box_)) return false;
  if (const auto zone = locator_.zone_of_box(box)) return zone->exists();
  const auto vertices = features.vertices_of(row);
  if (std::any_of(vertices.begin(), vertices.end(),
                  [&](LonLat p) { return box_.contains(p) && locator_.contains(RowIx{0}, p); }))
    return true;
  if (features.kind() == GeometryKind::point) return false;
  for (std::size_t part = features.part_begin(row); part < features.part_end(row); ++part)
    if (is_crossed_by(features.part(part))) return true;
  return features.kind() == GeometryKind::polygon && holds(features, row, ring_.vertices_of(0).front());
}

std::vector<RowIx> Area::rows(const GeometryColumn& features, const Progress& progress) const {
  std::vector<std::uint8_t> met(features.size(), 0);
  parallel_for(features.size(), grain, progress, [&](std::size_t begin, std::size_t end) {
    for (std::size_t row = begin; row < end; ++row) met[row] = meets(features, row);
  });
  std::vector<RowIx> rows;
  for (std::size_t row = 0; row < met.size(); ++row)
    if (met[row]) rows.emplace_back(row);
  return rows;
}

}  // namespace xiangtu::spatial
