// Pieces of GeoJSON (RFC 7946), with coordinates to a millimetre or so.
#pragma once

#include <span>
#include <string>

#include "geodesy/position.hpp"

namespace xiangtu::report {

// Appends the geometry of a line; of a point where there is but one position.
void append_line_geometry(std::string& text, std::span<const geodesy::LonLat> line);

}  // namespace xiangtu::report
