#include "io/source_file.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <string_view>

#include "io/connection_text.hpp"
#include "io/file_ending.hpp"
#include "io/file_health.hpp"
#include "io/general_formats.hpp"
#include "io/geopackage.hpp"

namespace xiangtu::io {

namespace fs = std::filesystem;

namespace {

// Endings that are looked for in a folder.
constexpr std::array<std::string_view, 11> endings{".shp", ".dbf", ".gpkg", ".geojson", ".json", ".fgb",
                                                   ".csv", ".kml", ".kmz",  ".xlsx",    ".pbf"};

// A table is one by itself where no shapefile of its name has it for its attributes.
bool is_attributes(const fs::path& table) {
  std::error_code error;
  for (const char* ending : {".shp", ".SHP", ".Shp"})
    if (fs::exists(fs::path{table}.replace_extension(ending), error)) return true;
  return false;
}

// What may be a dataset, in order of name; hidden files are not meant to be seen.
std::vector<std::string> readable_files(const std::string& folder) {
  std::vector<std::string> found;
  std::error_code error;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder, error)) {
    const fs::path& path = entry.path();
    if (!entry.is_regular_file(error) || path.filename().string().starts_with(".")) continue;
    const std::string ending = ending_of(path);
    const bool known = std::find(endings.begin(), endings.end(), ending) != endings.end();
    if (known && !(ending == ".dbf" && is_attributes(path))) found.push_back(path.string());
  }
  std::sort(found.begin(), found.end());
  return found;
}

// A plain GeoPackage by SQLite alone, everything else by GDAL.
Result<SourceFile> open_dataset(const std::string& given, const std::string& path, const OpenWish& wish) {
  if (!wish.only_gdal && ending_of(path) == ".gpkg")
    if (auto layers = open_geopackage(path); !layers.empty()) {
      SourceFile source{given, path, fs::path{path}.stem().string(), "GPKG", {}, false, true, {}};
      source.layers = std::move(layers);
      return source;
    }
  const Result<GeneralFormats*> formats = general_formats();
  if (!formats) return formats.issue();
  return (*formats)->open(given, path, wish.encoding(path));
}

}  // namespace

Result<SourceFile> reopen_by_gdal(const SourceFile& source, const OpenWish& wish) {
  return open_dataset(source.given, source.path, {wish.encoding, true});
}

Result<OpenedSource> open_source(const std::string& given, const OpenWish& wish) {
  OpenedSource opened;
  std::vector<std::string> paths{given};
  std::error_code error;
  if (!is_connection_text(given))
    if (Status status = check_readable(given); !status) return status.issue();
  const bool is_folder =
      !is_connection_text(given) && fs::is_directory(given, error) && ending_of(given) != ".gdb";
  if (is_folder) paths = readable_files(given);
  for (const std::string& path : paths) {
    if (fs::is_regular_file(path, error)) {
      if (Status status = check_readable(path); !status) return status.issue();
      if (Status status = check_file(path); !status) return status.issue();
    }
    Result<SourceFile> source = open_dataset(given, path, wish);
    if (source) {
      opened.files.push_back(std::move(*source));
    } else if (is_folder && source.issue().code == IssueCode::input_not_spatial) {
      opened.passed_over.push_back(
          {"file.passed_over", Severity::note, path, "", "", source.issue().message, {}});
    } else {
      return source.issue();
    }
  }
  if (opened.files.empty())
    return Issue{IssueCode::input_unreadable,
                 "{0} is a folder with nothing in it that can be read; give {1}, or a "
                 "folder of shapefiles",
                 given, readable_formats};
  return opened;
}

}  // namespace xiangtu::io
