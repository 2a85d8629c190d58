// Opening what a user named: one dataset, or the datasets of a folder. Read only; nothing is written
// beside the user's files.
#pragma once

#include <string>
#include <vector>

#include "base/result.hpp"
#include "io/gdal_session.hpp"

namespace xiangtu::io {

struct SourceFile {
  std::string given;   // what the user named: the file itself, or its folder
  std::string path;    // the dataset; starts with `given`
  std::string stem;    // the file's name without its ending; empty for a database
  std::string driver;  // GDAL's short name, e.g. "GPKG"
  GdalDataset dataset;

  bool streams_osm() const { return driver == "OSM"; }
};

// Errors, each one sentence: missing, empty, cut off, a folder without anything to read, no dataset.
Result<std::vector<SourceFile>> open_source(const std::string& given);

}  // namespace xiangtu::io
