// The vertices of one row's geometry on their way into the table, reused from row to row.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "geodesy/position.hpp"

namespace xiangtu::io {

// Until the layer's transformation has been applied the vertices are the source's own x and y.
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
  broken,      // cannot be decoded
};

}  // namespace xiangtu::io
