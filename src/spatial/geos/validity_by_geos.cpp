#include <algorithm>
#include <iterator>
#include <memory>
#include <optional>

#include <geos_c.h>

#include "base/module.hpp"
#include "base/parallel.hpp"
#include "base/version.hpp"
#include "spatial/validity.hpp"

namespace xiangtu::spatial {

namespace {

constexpr std::size_t rows_per_task = 16;

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

// What is wrong with a row; none when nothing is.
std::optional<Invalidity> invalidity_of(const Geos& geos, const table::GeometryColumn& polygons,
                                        std::size_t row) {
  const Geometry geometry = polygon_of(geos, polygons, row);
  geodesy::LonLat at = polygons.vertices_of(row).front();
  if (!geometry) return Invalidity{RowIx{row}, "a ring is not closed", at};
  char* reason = nullptr;
  GEOSGeometry* place = nullptr;
  std::optional<Invalidity> found;
  if (GEOSisValidDetail_r(geos.handle, geometry.get(), 0, &reason, &place) == 0) {
    if (place) {
      GEOSGeomGetX_r(geos.handle, place, &at.lon);
      GEOSGeomGetY_r(geos.handle, place, &at.lat);
    }
    found = Invalidity{RowIx{row}, reason ? reason : "", at};
  }
  if (reason) GEOSFree_r(geos.handle, reason);
  if (place) GEOSGeom_destroy_r(geos.handle, place);
  return found;
}

class GeosJudge : public PolygonJudge {
 public:
  std::vector<Invalidity> invalid(const table::GeometryColumn& polygons,
                                  const Progress& progress) const override {
    const std::size_t tasks = (polygons.size() + rows_per_task - 1) / rows_per_task;
    std::vector<std::vector<Invalidity>> by_task(tasks);
    parallel_for(tasks, 1, progress, [&](std::size_t begin, std::size_t end) {
      const Geos geos;
      for (std::size_t row = begin * rows_per_task; row < std::min(end * rows_per_task, polygons.size());
           ++row) {
        if (progress.stop_requested()) return;
        if (polygons.empty_at(row)) continue;
        if (auto invalidity = invalidity_of(geos, polygons, row))
          by_task[row / rows_per_task].push_back(std::move(*invalidity));
      }
    });
    std::vector<Invalidity> found;
    for (auto& part : by_task) std::move(part.begin(), part.end(), std::back_inserter(found));
    return found;
  }
};

}  // namespace

}  // namespace xiangtu::spatial

extern "C" xiangtu::Module xiangtu_module() {
  static xiangtu::spatial::GeosJudge judge;
  return {xiangtu::version().data(), static_cast<xiangtu::spatial::PolygonJudge*>(&judge)};
}
