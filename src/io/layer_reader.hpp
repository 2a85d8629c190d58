// Reading one bound layer into a table, row by row, with everything noticed on the way.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/progress.hpp"
#include "base/result.hpp"
#include "io/bound_layer.hpp"
#include "io/dataset.hpp"
#include "io/row_sink.hpp"

namespace xiangtu::io {

class LayerReader {
 public:
  LayerReader(const Schema& schema, const BoundLayer& bound, const ReadRequest& request, Progress& progress);
  Result<ReadLayer> run();

 private:
  Status prepare();
  Status start_gdal_reading();
  Status choose_way();
  Status read_rows();
  // False at the end of the layer.
  Result<bool> read_row();
  void read_cells(const OGRFeature& feature, std::int64_t row);
  void read_geometry(const OGRFeature& feature, std::int64_t row);
  void read_position(const OGRFeature& feature, std::int64_t row);
  void read_wkt(const OGRFeature& feature, std::int64_t row);
  std::optional<double> coordinate(const OGRFeature& feature, int field, std::int64_t row);
  bool ends_too_early() const;
  ReadLayer finish();
  Status unreadable(const std::string& cause) const;

  const Schema& schema_;
  const BoundLayer& bound_;
  const ReadRequest& request_;
  Progress& progress_;
  Role role_;
  GdalMessages messages_;
  OpenLayer open_;
  std::optional<geodesy::ToLonLat> way_;
  SinkPlan plan_;
  std::unique_ptr<RowSink> sink_;
  std::string scratch_;  // text of the cell in work
};

}  // namespace xiangtu::io
