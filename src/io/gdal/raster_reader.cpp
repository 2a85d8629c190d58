#include "io/gdal/raster_reader.hpp"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <limits>
#include <string_view>

#include <gdalwarper.h>

namespace xiangtu::io {

namespace fs = std::filesystem;
using raster::MercatorBox;
using raster::tile_pixels;

namespace {

constexpr int samples = 9;               // positions along each side of a box that are looked up
constexpr double large_side = 8192;      // a raster is looked at through a small copy from this size on …
constexpr double overview_side = 2048;   // … of this size
constexpr double most_pixels = 1.6e9;    // that such a copy is made from: half a minute's reading
constexpr double highest_latitude = 89;  // where boxes are measured

bool is_service_driver(std::string_view driver) {
  return driver == "WMS" || driver == "WMTS";
}

// A coordinate system in a .prj file beside a picture with a world file.
std::string text_of_prj(const std::string& path) {
  std::ifstream stream(fs::path{path}.replace_extension(".prj"), std::ios::binary);
  return {std::istreambuf_iterator<char>{stream}, {}};
}

// Coordinates in the order x, y whatever the system's authority says.
void use_x_y(OGRSpatialReference& crs) {
  crs.SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
}

template <class Cell>
constexpr int bands_of = std::is_same_v<Cell, float> ? 1 : 4;
template <class Cell>
constexpr GDALDataType type_of = std::is_same_v<Cell, float> ? GDT_Float32 : GDT_Byte;

// Cells in memory as a dataset for the warper, which writes to them where it is the target.
template <class Cell>
GdalDataset wrap(Cell* cells, int columns, int rows) {
  GDALDriver* driver = GetGDALDriverManager()->GetDriverByName("MEM");
  GdalDataset dataset{driver->Create("", columns, rows, 0, type_of<Cell>, nullptr)};
  constexpr int cell_bytes = bands_of<Cell> * static_cast<int>(sizeof(Cell));
  for (int band = 0; band < bands_of<Cell>; ++band) {
    char address[32] = {};
    CPLPrintPointer(address, cells + band, sizeof(address) - 1);
    CPLStringList options;
    options.SetNameValue("DATAPOINTER", address);
    options.SetNameValue("PIXELOFFSET", std::to_string(cell_bytes).c_str());
    options.SetNameValue("LINEOFFSET", std::to_string(static_cast<GIntBig>(cell_bytes) * columns).c_str());
    dataset->AddBand(type_of<Cell>, options.List());
  }
  return dataset;
}

// GDAL tells what a server said at the end of a long story, and then what its own users may do.
std::string cause_at_service(std::string told) {
  if (const std::size_t error = told.rfind("error: "); error != std::string::npos)
    told.erase(0, error + std::string_view{"error: "}.size());
  return told.substr(0, told.find(". Add the HTTP"));
}

int CPL_STDCALL go_on(double, const char*, void* stop) {
  return !static_cast<const std::stop_token*>(stop)->stop_requested();
}

struct FreeWarpOptions {
  void operator()(GDALWarpOptions* options) const { GDALDestroyWarpOptions(options); }
};
struct FreeTransformer {
  void operator()(void* transformer) const { GDALDestroyTransformer(transformer); }
};
using WarpOptions = std::unique_ptr<GDALWarpOptions, FreeWarpOptions>;
using Transformer = std::unique_ptr<void, FreeTransformer>;

double* one_number(double value) {
  auto* number = static_cast<double*>(CPLMalloc(sizeof(double)));
  *number = value;
  return number;
}

template <class Cell>
WarpOptions warp_options(const GdalDataset& from, const GdalDataset& to, const std::stop_token& stop) {
  WarpOptions options{GDALCreateWarpOptions()};
  options->hSrcDS = GDALDataset::ToHandle(from.get());
  options->hDstDS = GDALDataset::ToHandle(to.get());
  const int colours = std::is_same_v<Cell, float> ? 1 : 3;
  GDALWarpInitDefaultBandMapping(options.get(), colours);
  options->pfnProgress = go_on;
  options->pProgressArg = const_cast<std::stop_token*>(&stop);
  if (colours == 3) {
    options->eResampleAlg = GRA_Bilinear;
    options->nSrcAlphaBand = options->nDstAlphaBand = 4;
    options->papszWarpOptions = CSLSetNameValue(options->papszWarpOptions, "INIT_DEST", "0");
    return options;
  }
  // Facets between the cells of a bilinear surface would show as soon as it is lit.
  options->eResampleAlg = GRA_Cubic;
  options->padfSrcNoDataReal = one_number(std::numeric_limits<double>::quiet_NaN());
  options->padfDstNoDataReal = one_number(std::numeric_limits<double>::quiet_NaN());
  options->papszWarpOptions = CSLSetNameValue(options->papszWarpOptions, "INIT_DEST", "NO_DATA");
  return options;
}

// A window that covers the box of positions (in pixels of the raster) and some pixels around it, on a grid of
// `step` pixels, so that overviews are read as they are.
std::optional<RasterWindow> window_around(double left, double top, double right, double bottom, double step,
                                          int across, int down) {
  const auto low = [step](double at) { return std::max(0.0, (std::floor(at / step) - 2) * step); };
  const auto high = [step](double at, int end) {
    return std::min<double>(end, (std::ceil(at / step) + 2) * step);
  };
  const int x = static_cast<int>(low(left)), y = static_cast<int>(low(top));
  const int width = static_cast<int>(high(right, across)) - x,
            height = static_cast<int>(high(bottom, down)) - y;
  if (width <= 0 || height <= 0) return std::nullopt;
  return RasterWindow{x,
                      y,
                      width,
                      height,
                      std::max(1, static_cast<int>(std::ceil(width / step))),
                      std::max(1, static_cast<int>(std::ceil(height / step)))};
}

}  // namespace

Result<std::unique_ptr<RasterReader>> RasterReader::open(const std::string& path) {
  start_gdal();
  GdalMessages messages;
  std::unique_ptr<RasterReader> reader{new RasterReader(path)};
  // Coordinate systems may be in a file of GDAL's beside the picture.
  const CPLConfigOptionSetter with_auxiliary("GDAL_PAM_ENABLED", "YES", false);
  reader->dataset_.reset(
      GDALDataset::Open(path.c_str(), GDAL_OF_RASTER | GDAL_OF_READONLY | GDAL_OF_VERBOSE_ERROR));
  if (!reader->dataset_ || reader->dataset_->GetRasterCount() == 0)
    return Issue{
        IssueCode::input_not_spatial,
        "{0} cannot be read as a background ({1}); give a GeoTIFF, an MBTiles file, a picture with a "
        "world file, or a GDAL service description (.xml)",
        path, messages.text().empty() ? "no raster" : messages.text().c_str()};
  if (Status placed = reader->place_on_earth(); !placed) return placed.issue();
  reader->bands_.emplace(*reader->dataset_);
  reader->measure();
  return reader;
}

Status RasterReader::place_on_earth() {
  const bool has_transform = dataset_->GetGeoTransform(to_crs_.at) == CE_None;
  if (!has_transform && dataset_->GetGCPCount() > 0) {
    GdalDataset warped{GDALDataset::FromHandle(GDALAutoCreateWarpedVRT(
        GDALDataset::ToHandle(dataset_.get()), nullptr, nullptr, GRA_Bilinear, 0.125, nullptr))};
    if (warped) {
      unreferenced_ = std::exchange(dataset_, std::move(warped));
      return place_on_earth();
    }
  }
  if (!has_transform || !GDALInvGeoTransform(to_crs_.at, to_pixels_.at))
    return Issue{
        IssueCode::input_not_spatial,
        "{0} does not say where on the earth it lies; give a picture with a world file beside it, or "
        "add its place with gdal_translate -a_ullr",
        path_};
  if (const OGRSpatialReference* crs = dataset_->GetSpatialRef()) crs_ = *crs;
  if (crs_.IsEmpty())
    if (const std::string prj = text_of_prj(path_); !prj.empty()) crs_.SetFromUserInput(prj.c_str());
  use_x_y(crs_);
  mercator_.importFromEPSG(3857);
  use_x_y(mercator_);
  if (!crs_.IsEmpty() && !crs_.IsLocal())
    from_mercator_.reset(OGRCreateCoordinateTransformation(&mercator_, &crs_));
  if (from_mercator_) return {};
  return Issue{IssueCode::input_no_crs,
               "{0} has no coordinate system that can be laid on the map; add it with a .prj file beside it, "
               "or with gdal_translate -a_srs EPSG:4490",
               path_};
}

// Where it lies and how fine it is.
void RasterReader::measure() {
  const int across = dataset_->GetRasterXSize(), down = dataset_->GetRasterYSize();
  OGRSpatialReference degrees;
  degrees.importFromEPSG(4326);
  use_x_y(degrees);
  const std::unique_ptr<OGRCoordinateTransformation> to_degrees{
      OGRCreateCoordinateTransformation(&crs_, &degrees)};
  constexpr int steps = 20;
  for (int i = 0; to_degrees && i <= steps; ++i)
    for (int j = 0; j <= steps; ++j) {
      double x = 0, y = 0;
      GDALApplyGeoTransform(to_crs_.at, across * (i / double{steps}), down * (j / double{steps}), &x, &y);
      if (to_degrees->Transform(1, &x, &y) && std::isfinite(x) && std::isfinite(y))
        facts_.box.add(geodesy::LonLat{std::clamp(x, -180.0, 180.0), std::clamp(y, -90.0, 90.0)});
    }
  box_ = raster::box_of(facts_.box);
  GDALRasterBand& band = *dataset_->GetRasterBand(1);
  reductions_ = {1};
  for (int i = 0; i < band.GetOverviewCount(); ++i)
    if (GDALRasterBand* overview = band.GetOverview(i))
      reductions_.push_back(across / static_cast<double>(overview->GetXSize()));
  std::sort(reductions_.begin(), reductions_.end());

  service_ = is_service_driver(dataset_->GetDriverName());
  facts_.name = fs::path{path_}.filename().string();
  facts_.content = bands_->content();
  facts_.at_once = service_ ? 4 : 1;
  const double pixel = std::min((box_.east - box_.west) / across, (box_.north - box_.south) / down);
  const double finest = std::ceil(std::log2(raster::pixel_size(0) / std::max(pixel, 1e-3)) - 0.2);
  facts_.finest_zoom = static_cast<int>(std::clamp<double>(finest, 0, raster::closest_zoom));
  if (service_)
    facts_.coarsest_zoom =
        std::max(0, facts_.finest_zoom - 1 - static_cast<int>(std::ceil(std::log2(reductions_.back()))));
}

std::optional<RasterWindow> RasterReader::window_of(const MercatorBox& box, int pixels) const {
  const double pixel = (box.east - box.west) / pixels;
  // Some cells more than the raster, so that a box around it is no knife's edge.
  MercatorBox around = box_;
  around = {around.west - 2 * pixel, around.south - 2 * pixel, around.east + 2 * pixel,
            around.north + 2 * pixel};
  const MercatorBox seen = raster::intersection(box, around);
  if (seen.empty()) return std::nullopt;
  std::vector<double> x, y;
  for (int i = 0; i < samples; ++i)
    for (int j = 0; j < samples; ++j) {
      x.push_back(seen.west + (seen.east - seen.west) * i / (samples - 1));
      y.push_back(seen.south + (seen.north - seen.south) * j / (samples - 1));
    }
  std::vector<int> known(x.size());
  from_mercator_->Transform(static_cast<int>(x.size()), x.data(), y.data(), nullptr, known.data());
  double left = 1e300, top = 1e300, right = -1e300, bottom = -1e300;
  for (std::size_t i = 0; i < x.size(); ++i) {
    if (!known[i] || !std::isfinite(x[i]) || !std::isfinite(y[i])) continue;
    double column = 0, row = 0;
    GDALApplyGeoTransform(const_cast<double*>(to_pixels_.at), x[i], y[i], &column, &row);
    left = std::min(left, column), right = std::max(right, column);
    top = std::min(top, row), bottom = std::max(bottom, row);
  }
  if (left > right) return std::nullopt;
  const double wanted = std::min((right - left) * pixel / (seen.east - seen.west),
                                 (bottom - top) * pixel / (seen.north - seen.south));
  double step = 1;
  for (const double reduction : reductions_)
    if (reduction <= wanted * 1.01) step = reduction;
  step *= std::max(1.0, std::floor(wanted / step));
  const int across = dataset_->GetRasterXSize(), down = dataset_->GetRasterYSize();
  return window_around(std::clamp<double>(left, 0, across), std::clamp<double>(top, 0, down),
                       std::clamp<double>(right, 0, across), std::clamp<double>(bottom, 0, down), step,
                       across, down);
}

bool RasterReader::needs_overview(const RasterWindow& window) const {
  const double side = std::max(dataset_->GetRasterXSize(), dataset_->GetRasterYSize());
  return !service_ && side / reductions_.back() > large_side && window.reduction() >= side / overview_side;
}

RasterWindow RasterReader::sample_window() const {
  constexpr int side = 256;
  const int across = dataset_->GetRasterXSize(), down = dataset_->GetRasterYSize();
  return {0, 0, across, down, std::min(across, side), std::min(down, side)};
}

Status RasterReader::make_overview(const std::stop_token& stop) {
  if (!overview_rgba_.empty() || !overview_metres_.empty()) return {};
  const int across = dataset_->GetRasterXSize(), down = dataset_->GetRasterYSize();
  if (static_cast<double>(across) * down / (reductions_.back() * reductions_.back()) > most_pixels)
    return Issue{
        IssueCode::input_unreadable,
        "{0} is too large to be drawn from afar without overviews; make them with gdaladdo, or zoom in",
        path_};
  const double step = std::max(across, down) / overview_side;
  const RasterWindow whole{0,
                           0,
                           across,
                           down,
                           static_cast<int>(std::ceil(across / step)),
                           static_cast<int>(std::ceil(down / step))};
  GdalMessages messages;
  overview_window_ = whole;
  const bool read = bands_->content() == raster::Content::heights
                        ? bands_->read_metres(whole, overview_metres_, stop)
                        : bands_->read_rgba(whole, whole, overview_rgba_, stop);
  if (read) return {};
  overview_rgba_.clear();
  overview_metres_.clear();
  return stop.stop_requested() ? cancelled_issue() : unreadable(messages.text());
}

Result<raster::Image> RasterReader::picture(const raster::WebTile& tile, const std::stop_token& stop) {
  const MercatorBox box = raster::box_of(tile);
  const auto window = window_of(box, tile_pixels);
  if (!window) return raster::Image{};
  GdalMessages messages;
  std::vector<std::uint8_t> cells;
  Part<std::uint8_t> part{*window, {}};
  const bool whole = needs_overview(*window) && bands_->content() == raster::Content::picture;
  if (whole) {
    if (Status made = make_overview(stop); !made) return made.issue();
    part = {overview_window_, overview_rgba_};
  } else {
    const RasterWindow sample = sample_window();
    if (!bands_->read_rgba(*window, sample, cells, stop))
      return stop.stop_requested() ? cancelled_issue() : unreadable(messages.text());
    part.cells = cells;
  }
  raster::Image image{tile_pixels, tile_pixels, {}};
  image.rgba.resize(std::size_t{4} * tile_pixels * tile_pixels, 0);
  if (Status warped = warp<std::uint8_t>(part, box, tile_pixels, image.rgba, stop); !warped)
    return warped.issue();
  for (std::size_t i = 3; i < image.rgba.size(); i += 4)
    if (image.rgba[i]) return image;
  return raster::Image{};
}

Result<raster::Heights> RasterReader::heights(const raster::WebTile& tile, const std::stop_token& stop) {
  constexpr int side = tile_pixels + 2;
  const double pixel = raster::pixel_size(tile.zoom);
  MercatorBox box = raster::box_of(tile);
  box = {box.west - pixel, box.south - pixel, box.east + pixel, box.north + pixel};
  const auto window = window_of(box, side);
  if (!window) return raster::Heights{};
  GdalMessages messages;
  std::vector<float> cells;
  Part<float> part{*window, {}};
  if (needs_overview(*window)) {
    if (Status made = make_overview(stop); !made) return made.issue();
    part = {overview_window_, overview_metres_};
  } else {
    if (!bands_->read_metres(*window, cells, stop))
      return stop.stop_requested() ? cancelled_issue() : unreadable(messages.text());
    part.cells = cells;
  }
  raster::Heights heights{side, side, {}, {}};
  heights.metres.resize(std::size_t{side} * side, std::numeric_limits<float>::quiet_NaN());
  if (Status warped = warp<float>(part, box, side, heights.metres, stop); !warped) return warped.issue();
  for (int row = 0; row < side; ++row)
    heights.cell_m.push_back(pixel * raster::ground_scale(box.north - (row + 0.5) * pixel));
  return heights;
}

template <class Cell>
Status RasterReader::warp(const Part<Cell>& part, const MercatorBox& box, int side, std::span<Cell> out,
                          const std::stop_token& stop) const {
  GdalMessages messages;
  const RasterWindow& window = part.window;
  const GdalDataset from = wrap(const_cast<Cell*>(part.cells.data()), window.columns, window.rows);
  const GdalDataset to = wrap(out.data(), side, side);
  const double across = static_cast<double>(window.width) / window.columns,
               down = static_cast<double>(window.height) / window.rows;
  const double* g = to_crs_.at;
  double place[6] = {g[0] + window.x * g[1] + window.y * g[2], g[1] * across, g[2] * down,
                     g[3] + window.x * g[4] + window.y * g[5], g[4] * across, g[5] * down};
  from->SetGeoTransform(place);
  from->SetSpatialRef(&crs_);
  const double pixel = (box.east - box.west) / side;
  double target[6] = {box.west, pixel, 0, box.north, 0, -pixel};
  to->SetGeoTransform(target);
  to->SetSpatialRef(&mercator_);

  WarpOptions options = warp_options<Cell>(from, to, stop);
  const Transformer exact{GDALCreateGenImgProjTransformer2(options->hSrcDS, options->hDstDS, nullptr)};
  if (!exact) return unreadable(messages.text());
  constexpr double tolerance_px = 0.125;
  const Transformer quick{GDALCreateApproxTransformer(GDALGenImgProjTransform, exact.get(), tolerance_px)};
  options->pfnTransformer = GDALApproxTransform;
  options->pTransformerArg = quick.get();
  GDALWarpOperation operation;
  if (operation.Initialize(options.get()) != CE_None ||
      operation.ChunkAndWarpImage(0, 0, side, side) != CE_None)
    return stop.stop_requested() ? cancelled_issue() : unreadable(messages.text());
  return {};
}

Result<raster::Reading> RasterReader::reading(geodesy::LonLat place) {
  const MercatorBox at = raster::box_of(geodesy::LonLatBox{place, place});
  double x = at.west, y = at.south;
  if (!from_mercator_->Transform(1, &x, &y)) return raster::Reading{};
  double column = 0, row = 0;
  GDALApplyGeoTransform(to_pixels_.at, x, y, &column, &row);
  const bool inside =
      column >= 0 && row >= 0 && column < dataset_->GetRasterXSize() && row < dataset_->GetRasterYSize();
  if (!inside) return raster::Reading{};
  GdalMessages messages;
  raster::Reading reading{true, {}};
  if (!bands_->read_pixel(static_cast<int>(column), static_cast<int>(row), reading.bands))
    return unreadable(messages.text());
  return reading;
}

Issue RasterReader::unreadable(const std::string& cause) const {
  if (service_)
    return {IssueCode::input_unreadable,
            "the map service of {0} does not answer ({1}); check the connection and its address", path_,
            cause_at_service(cause)};
  return {IssueCode::input_unreadable,
          "the background {0} cannot be read ({1}); it may be damaged: copy it again", path_, cause};
}

}  // namespace xiangtu::io
