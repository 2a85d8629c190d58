// Pictures in tests: reading and writing PNG through GDAL, comparing.
#pragma once

#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <gdal_priv.h>

#include "render/scene/image.hpp"
#include "render/test_fonts.hpp"

namespace xiangtu::test {

using render::scene::Image;

inline void write_png(const Image& image, const std::filesystem::path& path) {
  GDALAllRegister();
  GDALDriverManager& drivers = *GetGDALDriverManager();
  GDALDataset* memory =
      drivers.GetDriverByName("MEM")->Create("", image.width, image.height, 4, GDT_Byte, nullptr);
  const CPLErr done = memory->RasterIO(GF_Write, 0, 0, image.width, image.height,
                                       const_cast<std::uint8_t*>(image.rgba.data()), image.width,
                                       image.height, GDT_Byte, 4, nullptr, 4, 4 * image.width, 1, nullptr);
  if (done == CE_None)
    GDALClose(drivers.GetDriverByName("PNG")->CreateCopy(path.c_str(), memory, 0, nullptr, nullptr, nullptr));
  GDALClose(memory);
}

inline std::optional<Image> read_png(const std::filesystem::path& path) {
  if (!std::filesystem::exists(path)) return std::nullopt;
  GDALAllRegister();
  auto* dataset = static_cast<GDALDataset*>(GDALOpen(path.c_str(), GA_ReadOnly));
  if (!dataset) return std::nullopt;
  Image image{dataset->GetRasterXSize(), dataset->GetRasterYSize(), {}};
  image.rgba.resize(static_cast<std::size_t>(image.width) * static_cast<std::size_t>(image.height) * 4);
  const CPLErr done =
      dataset->RasterIO(GF_Read, 0, 0, image.width, image.height, image.rgba.data(), image.width,
                        image.height, GDT_Byte, 4, nullptr, 4, 4 * image.width, 1, nullptr);
  GDALClose(dataset);
  return done == CE_None ? std::optional{image} : std::nullopt;
}

// Share of pixels in which some channel differs by more than the tolerance; 1 when the sizes differ.
inline double difference(const Image& a, const Image& b, int tolerance) {
  if (a.width != b.width || a.height != b.height) return 1;
  std::size_t different = 0;
  for (std::size_t i = 0; i < a.rgba.size(); i += 4) {
    bool far = false;
    for (std::size_t c = 0; c < 4; ++c) far = far || std::abs(a.rgba[i + c] - b.rgba[i + c]) > tolerance;
    different += far ? 1 : 0;
  }
  return static_cast<double>(different) / (static_cast<double>(a.rgba.size()) / 4);
}

// Compares with tests/golden/NAME.png. To accept a new look run the test with XIANGTU_UPDATE_GOLDEN=1 and
// look at the picture before it is committed.
inline double difference_from_golden(const Image& image, const std::string& name) {
  const std::filesystem::path golden =
      std::filesystem::path{XIANGTU_SOURCE_DIR} / "tests/golden" / (name + ".png");
  if (std::getenv("XIANGTU_UPDATE_GOLDEN")) write_png(image, golden);
  const std::optional<Image> expected = read_png(golden);
  const double share = expected ? difference(image, *expected, 24) : 1;
  if (share > 0.005) write_png(image, std::filesystem::path{XIANGTU_BINARY_DIR} / (name + ".differs.png"));
  return share;
}

}  // namespace xiangtu::test
