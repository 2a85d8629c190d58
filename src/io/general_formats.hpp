// The formats that GDAL reads and writes. GDAL lives in a library of its own, xiangtu_gdal.so beside the
// program, that is loaded when it is first needed: to link GDAL with all that it brings takes several times
// as long as to answer a question from a GeoPackage.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <stop_token>
#include <string>

#include "base/result.hpp"
#include "io/feature_writer.hpp"
#include "io/shape.hpp"
#include "io/source_file.hpp"
#include "raster/source.hpp"

namespace xiangtu::io {

class GeneralFormats {
 public:
  virtual ~GeneralFormats() = default;

  // One dataset: a file, a folder that is one dataset, a connection text. `encoding`: of its texts, as the
  // user wants it; empty: found. Errors, each one sentence: no dataset, damaged, without a layer.
  virtual Result<SourceFile> open(const std::string& given, const std::string& path,
                                  const std::string& encoding) = 0;
  // See open_raster.
  virtual Result<std::shared_ptr<raster::Source>> raster(const std::string& path, std::stop_token stop) = 0;
  // A geometry in well-known binary of any type, curves made straight.
  virtual ShapeOutcome shape_of(std::span<const std::byte> wkb, table::GeometryKind kind, Shape& shape) = 0;
  // See GeoPackageWriter::create.
  virtual Result<std::unique_ptr<GeoPackageWriter>> geopackage(const std::string& path,
                                                               const std::string& crs,
                                                               const std::string& timestamp,
                                                               std::stop_token stop) = 0;
};

// Error: the library is not beside the program. From any thread.
Result<GeneralFormats*> general_formats();

}  // namespace xiangtu::io
