#include "io/row_sink.hpp"

#include <algorithm>

#include "base/parallel.hpp"

namespace xiangtu::io {

RowSink::RowSink(const SinkPlan& plan) : log(plan.source, plan.layer) {
  for (const FieldBinding* field : plan.fields)
    columns.push_back(std::make_unique<ColumnReader>(*plan.schema, plan.role, *field, log));
  if (plan.geometry != table::GeometryKind::none)
    shapes = std::make_unique<ShapeBuilder>(plan.geometry, plan.way, log);
  if (!plan.sieve) return;
  sieved_ = plan.sieved_fields;
  std::vector<const ColumnReader*> judged;
  for (const std::string& field : plan.sieve->fields) {
    const auto end = columns.begin() + static_cast<std::ptrdiff_t>(sieved_);
    const auto found = std::find_if(columns.begin(), end,
                                    [&](const auto& column) { return column->binding().name() == field; });
    judged.push_back(found == end ? nullptr : found->get());
  }
  judge_.emplace(*plan.sieve, std::move(judged));
}

bool RowSink::needs_row() {
  if (!judge_ || judge_->needs_last_row()) return true;
  for (std::size_t i = 0; i < sieved_; ++i) columns[i]->drop_last();
  return false;
}

void RowSink::append(RowSink& later) {
  if (shapes) later.shapes->settle_all();  // notes what it finds in the log
  // Columns and shapes are independent of each other.
  parallel_for(columns.size() + 1, 1, Progress{}, [&](std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i)
      if (i > 0)
        columns[i - 1]->append(*later.columns[i - 1]);
      else if (shapes)
        shapes->append(*later.shapes);
  });
  log.append(later.log);
  row_ids.insert(row_ids.end(), later.row_ids.begin(), later.row_ids.end());
  later.row_ids.clear();
  if (later.judge_) later.judge_->forget();
}

void RowSink::reserve(std::size_t rows) {
  if (row_ids.empty()) return;
  const double factor = 1.02 * static_cast<double>(rows) / static_cast<double>(row_ids.size());
  const auto scaled = [&](std::size_t count) {
    return static_cast<std::size_t>(factor * static_cast<double>(count));
  };
  row_ids.reserve(rows);
  for (const auto& column : columns) column->reserve(rows);
  if (!shapes) return;
  const table::GeometryColumn& column = shapes->column();
  shapes->reserve(rows, scaled(column.part_count()), scaled(column.vertices().size()));
}

}  // namespace xiangtu::io
