// Reading parts of a raster by one GDAL handle and laying them into tiles of web maps. For one thread at a
// time.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

#include <gdal_priv.h>

#include "base/result.hpp"
#include "io/gdal/gdal_session.hpp"
#include "io/gdal/raster_bands.hpp"
#include "raster/source.hpp"

namespace xiangtu::io {

class RasterReader {
 public:
  // Errors: see open_raster.
  static Result<std::unique_ptr<RasterReader>> open(const std::string& path);

  const raster::SourceFacts& facts() const { return facts_; }
  bool is_service() const { return service_; }

  // See raster::Source.
  Result<raster::Image> picture(const raster::WebTile& tile, const std::stop_token& stop);
  Result<raster::Heights> heights(const raster::WebTile& tile, const std::stop_token& stop);
  Result<raster::Reading> reading(geodesy::LonLat place);

 private:
  struct Transform {  // affine, from pixels to coordinates of the raster's system
    double at[6];
  };
  // Cells of the whole raster or of a part of it.
  template <class Cell>
  struct Part {
    RasterWindow window;
    std::span<const Cell> cells;
  };

  explicit RasterReader(std::string path) : path_(std::move(path)) {}
  Status place_on_earth();
  void measure();
  // What of the raster lies in a box whose side is `pixels` long, at the detail that is worth while; none:
  // nothing.
  std::optional<RasterWindow> window_of(const raster::MercatorBox& box, int pixels) const;
  // The whole raster, small, for far views of large rasters without overviews; made when first asked for.
  Status make_overview(const std::stop_token& stop);
  // Whether the overview in memory is to be used for a window that is this much reduced.
  bool needs_overview(const RasterWindow& window) const;
  // The whole raster in few cells, to find limits from.
  RasterWindow sample_window() const;
  // Lays cells of the raster into a box of side × side cells.
  template <class Cell>
  Status warp(const Part<Cell>& part, const raster::MercatorBox& box, int side, std::span<Cell> out,
              const std::stop_token& stop) const;
  Issue unreadable(const std::string& cause) const;

  std::string path_;
  GdalDataset unreferenced_;  // with control points only: what dataset_ is warped from
  GdalDataset dataset_;
  bool service_ = false;
  std::optional<RasterBands> bands_;
  OGRSpatialReference crs_, mercator_;
  Transform to_crs_{}, to_pixels_{};
  std::unique_ptr<OGRCoordinateTransformation> from_mercator_;
  raster::SourceFacts facts_;
  raster::MercatorBox box_;

  std::vector<double> reductions_;  // of the raster itself (1) and its overviews, ascending
  RasterWindow overview_window_;
  std::vector<std::uint8_t> overview_rgba_;
  std::vector<float> overview_metres_;
};

}  // namespace xiangtu::io
