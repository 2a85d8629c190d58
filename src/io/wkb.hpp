// Shapes out of well-known binary (ISO and the older EWKB of PostGIS), without an object a geometry.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "geodesy/position.hpp"
#include "table/geometry.hpp"

namespace xiangtu::io {

// The vertices of one row's geometry, reused from row to row. Until the layer's transformation has
// been applied the vertices are the source's own x and y.
struct Shape {
  struct Part {
    std::size_t end = 0;  // one past its last vertex
    bool hole = false;
  };
  std::vector<geodesy::LonLat> vertices;
  std::vector<Part> parts;

  void clear() {
    vertices.clear();
    parts.clear();
  }
  void end_part(bool hole = false) { parts.push_back({vertices.size(), hole}); }
};

enum class ShapeOutcome : std::uint8_t {
  taken,
  empty,
  other_kind,  // a geometry, but not of the kind asked for
  curved,      // has curves or surfaces: the caller linearises it
  broken,      // not well-known binary, or cut off
};

// Adds the geometry's parts of the kind asked for to the shape; Z and M are dropped. A collection
// gives its parts of that kind. Allocates nothing beyond the shape; never reads outside the bytes.
ShapeOutcome decode_wkb(std::span<const std::byte> bytes, table::GeometryKind kind, Shape& shape);

// Bytes before the well-known binary in a GeoPackage geometry; 0 where the blob is none, and
// `empty` tells whether its header says that the geometry is empty.
std::size_t geopackage_header_size(std::span<const std::byte> blob, bool& empty);

}  // namespace xiangtu::io
