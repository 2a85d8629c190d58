// Lines cut at polygon boundaries: how much of each line lies in which zone.
#pragma once

#include <span>
#include <vector>

#include "base/ids.hpp"
#include "base/large_vector.hpp"
#include "base/progress.hpp"
#include "base/quantities.hpp"
#include "base/result.hpp"
#include "spatial/polygon_locator.hpp"
#include "table/geometry.hpp"

namespace xiangtu::spatial {

struct ZonePiece {
  RowIx line;
  RowIx zone;  // none: outside every zone
  Metres length;
};

// Geodesic length of every line by zone, sorted by line, then zone (outside last); a line with no
// length has no piece. A cut segment's geodesic length is shared out by the geodesic lengths of its
// pieces, so the pieces of a line add up to its length. A stretch along a shared boundary goes to the zone
// with the lowest row (PolygonLocator's tie rule). Only segments whose box meets a boundary are cut.
// lengths_m: of each line, where they were measured before; else empty.
Result<LargeVector<ZonePiece>> length_by_zone(const table::GeometryColumn& lines, const PolygonLocator& zones,
                                              Progress& progress, std::span<const double> lengths_m = {});

// Geodesic length of every row's line; 0 where it is empty.
std::vector<Metres> lengths(const table::GeometryColumn& lines, const Progress& progress);

}  // namespace xiangtu::spatial
