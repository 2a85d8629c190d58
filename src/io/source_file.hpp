// Opening what a user named: one dataset, or the datasets of a folder. Read only; nothing is written
// beside the user's files.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/finding.hpp"
#include "base/result.hpp"
#include "io/gdal_session.hpp"

namespace xiangtu::io {

// A file in GDAL's memory; gone with its owner.
class MemoryFile {
 public:
  MemoryFile(const std::string& name, std::string bytes);
  ~MemoryFile();
  MemoryFile(const MemoryFile&) = delete;
  MemoryFile& operator=(const MemoryFile&) = delete;
  const std::string& path() const { return path_; }

 private:
  std::string bytes_, path_;
};

struct SourceFile {
  std::string given;     // what the user named: the file itself, or its folder
  std::string path;      // the dataset; starts with `given`
  std::string stem;      // the file's name without its ending; empty for a database
  std::string driver;    // GDAL's short name, e.g. "GPKG"
  std::string encoding;  // found by the bytes or given by the user; empty where the file tells it
  bool encoding_given = false;
  std::unique_ptr<MemoryFile> decoded;  // a text file in another encoding, as UTF-8
  GdalDataset dataset;

  bool streams_osm() const { return driver == "OSM"; }
};

// The encoding that the user wants for a dataset; empty: find it.
using EncodingWish = std::function<std::string(const std::string& path)>;

struct OpenedSource {
  std::vector<SourceFile> files;
  std::vector<Finding> passed_over;  // files of a folder that are no datasets
};

// Errors, each one sentence: missing, empty, cut off, a folder without anything to read, no dataset.
Result<OpenedSource> open_source(const std::string& given, const EncodingWish& encoding_wish);

}  // namespace xiangtu::io
