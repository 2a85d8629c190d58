// Reading one bound layer into a table: what is asked of its rows, and what is said of them as a whole.
#pragma once

#include <memory>
#include <optional>

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
  bool sieved(const FieldBinding& field) const;
  Status choose_way();
  ReadLayer finish();

  const Schema& schema_;
  const BoundLayer& bound_;
  const ReadRequest& request_;
  Progress& progress_;
  Role role_;
  std::optional<geodesy::ToLonLat> way_;
  SinkPlan plan_;
  std::unique_ptr<RowSink> sink_;
};

}  // namespace xiangtu::io
