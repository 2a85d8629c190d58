// Rows on their way into a table: those of a whole layer, or of a range of it that is read beside others.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "io/column_reader.hpp"
#include "io/finding_log.hpp"
#include "io/row_judge.hpp"
#include "io/shape_builder.hpp"

namespace xiangtu::io {

// What a sink is made for; outlives it.
struct SinkPlan {
  const Schema* schema = nullptr;
  Role role{};
  std::string source, layer;
  std::vector<const FieldBinding*> fields;  // one column each
  table::GeometryKind geometry = table::GeometryKind::none;
  const geodesy::ToLonLat* way = nullptr;  // null: the coordinates are LonLat already
  std::optional<geodesy::LonLatBox> box;   // of the features that are needed; none: all
  // Of the rows that are needed; null: all. Its fields come first among `fields`, as far as there are such.
  const table::RowSieve* sieve = nullptr;
  std::size_t sieved_fields = 0;
};

struct RowSink {
  explicit RowSink(const SinkPlan& plan);
  RowSink(const RowSink&) = delete;

  // Asked when the sieved fields have the row's cells, and only they: where the row is not needed, they have
  // them no longer, and nothing else of it is to be added.
  bool needs_row();

  // Takes over the rows of a sink of the same plan, which come after those that are here; that sink is empty
  // afterwards and may be filled again. The table is the same as if one sink had taken all rows.
  void append(RowSink& later);
  // Room for so many rows like those that are here.
  void reserve(std::size_t rows);

  FindingLog log;
  std::vector<std::unique_ptr<ColumnReader>> columns;  // as plan.fields
  std::unique_ptr<ShapeBuilder> shapes;                // null: no geometry
  std::vector<std::int64_t> row_ids;

 private:
  std::size_t sieved_ = 0;  // columns
  std::optional<RowJudge> judge_;
};

}  // namespace xiangtu::io
