#include "io/gdal/raster_bands.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string_view>

namespace xiangtu::io {

namespace {

constexpr double void_mark = -32767;  // heights at or below are voids, whether or not the file says so
constexpr double least_share = 0.02;  // of a sample's values that a stretch leaves out at each end

int CPL_STDCALL go_on(double, const char*, void* stop) {
  return !static_cast<const std::stop_token*>(stop)->stop_requested();
}

bool read_band(GDALRasterBand& band, const RasterWindow& window, GDALRIOResampleAlg algorithm, void* out,
               GDALDataType type, int cell_bytes, const std::stop_token& stop) {
  GDALRasterIOExtraArg extra;
  INIT_RASTERIO_EXTRA_ARG(extra);
  extra.eResampleAlg = algorithm;
  extra.pfnProgress = go_on;
  extra.pProgressData = const_cast<std::stop_token*>(&stop);
  return band.RasterIO(GF_Read, window.x, window.y, window.width, window.height, out, window.columns,
                       window.rows, type, cell_bytes, static_cast<GSpacing>(cell_bytes) * window.columns,
                       &extra) == CE_None &&
         !stop.stop_requested();
}

GDALRIOResampleAlg algorithm_for(const RasterWindow& window) {
  return window.reduction() > 1 ? GRIORA_Average : GRIORA_NearestNeighbour;
}

bool holds_heights(GDALRasterBand& band) {
  const GDALDataType type = band.GetRasterDataType();
  return (type == GDT_Int16 || type == GDT_Int32 || type == GDT_Float32 || type == GDT_Float64) &&
         !band.GetColorTable();
}

double metres_of_unit(std::string_view unit) {
  if (unit == "ft" || unit == "foot" || unit == "feet") return 0.3048;
  if (unit == "US survey foot" || unit == "us-ft") return 1200.0 / 3937;
  return 1;
}

}  // namespace

RasterBands::RasterBands(GDALDataset& dataset) {
  std::vector<GDALRasterBand*> bands;
  for (int i = 1; i <= dataset.GetRasterCount(); ++i)
    if (dataset.GetRasterBand(i)->GetColorInterpretation() != GCI_AlphaBand)
      bands.push_back(dataset.GetRasterBand(i));
  if (bands.empty()) bands.push_back(dataset.GetRasterBand(1));
  const auto named = [&](GDALColorInterp colour, std::size_t place) {
    const auto found = std::find_if(bands.begin(), bands.end(), [colour](GDALRasterBand* band) {
      return band->GetColorInterpretation() == colour;
    });
    return found == bands.end() ? bands[place] : *found;
  };
  if (bands.size() >= 3)
    colours_ = {named(GCI_RedBand, 0), named(GCI_GreenBand, 1), named(GCI_BlueBand, 2)};
  else
    colours_ = {bands.front()};
  GDALRasterBand& first = *colours_.front();
  bytes_ = first.GetRasterDataType() == GDT_Byte;
  indexed_ = colours_.size() == 1 && first.GetColorTable();
  if (bands.size() > 1 || !holds_heights(first)) return;
  content_ = raster::Content::heights;
  const double unit = metres_of_unit(first.GetUnitType());
  scale_ = first.GetScale() * unit;
  offset_ = first.GetOffset() * unit;
}

bool RasterBands::read_rgba(const RasterWindow& window, const RasterWindow& sample,
                            std::vector<std::uint8_t>& rgba, const std::stop_token& stop) {
  rgba.assign(window.cells() * 4, 255);
  if (indexed_) return read_indexed(window, rgba, stop);
  if (!bytes_ && stretches_.empty() && !find_stretches(sample, stop)) return false;
  for (std::size_t channel = 0; channel < colours_.size(); ++channel)
    if (!read_colour(window, channel, rgba, stop)) return false;
  if (colours_.size() == 1)
    for (std::size_t i = 0; i < rgba.size(); i += 4) rgba[i + 1] = rgba[i + 2] = rgba[i];
  return read_alpha(window, rgba, stop);
}

bool RasterBands::read_pixel(int x, int y, std::vector<std::optional<double>>& values) const {
  for (GDALRasterBand* band : colours_) {
    double value = 0;
    std::uint8_t there = 255;  // by the value for no data, a mask or the transparency
    if (band->RasterIO(GF_Read, x, y, 1, 1, &value, 1, 1, GDT_Float64, 0, 0, nullptr) != CE_None ||
        band->GetMaskBand()->RasterIO(GF_Read, x, y, 1, 1, &there, 1, 1, GDT_Byte, 0, 0, nullptr) != CE_None)
      return false;
    const bool heights = content_ == raster::Content::heights;
    values.push_back(there == 0 || std::isnan(value) ? std::nullopt
                     : heights                       ? std::optional{value * scale_ + offset_}
                                                     : std::optional{value});
  }
  return true;
}

bool RasterBands::read_indexed(const RasterWindow& window, std::vector<std::uint8_t>& rgba,
                               const std::stop_token& stop) {
  std::vector<std::uint16_t> numbers(window.cells());
  // Numbers of colours cannot be averaged.
  if (!read_band(*colours_.front(), window, GRIORA_NearestNeighbour, numbers.data(), GDT_UInt16, 2, stop))
    return false;
  const GDALColorTable& table = *colours_.front()->GetColorTable();
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    GDALColorEntry entry{0, 0, 0, 0};
    if (numbers[i] < table.GetColorEntryCount()) table.GetColorEntryAsRGB(numbers[i], &entry);
    const short channels[] = {entry.c1, entry.c2, entry.c3, entry.c4};
    for (std::size_t c = 0; c < 4; ++c) rgba[i * 4 + c] = static_cast<std::uint8_t>(channels[c]);
  }
  return read_alpha(window, rgba, stop);
}

