#include "io/raster_file.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include "io/file_ending.hpp"
#include "io/file_health.hpp"
#include "io/general_formats.hpp"

namespace xiangtu::io {

namespace {

constexpr std::array<std::string_view, 12> endings{".tif", ".tiff", ".vrt", ".mbtiles", ".xml", ".png",
                                                   ".jpg", ".jpeg", ".jp2", ".img",     ".asc", ".hgt"};

}  // namespace

bool names_raster(const std::filesystem::path& path) {
  return std::find(endings.begin(), endings.end(), ending_of(path)) != endings.end();
}

Result<std::shared_ptr<raster::Source>> open_raster(const std::string& path, std::stop_token stop) {
  if (Status readable = check_readable(path); !readable) return readable.issue();
  const Result<GeneralFormats*> formats = general_formats();
  if (!formats) return formats.issue();
  return (*formats)->raster(path, std::move(stop));
}

}  // namespace xiangtu::io
