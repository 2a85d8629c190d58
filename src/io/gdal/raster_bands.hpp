// The bands of a raster as what they stand for: colours with transparency, or heights in metres.
#pragma once

#include <cstdint>
#include <optional>
#include <stop_token>
#include <vector>

#include <gdal_priv.h>

#include "raster/source.hpp"

namespace xiangtu::io {

// A rectangle of a raster in its pixels, read into columns × rows cells.
struct RasterWindow {
  int x = 0, y = 0, width = 0, height = 0;
  int columns = 0, rows = 0;

  std::size_t cells() const { return static_cast<std::size_t>(columns) * static_cast<std::size_t>(rows); }
  double reduction() const { return static_cast<double>(width) / columns; }
};

class RasterBands {
 public:
  // The dataset outlives it.
  explicit RasterBands(GDALDataset& dataset);

  raster::Content content() const { return content_; }

  // Both false when GDAL failed, which says why, or when a stop was requested.
  // Four bytes a cell. What is no byte is stretched by limits that are found in `sample` when first needed.
  bool read_rgba(const RasterWindow& window, const RasterWindow& sample, std::vector<std::uint8_t>& rgba,
                 const std::stop_token& stop);
  // NaN where there is no data.
  bool read_metres(const RasterWindow& window, std::vector<float>& metres, const std::stop_token& stop) const;
  // One pixel's values, as raster::Reading has them.
  bool read_pixel(int x, int y, std::vector<std::optional<double>>& values) const;

 private:
  struct Stretch {
    double low = 0, high = 255;
  };

  bool read_indexed(const RasterWindow& window, std::vector<std::uint8_t>& rgba, const std::stop_token& stop);
  bool read_colour(const RasterWindow& window, std::size_t channel, std::vector<std::uint8_t>& rgba,
                   const std::stop_token& stop);
  bool read_alpha(const RasterWindow& window, std::vector<std::uint8_t>& rgba, const std::stop_token& stop);
  bool find_stretches(const RasterWindow& sample, const std::stop_token& stop);

  raster::Content content_ = raster::Content::picture;
  std::vector<GDALRasterBand*> colours_;  // one (grey) or three
  bool indexed_ = false;                  // by a table of colours
  bool bytes_ = true;
  double scale_ = 1, offset_ = 0;   // from numbers to metres
  std::vector<Stretch> stretches_;  // by colour; empty until found
};

}  // namespace xiangtu::io
