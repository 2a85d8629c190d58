#include "spatial/validity.hpp"

#include "base/module.hpp"

namespace xiangtu::spatial {

Result<std::vector<Invalidity>> invalid_polygons(const table::GeometryColumn& polygons,
                                                 const Progress& progress) {
  static const Result<void*> loaded = load_module("xiangtu_geos.so");
  if (!loaded) return loaded.issue();
  return static_cast<const PolygonJudge*>(*loaded)->invalid(polygons, progress);
}

}  // namespace xiangtu::spatial
