// Opening one dataset by GDAL.
#pragma once

#include <memory>
#include <string>

#include "base/result.hpp"
#include "io/gdal/gdal_session.hpp"
#include "io/source_file.hpp"

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

// Shared by the layers of a dataset, and gone with the last of them.
struct GdalSource {
  std::unique_ptr<MemoryFile> decoded;  // a text file in another encoding, as UTF-8
  GdalDataset dataset;
};

// See GeneralFormats::open.
Result<SourceFile> open_gdal_dataset(const std::string& given, const std::string& path,
                                     const std::string& encoding);

}  // namespace xiangtu::io
