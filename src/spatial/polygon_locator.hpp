// Which polygon of a layer contains a position. Tie rule: a position on a boundary belongs to the
// polygon with the lowest row of those that touch it; so does a position where polygons overlap.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "base/ids.hpp"
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
  // After a requested stop it is of no use.
  explicit PolygonLocator(const table::GeometryColumn& polygons, const Progress& progress = Progress{});

  // The row of the polygon; none when no polygon contains it.
  RowIx locate(geodesy::LonLat p) const;
  // Where it is known at once that no boundary meets the box: the row that contains all of it, or
  // RowIx::none(). Nothing where that is not known.
  std::optional<RowIx> zone_of_box(const geodesy::LonLatBox& box) const;
  // Whether polygon `row` contains p, its boundary included.
  bool contains(RowIx row, geodesy::LonLat p) const;

 private:
  struct Edge {
    geodesy::LonLat a, b;  // from south to north
  };
  struct Bands {
    geodesy::LonLatBox box;
    double bands_per_degree = 0;
    std::uint32_t first_band = 0;  // into band_begin_
    std::uint32_t band_count = 0;
  };

  void prepare(const table::GeometryColumn& polygons, std::size_t row);
  RowIx locate_by_edges(geodesy::LonLat p) const;

  std::vector<Bands> polygons_;
  std::vector<std::uint32_t> band_begin_{0};  // into edges_
  std::vector<Edge> edges_;                   // by polygon and band; an edge is in each band it meets
  PackedIndex index_;
  ZoneGrid grid_;
};

}  // namespace xiangtu::spatial
