// GeoPackages that SQLite alone can read, without GDAL (OGC 12-128r18).
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "io/source_layer.hpp"

namespace xiangtu::io {

// The layers as GDAL lists them, when everything in the file is plain: registered tables (no views) with
// whole-number keys; points, lines or polygons in EPSG:4490 or EPSG:4326; numbers and texts. Empty for any
// other file: GDAL knows more.
std::vector<std::unique_ptr<SourceLayer>> open_geopackage(const std::string& path);

}  // namespace xiangtu::io
