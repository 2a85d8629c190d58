#include "spatial/polygon_locator.hpp"

#include <algorithm>
#include <cmath>

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

std::uint32_t band_of(double lat, double low, double bands_per_degree, std::uint32_t count) {
  const double band = (lat - low) * bands_per_degree;
  return band <= 0 ? 0 : std::min(static_cast<std::uint32_t>(band), count - 1);
}

}  // namespace

PolygonLocator::PolygonLocator(const table::GeometryColumn& polygons, const Progress& progress) {
  std::vector<LonLatBox> boxes(polygons.size());
  polygons_.reserve(polygons.size());
  for (std::size_t row = 0; row < polygons.size(); ++row) {
    if (progress.stop_requested()) return;
    prepare(polygons, row);
    boxes[row] = polygons_.back().box;
  }
  index_ = PackedIndex(boxes, progress);
  grid_ = ZoneGrid(
      polygons, [this](LonLat p) { return locate_by_edges(p); }, progress);
}

void PolygonLocator::prepare(const table::GeometryColumn& polygons, std::size_t row) {
  constexpr std::size_t edges_per_band = 4;
  constexpr std::uint64_t most_copies = 8;  // of each edge on average; long edges are in many bands
  Bands bands;
  bands.box = polygons.box_of(row);
  bands.first_band = static_cast<std::uint32_t>(band_begin_.size() - 1);
  const std::size_t vertices = polygons.vertices_of(row).size();
  if (vertices > 0) {
    bands.band_count = static_cast<std::uint32_t>(vertices / edges_per_band + 1);
  }
  const double height = bands.box.max.lat - bands.box.min.lat;
  const auto band = [&](double lat) {
    return band_of(lat, bands.box.min.lat, bands.bands_per_degree, bands.band_count);
  };
  const auto each_edge = [&](auto&& visit) {
    for (std::size_t part = polygons.part_begin(row); part < polygons.part_end(row); ++part) {
      const auto ring = polygons.part(part);
      for (std::size_t i = 0; i + 1 < ring.size(); ++i) {
        const bool upwards = ring[i].lat < ring[i + 1].lat ||
                             (ring[i].lat == ring[i + 1].lat && ring[i].lon < ring[i + 1].lon);
        visit(upwards ? Edge{ring[i], ring[i + 1]} : Edge{ring[i + 1], ring[i]});
      }
    }
  };
  for (;; bands.band_count /= 2) {
    bands.bands_per_degree = height > 0 ? bands.band_count / height : 0;
    std::uint64_t copies = 0;
    each_edge([&](const Edge& edge) { copies += band(edge.b.lat) - band(edge.a.lat) + 1; });
    if (bands.band_count <= 1 || copies <= most_copies * vertices) break;
  }

  std::vector<std::uint32_t> filled(bands.band_count, 0);
  each_edge([&](const Edge& edge) {
    for (std::uint32_t i = band(edge.a.lat); i <= band(edge.b.lat); ++i) ++filled[i];
  });
  std::uint32_t end = band_begin_.back();
  for (std::uint32_t& count : filled) {
    const std::uint32_t begin = end;
    end += count;
    count = begin;
    band_begin_.push_back(end);
  }
  edges_.resize(end);
  each_edge([&](const Edge& edge) {
    for (std::uint32_t i = band(edge.a.lat); i <= band(edge.b.lat); ++i) edges_[filled[i]++] = edge;
  });
  polygons_.push_back(bands);
}

bool PolygonLocator::contains(RowIx row, LonLat p) const {
  const Bands& bands = polygons_[row.value];
  if (bands.band_count == 0 || !bands.box.contains(p)) return false;
  const std::uint32_t band =
      bands.first_band + band_of(p.lat, bands.box.min.lat, bands.bands_per_degree, bands.band_count);
  bool inside = false;
  for (std::uint32_t i = band_begin_[band]; i < band_begin_[band + 1]; ++i) {
    const auto [a, b] = edges_[i];
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
