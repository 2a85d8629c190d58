// Whether polygons are what they should be: rings that neither cross themselves nor each other.
#pragma once

#include <string>
#include <vector>

#include "base/ids.hpp"
#include "base/progress.hpp"
#include "base/result.hpp"
#include "table/geometry.hpp"

namespace xiangtu::spatial {

struct Invalidity {
  RowIx row;
  std::string cause;  // English, as GEOS says it: "Self-intersection"
  geodesy::LonLat place;
};

// The rows of a polygon layer that are not valid by OGC's rules, in order. About linear in the vertices; a
// requested stop ends it early. GEOS, which judges, lives in a library of its own, xiangtu_geos.so beside the
// program, that is loaded when it is first needed. Error: it could not be.
Result<std::vector<Invalidity>> invalid_polygons(const table::GeometryColumn& polygons,
                                                 const Progress& progress);

// What that library gives. From any thread.
class PolygonJudge {
 public:
  virtual ~PolygonJudge() = default;
  virtual std::vector<Invalidity> invalid(const table::GeometryColumn& polygons,
                                          const Progress& progress) const = 0;
};

}  // namespace xiangtu::spatial
