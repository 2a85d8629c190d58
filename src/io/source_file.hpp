// Opening what a user named: one dataset, or the datasets of a folder. Read only; nothing is written
// beside the user's files.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/finding.hpp"
#include "base/result.hpp"
#include "io/source_layer.hpp"

namespace xiangtu::io {

struct SourceFile {
  std::string given;     // what the user named: the file itself, or its folder
  std::string path;      // the dataset; starts with `given`
  std::string stem;      // the file's name without its ending; empty for a database
  std::string driver;    // GDAL's short name, e.g. "GPKG"
  std::string encoding;  // found by the bytes or given by the user; empty where the file tells it
  bool encoding_given = false;
  bool direct = false;  // read without GDAL
  std::vector<std::unique_ptr<SourceLayer>> layers;
};

// What the formats are called in messages to the user.
inline constexpr const char* readable_formats =
    "a GeoPackage, a shapefile, GeoJSON, FlatGeobuf, CSV, KML, XLSX or OSM PBF file";

// How sources are to be opened.
struct OpenWish {
  // The encoding that the user wants for a dataset; empty: find it.
  std::function<std::string(const std::string& path)> encoding;
  bool only_gdal = false;  // what only GDAL does is asked for, such as a filter
};

struct OpenedSource {
  std::vector<SourceFile> files;
  std::vector<Finding> passed_over;  // files of a folder that are no datasets
};

// Errors, each one sentence: missing, empty, cut off, a folder without anything to read, no dataset.
Result<OpenedSource> open_source(const std::string& given, const OpenWish& wish);

// A dataset that was opened directly, now by GDAL.
Result<SourceFile> reopen_by_gdal(const SourceFile& source, const OpenWish& wish);

}  // namespace xiangtu::io
