#include "spatial/validity.hpp"

#include <memory>

#include <geos_c.h>

namespace xiangtu::spatial {

namespace {

// One of its own for each call: GEOS handles are not shared between threads.
struct Geos {
  GEOSContextHandle_t handle = GEOS_init_r();
  Geos() = default;
  Geos(const Geos&) = delete;
  ~Geos() { GEOS_finish_r(handle); }
};

struct Destroy {
  GEOSContextHandle_t handle;
  void operator()(GEOSGeometry* geometry) const { GEOSGeom_destroy_r(handle, geometry); }
};
using Geometry = std::unique_ptr<GEOSGeometry, Destroy>;

GEOSGeometry* ring_of(const Geos& geos, std::span<const geodesy::LonLat> ring) {
  static_assert(sizeof(geodesy::LonLat) == 2 * sizeof(double));
  GEOSCoordSequence* positions =
      GEOSCoordSeq_copyFromBuffer_r(geos.handle, &ring.front().lon, static_cast<unsigned>(ring.size()), 0, 0);
  return positions ? GEOSGeom_createLinearRing_r(geos.handle, positions) : nullptr;
}

// All exteriors of a row with their holes; null where GEOS takes a ring for none at all.
Geometry polygon_of(const Geos& geos, const table::GeometryColumn& polygons, std::size_t row) {
  std::vector<GEOSGeometry*> exteriors;
  const auto drop = [&] {
    for (GEOSGeometry* exterior : exteriors) GEOSGeom_destroy_r(geos.handle, exterior);
    return Geometry{nullptr, Destroy{geos.handle}};
  };
  for (std::size_t part = polygons.part_begin(row); part < polygons.part_end(row);) {
    GEOSGeometry* shell = ring_of(geos, polygons.part(part));
    if (!shell) return drop();
    std::vector<GEOSGeometry*> holes;
    for (++part; part < polygons.part_end(row) && polygons.is_hole(part); ++part)
      if (GEOSGeometry* hole = ring_of(geos, polygons.part(part))) holes.push_back(hole);
    GEOSGeometry* polygon =
        GEOSGeom_createPolygon_r(geos.handle, shell, holes.data(), static_cast<unsigned>(holes.size()));
    if (!polygon) return drop();
    exteriors.push_back(polygon);
  }
  return Geometry{GEOSGeom_createCollection_r(geos.handle, GEOS_MULTIPOLYGON, exteriors.data(),
                                              static_cast<unsigned>(exteriors.size())),
                  Destroy{geos.handle}};
}

}  // namespace

std::vector<Invalidity> invalid_polygons(const table::GeometryColumn& polygons, const Progress& progress) {
  const Geos geos;
  std::vector<Invalidity> found;
  for (std::size_t row = 0; row < polygons.size() && !progress.stop_requested(); ++row) {
    if (polygons.empty_at(row)) continue;
    const Geometry geometry = polygon_of(geos, polygons, row);
    if (!geometry) {
      found.push_back({RowIx{row}, "a ring is not closed", polygons.vertices_of(row).front()});
      continue;
    }
    char* reason = nullptr;
    GEOSGeometry* place = nullptr;
    if (GEOSisValidDetail_r(geos.handle, geometry.get(), 0, &reason, &place) == 0) {
      geodesy::LonLat at = polygons.vertices_of(row).front();
      if (place) {
        GEOSGeomGetX_r(geos.handle, place, &at.lon);
        GEOSGeomGetY_r(geos.handle, place, &at.lat);
      }
      found.push_back({RowIx{row}, reason ? reason : "", at});
    }
    if (reason) GEOSFree_r(geos.handle, reason);
    if (place) GEOSGeom_destroy_r(geos.handle, place);
  }
  return found;
}

}  // namespace xiangtu::spatial
