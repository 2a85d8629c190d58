// The door of xiangtu_gdal.so: see io/general_formats.hpp.
#include <cstdint>

#include <cpl_vsi.h>
#include <gdal_priv.h>

#include "base/module.hpp"
#include "base/version.hpp"
#include "io/gdal/gdal_dataset.hpp"
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

  std::string png(std::span<const std::uint8_t> rgba, int width, int height) override;
};

std::string GdalFormats::png(std::span<const std::uint8_t> rgba, int width, int height) {
  start_gdal();
  auto* drivers = GetGDALDriverManager();
  GDALDriver* memory = drivers->GetDriverByName("MEM");
  GDALDriver* encoder = drivers->GetDriverByName("PNG");
  if (!memory || !encoder) return {};
  const GDALDatasetUniquePtr picture(memory->Create("", width, height, 4, GDT_Byte, nullptr));
  auto* pixels = const_cast<std::uint8_t*>(rgba.data());
  if (!picture || picture->RasterIO(GF_Write, 0, 0, width, height, pixels, width, height, GDT_Byte, 4,
                                    nullptr, 4, GSpacing{4} * width, 1, nullptr) != CE_None)
    return {};
  for (int band = 1; band <= 4; ++band)
    picture->GetRasterBand(band)->SetColorInterpretation(
        static_cast<GDALColorInterp>(GCI_RedBand + band - 1));
  const std::string inner =
      "/vsimem/xiangtu-" + std::to_string(reinterpret_cast<std::uintptr_t>(&picture)) + ".png";
  GDALClose(encoder->CreateCopy(inner.c_str(), picture.get(), FALSE, nullptr, nullptr, nullptr));
  vsi_l_offset size = 0;
  GByte* bytes = VSIGetMemFileBuffer(inner.c_str(), &size, TRUE);
  if (!bytes) return {};
  std::string encoded{reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(size)};
  VSIFree(bytes);
  return encoded;
}

}  // namespace

}  // namespace xiangtu::io

extern "C" xiangtu::Module xiangtu_module() {
  static xiangtu::io::GdalFormats formats;
  return {xiangtu::version().data(), static_cast<xiangtu::io::GeneralFormats*>(&formats)};
}
