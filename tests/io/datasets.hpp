// Datasets for the tests of reading: written by GDAL into a folder that goes with the test.
#pragma once

#include <unistd.h>

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include <ogrsf_frmts.h>

#include "io/dataset.hpp"

namespace xiangtu::test {

namespace fs = std::filesystem;

class Folder {
 public:
  Folder()
      : path_(fs::temp_directory_path() / ("xiangtu_io_" + std::to_string(::getpid()) + "_" + unique())) {
    fs::create_directories(path_);
  }
  ~Folder() {
    std::error_code error;
    fs::remove_all(path_, error);
  }
  std::string file(const std::string& name) const { return (path_ / name).string(); }
  std::string path() const { return path_.string(); }
  std::vector<std::string> listing() const {
    std::vector<std::string> names;
    for (const auto& entry : fs::recursive_directory_iterator(path_)) names.push_back(entry.path().string());
    std::sort(names.begin(), names.end());
    return names;
  }

 private:
  static std::string unique() {
    static int counter = 0;
    return std::to_string(++counter);
  }
  fs::path path_;
};

inline void write_text(const std::string& path, std::string_view text) {
  std::ofstream(path, std::ios::binary) << text;
}

struct Row {
  std::string wkt;                  // empty: null geometry
  std::vector<std::string> values;  // "" : null
};

struct Layer {
  std::string name;
  OGRwkbGeometryType type = wkbPoint;
  int epsg = 4490;  // 0: none
  std::vector<std::pair<std::string, OGRFieldType>> fields;
  std::vector<Row> rows;
};

// Writes layers into one new dataset of a driver.
inline void write_dataset(const std::string& path, const char* driver_name, const std::vector<Layer>& layers,
                          const std::vector<std::string>& options = {}) {
  GDALAllRegister();
  GDALDriver* driver = GetGDALDriverManager()->GetDriverByName(driver_name);
  REQUIRE(driver);
  GDALDataset* dataset = driver->Create(path.c_str(), 0, 0, 0, GDT_Unknown, nullptr);
  REQUIRE(dataset);
  for (const Layer& layer : layers) {
    OGRSpatialReference reference;
    if (layer.epsg) reference.importFromEPSG(layer.epsg);
    reference.SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
    CPLStringList list;
    for (const std::string& option : options) list.AddString(option.c_str());
    OGRLayer* made =
        dataset->CreateLayer(layer.name.c_str(), layer.epsg ? &reference : nullptr, layer.type, list.List());
    REQUIRE(made);
    for (const auto& [name, type] : layer.fields) {
      OGRFieldDefn field(name.c_str(), type);
      REQUIRE(made->CreateField(&field) == OGRERR_NONE);
    }
    for (const Row& row : layer.rows) {
      OGRFeatureUniquePtr feature{OGRFeature::CreateFeature(made->GetLayerDefn())};
      for (std::size_t i = 0; i < row.values.size(); ++i)
        if (!row.values[i].empty()) feature->SetField(static_cast<int>(i), row.values[i].c_str());
      if (!row.wkt.empty()) {
        OGRGeometry* geometry = nullptr;
        REQUIRE(OGRGeometryFactory::createFromWkt(row.wkt.c_str(), nullptr, &geometry) == OGRERR_NONE);
        feature->SetGeometryDirectly(geometry);
      }
      REQUIRE(made->CreateFeature(feature.get()) == OGRERR_NONE);
    }
  }
  GDALClose(dataset);
}

inline const io::Schema& schema() {
  static const Result<io::Schema> loaded =
      io::Schema::load(fs::path{XIANGTU_SOURCE_DIR} / "assets" / "fields.toml");
  if (!loaded) FAIL(loaded.issue().message.english());
  return *loaded;
}

inline Result<io::Dataset> open(const std::vector<std::string>& sources, const io::Mapping& mapping = {}) {
  Progress progress;
  return io::Dataset::open(sources, mapping, schema(), progress);
}

inline io::Dataset opened(const std::vector<std::string>& sources, const io::Mapping& mapping = {}) {
  Result<io::Dataset> dataset = open(sources, mapping);
  if (!dataset) FAIL(dataset.issue().message.english());
  return std::move(*dataset);
}

inline io::Mapping mapping(std::string_view toml) {
  Result<io::Mapping> read = io::parse_mapping(toml, "mapping.toml");
  if (!read) FAIL(read.issue().message.english());
  return *read;
}

inline Issue refused(const std::vector<std::string>& sources, const io::Mapping& map = {}) {
  Result<io::Dataset> dataset = open(sources, map);
  REQUIRE(!dataset.ok());
  return dataset.issue();
}

inline io::ReadLayer read(const io::Dataset& dataset, table::Role role) {
  const io::LayerInfo* info = dataset.layer_of(role);
  REQUIRE(info);
  io::ReadRequest request;
  request.all_fields = true;
  Progress progress;
  Result<io::ReadLayer> layer = dataset.read(*info, request, progress);
  if (!layer) FAIL(layer.issue().message.english());
  return std::move(*layer);
}

// The finding of that id (and field); null when there is none.
inline const Finding* finding(const io::ReadLayer& layer, std::string_view id, std::string_view field = {}) {
  for (const Finding& f : layer.findings)
    if (f.id == id && (field.empty() || f.field == field)) return &f;
  return nullptr;
}

inline std::string shown(const io::ReadLayer& layer, std::string_view column, std::size_t row) {
  const table::Column* found = layer.table.find(column);
  REQUIRE(found);
  return found->shown(row);
}

// Where the real data sets are; empty when they are not there.
inline std::string data_folder() {
  const fs::path folder = fs::path{XIANGTU_SOURCE_DIR} / ".." / "shared" / "data";
  return fs::exists(folder) ? folder.lexically_normal().string() : std::string{};
}

}  // namespace xiangtu::test
