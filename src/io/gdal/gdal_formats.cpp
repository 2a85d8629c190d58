// The door of xiangtu_gdal.so: see io/general_formats.hpp.
#include "base/module.hpp"
#include "base/version.hpp"
#include "io/gdal/gdal_dataset.hpp"
#include "io/gdal/gdal_raster.hpp"
#include "io/gdal/geopackage_writer.hpp"
#include "io/gdal/ogr_shape.hpp"
#include "io/general_formats.hpp"

namespace xiangtu::io {

namespace {

class GdalFormats : public GeneralFormats {
 public:
  Result<SourceFile> open(const std::string& given, const std::string& path,
                          const std::string& encoding) override {
    return open_gdal_dataset(given, path, encoding);
  }

  Result<std::shared_ptr<raster::Source>> raster(const std::string& path, std::stop_token stop) override {
    return open_gdal_raster(path, std::move(stop));
  }

  ShapeOutcome shape_of(std::span<const std::byte> wkb, table::GeometryKind kind, Shape& shape) override {
    OGRGeometry* decoded = nullptr;
    const GdalMessages messages;
    const OGRErr error =
        OGRGeometryFactory::createFromWkb(wkb.data(), nullptr, &decoded, wkb.size(), wkbVariantIso);
    const std::unique_ptr<OGRGeometry> geometry{decoded};
    return error == OGRERR_NONE && geometry ? io::shape_of(*geometry, kind, shape) : ShapeOutcome::broken;
  }

  Result<std::unique_ptr<GeoPackageWriter>> geopackage(const std::string& path, const std::string& crs,
                                                       const std::string& timestamp,
                                                       std::stop_token stop) override {
    return create_geopackage(path, crs, timestamp, std::move(stop));
  }
};

}  // namespace

}  // namespace xiangtu::io

extern "C" xiangtu::Module xiangtu_module() {
  static xiangtu::io::GdalFormats formats;
  return {xiangtu::version().data(), static_cast<xiangtu::io::GeneralFormats*>(&formats)};
}