bool RasterBands::read_colour(const RasterWindow& window, std::size_t channel,
                              std::vector<std::uint8_t>& rgba, const std::stop_token& stop) {
  GDALRasterBand& band = *colours_[channel];
  if (bytes_) return read_band(band, window, algorithm_for(window), rgba.data() + channel, GDT_Byte, 4, stop);
  std::vector<float> values(window.cells());
  if (!read_band(band, window, algorithm_for(window), values.data(), GDT_Float32, 4, stop)) return false;
  const auto [low, high] = stretches_[channel];
  for (std::size_t i = 0; i < values.size(); ++i) {
    const double share = (values[i] - low) / (high - low);
    rgba[i * 4 + channel] = static_cast<std::uint8_t>(
        std::lround(255 * (std::isfinite(share) ? std::clamp(share, 0.0, 1.0) : 0)));
  }
  return true;
}

// A cell is there when it is in any of the colours: pure green is no gap where red's 0 means "no data".
bool RasterBands::read_alpha(const RasterWindow& window, std::vector<std::uint8_t>& rgba,
                             const std::stop_token& stop) {
  std::vector<std::uint8_t> mask(window.cells()), any(window.cells(), 0);
  for (GDALRasterBand* band : colours_) {
    const int flags = band->GetMaskFlags();
    if (flags & GMF_ALL_VALID) return true;
    if (!read_band(*band->GetMaskBand(), window, GRIORA_NearestNeighbour, mask.data(), GDT_Byte, 1, stop))
      return false;
    for (std::size_t i = 0; i < any.size(); ++i) any[i] = std::max(any[i], mask[i]);
    if (flags & GMF_PER_DATASET) break;
  }
  for (std::size_t i = 0; i < any.size(); ++i)
    rgba[i * 4 + 3] = static_cast<std::uint8_t>(rgba[i * 4 + 3] * any[i] / 255);
  return true;
}

bool RasterBands::find_stretches(const RasterWindow& sample, const std::stop_token& stop) {
  std::vector<Stretch> found;
  std::vector<float> values;
  for (GDALRasterBand* band : colours_) {
    values.resize(sample.cells());
    std::vector<std::uint8_t> mask(sample.cells());
    if (!read_band(*band, sample, GRIORA_NearestNeighbour, values.data(), GDT_Float32, 4, stop) ||
        !read_band(*band->GetMaskBand(), sample, GRIORA_NearestNeighbour, mask.data(), GDT_Byte, 1, stop))
      return false;
    std::size_t kept = 0;
    for (std::size_t i = 0; i < values.size(); ++i)
      if (mask[i] && std::isfinite(values[i])) values[kept++] = values[i];
    values.resize(kept);
    std::sort(values.begin(), values.end());
    const auto leave_out = static_cast<std::size_t>(static_cast<double>(kept) * least_share);
    Stretch stretch{0, 1};
    if (kept > 0) stretch = {values[leave_out], values[kept - 1 - leave_out]};
    if (stretch.low >= stretch.high) stretch.high = stretch.low + 1;
    found.push_back(stretch);
  }
  stretches_ = std::move(found);
  return true;
}

bool RasterBands::read_metres(const RasterWindow& window, std::vector<float>& metres,
                              const std::stop_token& stop) const {
  GDALRasterBand& band = *colours_.front();
  metres.resize(window.cells());
  std::vector<std::uint8_t> mask(window.cells(), 255);
  if (!read_band(band, window, algorithm_for(window), metres.data(), GDT_Float32, 4, stop)) return false;
  if (!(band.GetMaskFlags() & GMF_ALL_VALID) &&
      !read_band(*band.GetMaskBand(), window, GRIORA_NearestNeighbour, mask.data(), GDT_Byte, 1, stop))
    return false;
  for (std::size_t i = 0; i < metres.size(); ++i) {
    const bool there = mask[i] && std::isfinite(metres[i]) && metres[i] > void_mark;
    metres[i] =
        there ? static_cast<float>(metres[i] * scale_ + offset_) : std::numeric_limits<float>::quiet_NaN();
  }
  return true;
}

}  // namespace xiangtu::io
