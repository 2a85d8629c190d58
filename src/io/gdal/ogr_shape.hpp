// Shapes out of GDAL's geometry objects, curves linearised.
#pragma once

#include <ogr_geometry.h>

#include "io/shape.hpp"
#include "table/geometry.hpp"

namespace xiangtu::io {

ShapeOutcome shape_of(const OGRGeometry& geometry, table::GeometryKind kind, Shape& shape);

// The kind of a geometry type; none for collections, unknown and no geometry.
table::GeometryKind kind_of(OGRwkbGeometryType type);
// The kind of a geometry: of a collection, that of its first member that is not empty.
table::GeometryKind kind_of(const OGRGeometry& geometry);

}  // namespace xiangtu::io
