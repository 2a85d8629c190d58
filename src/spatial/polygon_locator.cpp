#include "spatial/polygon_locator.hpp"

#include <algorithm>
#include <tuple>

#include "base/parallel.hpp"

namespace xiangtu::spatial {

using geodesy::LonLat;
using geodesy::LonLatBox;

namespace {

// Positive when p is left of a → b. Rounded: near an edge the sign may be wrong, but since every edge is
// asked from its lower end up, two polygons that share it get the same sign and one of them has p.
double side(LonLat a, LonLat b, LonLat p) {
  return (b.lon - a.lon) * (p.lat - a.lat) - (b.lat - a.lat) * (p.lon - a.lon);
}

bool on_edge(LonLat a, LonLat b, LonLat p) {
  if (p == a || p == b) return true;
  return side(a, b, p) == 0 && p.lon >= std::min(a.lon, b.lon) && p.lon <= std::max(a.lon, b.lon) &&
         p.lat >= std::min(a.lat, b.lat) && p.lat <= std::max(a.lat, b.lat);
}

constexpr std::size_t polygons_per_task = 16;

}  // namespace

template <class Visit>
void PolygonLocator::each_edge(const table::GeometryColumn& polygons, std::size_t row, Visit&& visit) {
  for (std::size_t part = polygons.part_begin(row); part < polygons.part_end(row); ++part) {
    const auto ring = polygons.part(part);
    for (std::size_t i = 0; i + 1 < ring.size(); ++i) {
      LonLat a = ring[i], b = ring[i + 1];
      if (a.lat > b.lat || (a.lat == b.lat && a.lon > b.lon)) std::swap(a, b);
      visit(Edge{a.lon, a.lat, b.lon, b.lat});
    }
  }
}

PolygonLocator::PolygonLocator(const table::GeometryColumn& polygons, const Progress& progress) {
  build(polygons, progress);
  if (!progress.stop_requested()) return;
  *this = PolygonLocator{};  // some of it is not filled
  polygons_.resize(polygons.size());
}

void PolygonLocator::build(const table::GeometryColumn& polygons, const Progress& progress) {
  polygons_.resize(polygons.size());
  std::vector<std::uint32_t> places(polygons.size());
  parallel_for(polygons.size(), polygons_per_task, progress, [&](std::size_t begin, std::size_t end) {
    for (std::size_t row = begin; row < end; ++row)
      std::tie(polygons_[row], places[row]) = bands_for(polygons, row);
  });
  std::vector<LonLatBox> boxes(polygons.size());
  std::uint32_t bands = 0, edges = 0;
  for (std::size_t row = 0; row < polygons.size(); ++row) {
    boxes[row] = polygons_[row].box;
    polygons_[row].first = bands;
    bands += polygons_[row].count;
    edges += std::exchange(places[row], edges);
  }
  if (progress.stop_requested()) return;
  band_begin_.resize(bands + 1);
  band_begin_[bands] = edges;
  edges_.resize(edges);
  parallel_for(polygons.size(), polygons_per_task, progress, [&](std::size_t begin, std::size_t end) {
    for (std::size_t row = begin; row < end; ++row) fill(polygons, row, places[row]);
  });
  if (progress.stop_requested()) return;
  index_ = PackedIndex(boxes, progress);
  if (progress.stop_requested()) return;
  grid_ = ZoneGrid(
      polygons, [this](LonLat p) { return locate_by_edges(p); }, progress);
}

auto PolygonLocator::bands_for(const table::GeometryColumn& polygons, std::size_t row)
    -> std::pair<Bands, std::uint32_t> {
  constexpr std::size_t edges_per_band = 4;
  constexpr std::uint64_t most_copies = 8;  // of each edge on average; long edges are in many bands
  const std::size_t vertices = polygons.vertices_of(row).size();
  Bands bands;
  bands.box = polygons.box_of(row);
  if (vertices == 0) return {bands, 0};
  const double height = bands.box.max.lat - bands.box.min.lat;
  bands.count = static_cast<std::uint32_t>(vertices / edges_per_band + 1);
  for (;; bands.count /= 2) {
    bands.per_degree = height > 0 ? bands.count / height : 0;
    std::uint64_t places = 0;
    each_edge(polygons, row,
              [&](const Edge& edge) { places += bands.at(edge.b_lat) - bands.at(edge.a_lat) + 1; });
    if (bands.count <= 1 || places <= most_copies * vertices)
      return {bands, static_cast<std::uint32_t>(places)};
  }
}

// Counts the edges of each band, then puts each into its bands.
void PolygonLocator::fill(const table::GeometryColumn& polygons, std::size_t row, std::uint32_t first_edge) {
  const Bands& bands = polygons_[row];
  std::vector<std::uint32_t> next(bands.count, 0);
  each_edge(polygons, row, [&](const Edge& edge) {
    for (std::uint32_t band = bands.at(edge.a_lat); band <= bands.at(edge.b_lat); ++band) ++next[band];
  });
  for (std::uint32_t band = 0; band < bands.count; ++band) {
    band_begin_[bands.first + band] = first_edge;
    first_edge += std::exchange(next[band], first_edge);
  }
  each_edge(polygons, row, [&](const Edge& edge) {
    for (std::uint32_t band = bands.at(edge.a_lat); band <= bands.at(edge.b_lat); ++band)
      edges_[next[band]++] = edge;
  });
}

bool PolygonLocator::contains(RowIx row, LonLat p) const {
  const Bands& bands = polygons_[row.value];
  if (bands.count == 0 || !bands.box.contains(p)) return false;
  const std::uint32_t band = bands.first + bands.at(p.lat);
  bool inside = false;
  for (std::uint32_t i = band_begin_[band]; i < band_begin_[band + 1]; ++i) {
    const LonLat a = edges_[i].a(), b = edges_[i].b();
    if (on_edge(a, b, p)) return true;
    if ((a.lat > p.lat) == (b.lat > p.lat)) continue;
    if (side(a, b, p) > 0) inside = !inside;
  }
  return inside;
}

RowIx PolygonLocator::locate(LonLat p) const {
  const auto known = grid_.zone_at(p);
  return known ? *known : locate_by_edges(p);
}

std::optional<RowIx> PolygonLocator::zone_of_box(const LonLatBox& box) const {
  return grid_.zone_of(box);
}

RowIx PolygonLocator::locate_by_edges(LonLat p) const {
  RowIx lowest;
  index_.query({p, p}, [&](std::size_t row) {
    if (row < lowest.value && contains(RowIx{row}, p)) lowest = RowIx{row};
    return true;
  });
  return lowest;
}

}  // namespace xiangtu::spatial
