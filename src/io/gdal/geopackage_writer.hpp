// GeoPackages written by GDAL.
#pragma once

#include <memory>
#include <stop_token>
#include <string>

#include "io/feature_writer.hpp"

namespace xiangtu::io {

// See GeoPackageWriter::create.
Result<std::unique_ptr<GeoPackageWriter>> create_geopackage(const std::string& path, const std::string& crs,
                                                            const std::string& timestamp,
                                                            std::stop_token stop);

}  // namespace xiangtu::io
