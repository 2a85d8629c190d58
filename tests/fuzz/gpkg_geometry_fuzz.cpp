// The geometry blobs of GeoPackages.
#include <cstddef>
#include <cstdint>
#include <span>

#include "io/gpkg_geometry.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using xiangtu::table::GeometryKind;
  xiangtu::io::Shape shape;
  for (const GeometryKind kind : {GeometryKind::point, GeometryKind::line, GeometryKind::polygon})
    (void)xiangtu::io::decode_gpkg_geometry(std::as_bytes(std::span{data, size}), kind, shape);
  return 0;
}
