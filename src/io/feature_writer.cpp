#include "io/feature_writer.hpp"

#include "io/general_formats.hpp"

namespace xiangtu::io {

Result<std::unique_ptr<GeoPackageWriter>> GeoPackageWriter::create(const std::string& path,
                                                                   const std::string& crs,
                                                                   const std::string& timestamp,
                                                                   std::stop_token stop) {
  const Result<GeneralFormats*> formats = general_formats();
  if (!formats) return formats.issue();
  return (*formats)->geopackage(path, crs, timestamp, std::move(stop));
}

}  // namespace xiangtu::io
