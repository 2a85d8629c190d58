// A GeoPackage's geometry blob decoded straight into a Shape, without an object per geometry.
#pragma once

#include <cstddef>
#include <optional>
#include <span>

#include "io/shape.hpp"
#include "table/geometry.hpp"

namespace xiangtu::io {

// OGC 12-128r18, clause 2.1.3: header, envelope, then WKB (ISO 19125, also with Z and M in either way of
// writing them; they are passed over). Fills the shape with the parts of the kind asked for. None for what
// is better left to GDAL: curves, surfaces of other kinds, extended blobs.
std::optional<ShapeOutcome> decode_gpkg_geometry(std::span<const std::byte> blob, table::GeometryKind kind,
                                                 Shape& shape);

// What follows the header and the envelope: well-known binary. Empty for what is no such blob.
std::span<const std::byte> wkb_of(std::span<const std::byte> blob);

// The coordinates, pairs of doubles in the machine's order, where the blob is nothing but one point or one
// line in two dimensions, as most are; empty for anything else.
std::span<const std::byte> plain_positions(std::span<const std::byte> blob, table::GeometryKind kind);

}  // namespace xiangtu::io
