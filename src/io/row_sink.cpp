#include "io/row_sink.hpp"

namespace xiangtu::io {

RowSink::RowSink(const SinkPlan& plan) : log(plan.source, plan.layer) {
  for (const FieldBinding* field : plan.fields)
    columns.push_back(std::make_unique<ColumnReader>(*plan.schema, plan.role, *field, log));
  if (plan.geometry != table::GeometryKind::none)
    shapes = std::make_unique<ShapeBuilder>(plan.geometry, plan.way, log);
}

void RowSink::append(RowSink& later) {
  for (std::size_t i = 0; i < columns.size(); ++i) columns[i]->append(*later.columns[i]);
  if (shapes) shapes->append(*later.shapes);
  log.append(later.log);
  row_ids.insert(row_ids.end(), later.row_ids.begin(), later.row_ids.end());
}

}  // namespace xiangtu::io
