// One reading of a layer by GDAL, row by row, with everything noticed on the way.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/progress.hpp"
#include "base/result.hpp"
#include "io/bound_layer.hpp"
#include "io/gdal/gdal_session.hpp"
#include "io/row_sink.hpp"

namespace xiangtu::io {

// A layer ready to give its rows from the first one on, for one reading.
struct OpenLayer {
  GdalDataset own;  // for formats that cannot be rewound well; closed with the reading
  GDALDataset* dataset = nullptr;
  OGRLayer* layer = nullptr;
  bool streamed = false;  // rows of several layers come mixed from the dataset

  // Null at the end, when something failed (GDAL says what), or when progress was asked to stop.
  GdalFeature next(Progress& progress) const;
};

// Where a layer is to be read from.
struct GdalPlace {
  std::string path, driver;
  GDALDataset* dataset = nullptr;
  OGRLayer* layer = nullptr;

  bool streams_osm() const { return driver == "OSM"; }
};

// The layer with the mapping's filter, giving only the fields whose positions are wanted.
Result<OpenLayer> start_reading(const GdalPlace& place, const BoundLayer& bound,
                                const std::vector<bool>& wanted_fields, bool wants_geometry);

// Some drivers find out what is wrong with a filter only when rows are asked for.
Issue bad_filter(const BoundLayer& bound, const std::string& cause);

class GdalReading {
 public:
  GdalReading(const GdalPlace& place, const BoundLayer& bound, const SinkPlan& plan, RowSink& sink,
              Progress& progress)
      : place_(place), bound_(bound), plan_(plan), sink_(sink), progress_(progress) {}
  Status run();

 private:
  Status start();
  // False at the end of the layer.
  Result<bool> read_row();
  // Columns [begin, end).
  void read_cells(const OGRFeature& feature, std::int64_t row, std::size_t begin, std::size_t end);
  void read_geometry(const OGRFeature& feature, std::int64_t row);
  void read_position(const OGRFeature& feature, std::int64_t row);
  void read_wkt(const OGRFeature& feature, std::int64_t row);
  std::optional<double> coordinate(const OGRFeature& feature, int field, std::int64_t row);
  bool ends_too_early() const;
  Status unreadable(const std::string& cause) const;

  const GdalPlace& place_;
  const BoundLayer& bound_;
  const SinkPlan& plan_;
  RowSink& sink_;
  std::uint64_t rows_read_ = 0;
  Progress& progress_;
  GdalMessages messages_;
  OpenLayer open_;
  std::string scratch_;  // text of the cell in work
};

}  // namespace xiangtu::io
