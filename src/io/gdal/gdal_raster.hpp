// Rasters as sources of tiles: handles shared out to the threads that ask.
#pragma once

#include <memory>
#include <stop_token>
#include <string>

#include "base/result.hpp"
#include "raster/source.hpp"

namespace xiangtu::io {

// See open_raster.
Result<std::shared_ptr<raster::Source>> open_gdal_raster(const std::string& path, std::stop_token stop);

}  // namespace xiangtu::io
