// Pictures of the ground from files and services: GeoTIFF, MBTiles, VRT, pictures with a world file, and
// map services by a GDAL service description (.xml). Read by GDAL.
#pragma once

#include <filesystem>
#include <memory>
#include <stop_token>
#include <string>

#include "base/result.hpp"
#include "raster/source.hpp"

namespace xiangtu::io {

// By its ending: .tif .tiff .vrt .mbtiles .xml .png .jpg .jpeg .jp2 .img .asc .hgt
bool names_raster(const std::filesystem::path& path);

// Errors, each one sentence: missing, no raster, without a place on the earth or a coordinate system, a
// service that does not answer; cancelled.
Result<std::shared_ptr<raster::Source>> open_raster(const std::string& path, std::stop_token stop);

}  // namespace xiangtu::io
