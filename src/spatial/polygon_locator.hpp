// Which polygon of a layer contains a position. Tie rule: a position on a boundary belongs to the
// polygon with the lowest row of those that touch it; so does a position where polygons overlap.
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "base/ids.hpp"
#include "base/large_vector.hpp"
#include "spatial/packed_index.hpp"
#include "spatial/zone_grid.hpp"
#include "table/geometry.hpp"

namespace xiangtu::spatial {

// Prepared for many queries: per polygon its edges in bands of latitude, so that a query looks at
// the few edges that can cross its parallel. Straight edges in longitude and latitude, as the files
// and PostGIS geometry have them; even-odd over all rings. Thread-safe after it is built.
class PolygonLocator {
 public:
  PolygonLocator() = default;
  // After a requested stop it finds nothing.
  explicit PolygonLocator(const table::GeometryColumn& polygons, const Progress& progress = Progress{});

  // The row of the polygon; none when no polygon contains it.
  RowIx locate(geodesy::LonLat p) const;
  // Where it is known at once that no boundary meets the box: the row that contains all of it, or
  // RowIx::none(). Nothing where that is not known.
  std::optional<RowIx> zone_of_box(const geodesy::LonLatBox& box) const;
  // Whether polygon `row` contains p, its boundary included.
  bool contains(RowIx row, geodesy::LonLat p) const;
  // Calls visit(row, a, b) for every edge of polygon `row` whose box meets the query, each once; visit
  // returns false to stop.
  template <class Visit>
  void visit_edges(const geodesy::LonLatBox& box, Visit&& visit) const {
    bool going = true;
    index_.query(box, [&](std::size_t row) {
      const Bands& bands = polygons_[row];
      if (bands.count == 0) return true;
      const std::uint32_t first = bands.at(box.min.lat), last = bands.at(box.max.lat);
      for (std::uint32_t band = first; going && band <= last; ++band)
        for (std::uint32_t i = band_begin_[bands.first + band];
             going && i < band_begin_[bands.first + band + 1]; ++i)
          if (edges_[i].meets(box) && band == std::max(first, bands.at(edges_[i].a_lat)))
            going = visit(RowIx{row}, edges_[i].a(), edges_[i].b());
      return going;
    });
  }

 private:
  // From south to north. Trivial, so that many are made without being touched.
  struct Edge {
    double a_lon, a_lat, b_lon, b_lat;

    geodesy::LonLat a() const { return {a_lon, a_lat}; }
    geodesy::LonLat b() const { return {b_lon, b_lat}; }
    bool meets(const geodesy::LonLatBox& box) const {
      return a_lat <= box.max.lat && b_lat >= box.min.lat && std::min(a_lon, b_lon) <= box.max.lon &&
             std::max(a_lon, b_lon) >= box.min.lon;
    }
  };
  // A polygon's stripes of latitude.
  struct Bands {
    geodesy::LonLatBox box;
    double per_degree = 0;
    std::uint32_t first = 0;  // into band_begin_
    std::uint32_t count = 0;

    std::uint32_t at(double lat) const {
      const double band = (lat - box.min.lat) * per_degree;
      return band <= 0 ? 0 : band >= count ? count - 1 : static_cast<std::uint32_t>(band);
    }
  };

  void build(const table::GeometryColumn& polygons, const Progress& progress);
  // The bands of a polygon, and how many places its edges take in them.
  static std::pair<Bands, std::uint32_t> bands_for(const table::GeometryColumn& polygons, std::size_t row);
  // Calls visit(edge) for each edge of a polygon.
  template <class Visit>
  static void each_edge(const table::GeometryColumn& polygons, std::size_t row, Visit&& visit);
  void fill(const table::GeometryColumn& polygons, std::size_t row, std::uint32_t first_edge);
  RowIx locate_by_edges(geodesy::LonLat p) const;

  std::vector<Bands> polygons_;
  LargeVector<std::uint32_t> band_begin_;  // into edges_, one more than there are bands
  LargeVector<Edge> edges_;                // by polygon and band; an edge is in each band it meets
  PackedIndex index_;
  ZoneGrid grid_;
};

}  // namespace xiangtu::spatial
