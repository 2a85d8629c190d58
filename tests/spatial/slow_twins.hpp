// The slow, obvious twin of every fast kernel: scans over everything, exact integers in place of
// rounded sides. No index, no bands, no frame, no code of the kernels.
#pragma once

#include <map>
#include <span>
#include <vector>

#include "spatial/length_by_zone.hpp"
#include "spatial/within_distance.hpp"

namespace xiangtu::spatial::slow {

// The items whose boxes meet the query, edges and corners included; an empty box meets nothing.
std::vector<std::size_t> query(std::span<const geodesy::LonLatBox> boxes, const geodesy::LonLatBox& box);

// Whether the polygon contains p: on one of its edges, or inside by even-odd over all rings (the ray runs
// south). A ring of one vertex has no edge and contains nothing. Exact in integers: every coordinate must
// be a multiple of 2^-40 degrees, else it throws.
bool contains(const table::GeometryColumn& polygons, RowIx row, geodesy::LonLat p);
// The lowest row that contains p.
RowIx locate(const table::GeometryColumn& polygons, geodesy::LonLat p);

// From p to each row, as far as the nearest segment of any of its parts; infinite without geometry.
std::vector<Metres> distances(const table::GeometryColumn& features, geodesy::LonLat p);
// Out of these: what the rows within the distance, inclusive, count for at best.
Counts within(std::span<const Metres> distances, Metres distance, std::span<const Counts> counts);
// Out of these: the nearest within the distance, inclusive; of rows equally far the lowest.
SegmentIndex::Nearest nearest(std::span<const Metres> distances, Metres within);

// Geodesic length of each row by zone. Every segment, straight in longitude and latitude, is cut at every
// edge of every zone in exact shares; the lowest row that contains a piece's middle has the piece. The
// segment's length is shared out by the lengths of its pieces. Coordinates as for `contains`.
using LengthByZone = std::map<RowIx, double>;  // metres
std::vector<LengthByZone> length_by_zone(const table::GeometryColumn& lines,
                                         const table::GeometryColumn& zones);

std::vector<double> lengths(const table::GeometryColumn& lines);

}  // namespace xiangtu::spatial::slow
