// Whether polygons are what they should be: rings that neither cross themselves nor each other.
#pragma once

#include <string>
#include <vector>

#include "base/ids.hpp"
#include "base/progress.hpp"
#include "table/geometry.hpp"

namespace xiangtu::spatial {

struct Invalidity {
  RowIx row;
  std::string cause;  // English, as GEOS says it: "Self-intersection"
  geodesy::LonLat place;
};

// The rows of a polygon layer that are not valid by OGC's rules (GEOS), in order. About linear in the
// vertices; a requested stop ends it early.
std::vector<Invalidity> invalid_polygons(const table::GeometryColumn& polygons, const Progress& progress);

}  // namespace xiangtu::spatial
