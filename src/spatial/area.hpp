// An area that a user drew, and which features meet it.
#pragma once

#include <span>
#include <vector>

#include "base/ids.hpp"
#include "base/progress.hpp"
#include "spatial/polygon_locator.hpp"
#include "table/geometry.hpp"

namespace xiangtu::spatial {

// Inside by even-odd, the boundary included; sides are straight in longitude and latitude.
class Area {
 public:
  // Corners in either direction, the last joined to the first; with fewer than three there is no inside and
  // nothing meets it. The sides may cross.
  explicit Area(std::span<const geodesy::LonLat> corners);

  // Whether any part of the feature lies in the area or on its boundary: a point or vertex of it, a side that
  // crosses, or a polygon that holds the whole area. Exact but for rounding in a side test.
  bool meets(const table::GeometryColumn& features, std::size_t row) const;
  // The rows that meet it, ascending; on several threads. After a requested stop some are left out.
  std::vector<RowIx> rows(const table::GeometryColumn& features, const Progress& progress) const;

 private:
  bool is_crossed_by(std::span<const geodesy::LonLat> line) const;

  table::GeometryColumn ring_{table::GeometryKind::polygon};
  geodesy::LonLatBox box_;
  PolygonLocator locator_;
};

}  // namespace xiangtu::spatial
