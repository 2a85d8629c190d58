#include "io/sqlite_reading.hpp"

#include <algorithm>
#include <array>
#include <deque>

#include "base/parallel.hpp"
#include "io/general_formats.hpp"
#include "io/gpkg_geometry.hpp"
#include "io/sqlite_connection.hpp"

namespace xiangtu::io {

namespace {

constexpr std::int64_t rows_per_range = 4096;
constexpr std::size_t ids_per_range = 1024;   // of those that are picked
constexpr std::size_t ranges_per_thread = 4;  // in a window
constexpr std::int64_t rows_between_checks = 256;

// The cell's text lives until the statement's next step, or in `scratch`.
Cell cell_at(sqlite3_stmt* row, int column, const FieldBinding& field, std::string& scratch) {
  if (field.constant) return Cell::of(std::string_view{*field.constant});
  switch (sqlite3_column_type(row, column)) {
    case SQLITE_INTEGER:
      return Cell::of(static_cast<std::int64_t>(sqlite3_column_int64(row, column)));
    case SQLITE_FLOAT:
      return Cell::of(sqlite3_column_double(row, column));
    case SQLITE_TEXT: {
      const std::string_view text = text_at(row, column);
      if (field.tag.empty()) return text.empty() ? Cell{} : Cell::of(text);
      const auto value = tag_value(text, field.tag);
      if (!value) return {};
      scratch = *value;
      return Cell::of(std::string_view{scratch});
    }
    default:
      return {};
  }
}

// GDAL's reading of a blob that is not for us: curves and the like.
ShapeOutcome decode_by_gdal(std::span<const std::byte> blob, table::GeometryKind kind, Shape& shape) {
  const Result<GeneralFormats*> formats = general_formats();
  return formats ? (*formats)->shape_of(wkb_of(blob), kind, shape) : ShapeOutcome::broken;
}

void take_geometry(sqlite3_stmt* row, int column, ShapeBuilder& shapes, std::int64_t id) {
  if (sqlite3_column_type(row, column) != SQLITE_BLOB) return shapes.add_null(id);
  const auto* bytes = static_cast<const std::byte*>(sqlite3_column_blob(row, column));
  const std::span<const std::byte> blob{bytes, static_cast<std::size_t>(sqlite3_column_bytes(row, column))};
  if (const auto positions = plain_positions(blob, shapes.kind()); !positions.empty())
    if (shapes.add_plain(positions)) return;
  const auto outcome = decode_gpkg_geometry(blob, shapes.kind(), shapes.shape());
  shapes.add(outcome ? *outcome : decode_by_gdal(blob, shapes.kind(), shapes.shape()), id);
}

bool is_table(sqlite3* connection, const std::string& name) {
  const Statement statement =
      prepare(connection, "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?1");
  if (!statement) return false;
  sqlite3_bind_text(statement.get(), 1, name.data(), static_cast<int>(name.size()), SQLITE_STATIC);
  return sqlite3_step(statement.get()) == SQLITE_ROW;
}

}  // namespace

std::optional<geodesy::LonLatBox> indexed_extent(const SqliteTable& table) {
  Connection connection = table.file->borrow();
  if (!connection) return std::nullopt;
  const auto index = GeometryIndex::of(table.name, table.geometry, connection.get());
  const auto extent = index ? index->extent(connection.get()) : std::nullopt;
  table.file->give_back(std::move(connection));
  return extent;
}

std::optional<SqliteReading> SqliteReading::of(const SqliteTable& table, const BoundLayer& bound,
                                               const SinkPlan& plan) {
  SqliteReading reading;
  reading.plan_ = &plan;
  reading.file_ = table.file;
  reading.name_ = bound.info.name;
  reading.rows_ = bound.info.rows;
  reading.table_ = sql_name(table.name);
  reading.id_ = sql_name(table.id);
  reading.select_ = reading.id_;
  int next = 1;
  for (const FieldBinding* field : plan.fields) {
    if (field->type == SourceField::Type::date) return std::nullopt;
    reading.columns_.push_back(field->constant ? -1 : next);
    if (field->constant) continue;
    reading.select_ += ", " + sql_name(bound.traits.fields[static_cast<std::size_t>(field->field)].name);
    ++next;
  }
  if (plan.geometry != table::GeometryKind::none) {
    reading.select_ += ", " + sql_name(table.geometry);
    reading.geometry_ = next;
  }
  // A view has no rows by id; a field may be one that SQLite does not know by GDAL's name for it.
  Connection connection = table.file->borrow();
  const bool known = connection && is_table(connection.get(), table.name) &&
                     prepare(connection.get(), "SELECT " + reading.select_ + " FROM " + reading.table_);
  if (known && plan.box) reading.index_ = GeometryIndex::of(table.name, table.geometry, connection.get());
  if (connection) table.file->give_back(std::move(connection));
  return known ? std::optional{reading} : std::nullopt;
}

Status SqliteReading::unreadable(const std::string& cause) const {
  return Issue{IssueCode::input_unreadable,
               "layer {0} of {1} cannot be read ({2}); the file is damaged: copy it again", name_,
               file_->path(), cause};
}

Result<std::vector<SqliteReading::Range>> SqliteReading::ranges() const {
  Connection connection = file_->borrow();
  if (!connection) return unreadable("it cannot be opened again").issue();
  std::optional<Run> all;
  {
    const Statement ends =
        prepare(connection.get(), "SELECT (SELECT min(" + id_ + ") FROM " + table_ + "), (SELECT max(" + id_ +
                                      ") FROM " + table_ + ")");  // apart: both at once would read all rows
    if (!ends || sqlite3_step(ends.get()) != SQLITE_ROW)
      return unreadable(sqlite3_errmsg(connection.get())).issue();
    if (sqlite3_column_type(ends.get(), 0) != SQLITE_NULL)
      all = Run{sqlite3_column_int64(ends.get(), 0), sqlite3_column_int64(ends.get(), 1)};
  }
  file_->give_back(std::move(connection));
  std::vector<Range> ranges;
  if (!all) return ranges;
  const std::int64_t first = all->first, last = all->last;
  // Ids far apart are few rows in many ranges; so far, one range is enough.
  constexpr std::uint64_t most_ranges = 1 << 16;
  const std::uint64_t span = static_cast<std::uint64_t>(last) - static_cast<std::uint64_t>(first);
  if (span / rows_per_range >= most_ranges) return std::vector<Range>{{{{first, last}}}};
  for (std::int64_t begin = first; begin <= last; begin += rows_per_range) {
    const bool ends_here = last - begin < rows_per_range;
    ranges.push_back({{{begin, ends_here ? last : begin + rows_per_range - 1}}});
    if (ends_here) break;
  }
  return ranges;
}

std::optional<std::vector<SqliteReading::Range>> SqliteReading::ranges_in_box() const {
  if (!index_) return std::nullopt;
  Connection connection = file_->borrow();
  if (!connection) return std::nullopt;
  const auto found = index_->rows_in(*plan_->box, rows_ / 4, connection.get());
  file_->give_back(std::move(connection));
  if (!found) return std::nullopt;
  const std::vector<std::int64_t>& ids = *found;
  // Neighbours on the ground are mostly neighbours in the file.
  std::vector<Range> ranges;
  for (std::size_t i = 0; i < ids.size(); ++i) {
    if (i % ids_per_range == 0) ranges.push_back({{}, true});
    std::vector<Run>& runs = ranges.back().runs;
    if (!runs.empty() && runs.back().last + 1 == ids[i])
      runs.back().last = ids[i];
    else
      runs.push_back({ids[i], ids[i]});
  }
  return ranges;
}

Status SqliteReading::read_range(const Range& range, RowSink& sink, Progress& progress) const {
  Connection connection = file_->borrow();
  if (!connection) return unreadable("it cannot be opened again");
  if (Status status = read_rows(range, connection.get(), sink, progress); !status) return status;
  if (!range.picked) map_anew(connection.get());
  file_->give_back(std::move(connection));
  if (sink.shapes) sink.shapes->settle_all();
  return {};
}

void SqliteReading::take_row(sqlite3_stmt* row, RowSink& sink, std::string& scratch) const {
  const std::int64_t id = sqlite3_column_int64(row, 0);
  const auto take_cells = [&](std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i)
      sink.columns[i]->add(cell_at(row, columns_[i], *plan_->fields[i], scratch), id);
  };
  take_cells(0, plan_->sieved_fields);
  if (!sink.needs_row()) return;
  take_cells(plan_->sieved_fields, columns_.size());
  sink.row_ids.push_back(id);
  if (geometry_ >= 0) take_geometry(row, geometry_, *sink.shapes, id);
}

Status SqliteReading::read_rows(const Range& range, sqlite3* connection, RowSink& sink,
                                Progress& progress) const {
  const Statement statement = prepare(connection, "SELECT " + select_ + " FROM " + table_ + " WHERE " + id_ +
                                                      " BETWEEN ?1 AND ?2 ORDER BY " + id_);
  if (!statement) return unreadable(sqlite3_errmsg(connection));
  sqlite3_stmt* row = statement.get();
  std::string scratch;
  std::int64_t rows = 0;
  // The rows of the statement as it is bound; its last state.
  const auto take_rows = [&] {
    int state = SQLITE_ROW;
    for (; (state = sqlite3_step(row)) == SQLITE_ROW; ++rows) {
      if (rows % rows_between_checks == 0 && progress.stop_requested()) return state;
      take_row(row, sink, scratch);
    }
    return state;
  };
  int state = SQLITE_DONE;
  for (std::size_t i = 0; i < range.runs.size() && state == SQLITE_DONE; ++i) {
    sqlite3_reset(row);
    sqlite3_bind_int64(row, 1, range.runs[i].first);
    sqlite3_bind_int64(row, 2, range.runs[i].last);
    state = take_rows();
  }
  if (progress.stop_requested()) return cancelled_issue();
  progress.advance(static_cast<std::uint64_t>(rows));
  return state == SQLITE_DONE ? Status{} : unreadable(sqlite3_errmsg(connection));
}

namespace {

// Ranges that are read side by side, each into a sink of its own; afterwards the sinks are appended in order
// and filled again.
struct Window {
  std::deque<RowSink> sinks;
  std::vector<Status> done;
};

}  // namespace

// Two windows take turns: while one is filled the other is appended.
Status SqliteReading::read(RowSink& sink, Progress& progress) const {
  std::vector<Range> parts;
  if (auto needed = ranges_in_box()) {
    parts = std::move(*needed);
  } else {
    Result<std::vector<Range>> all = ranges();
    if (!all) return all.issue();
    parts = std::move(*all);
  }
  if (parts.size() == 1) return read_range(parts.front(), sink, progress);
  const std::size_t at_once = std::min(parts.size(), ranges_per_thread * thread_count());
  std::array<Window, 2> windows;
  for (Window& window : windows)
    for (std::size_t i = 0; i < at_once; ++i) window.sinks.emplace_back(*plan_);
  const auto fill = [&](Window& window, std::size_t first) {
    const std::size_t count = std::min(at_once, parts.size() - std::min(first, parts.size()));
    window.done.assign(count, Status{});
    parallel_for(count, 1, progress, [&](std::size_t begin, std::size_t end) {
      for (std::size_t i = begin; i < end; ++i)
        window.done[i] = read_range(parts[first + i], window.sinks[i], progress);
    });
  };
  // Picked rows are alike wherever they lie; a whole file often begins with its longest roads.
  const bool picked = !parts.empty() && parts.front().picked;
  const std::size_t last_sample = picked ? 0 : at_once - 1;
  const std::size_t rows =
      picked ? parts.size() * ids_per_range : std::min(rows_, parts.size() * rows_per_range);
  Status failed;
  const auto append = [&](Window& window, bool first) {
    for (std::size_t i = 0; i < window.done.size() && failed; ++i) {
      failed = window.done[i];
      if (failed) sink.append(window.sinks[i]);
      if (first && i == last_sample) sink.reserve(rows);
    }
  };
  for (std::size_t first = 0, turn = 0; first < parts.size() + at_once; first += at_once, ++turn) {
    Window &filled = windows[turn % 2], &waiting = windows[(turn + 1) % 2];
    parallel_both([&] { fill(filled, first); }, [&] { append(waiting, turn == 1); });
    if (progress.stop_requested()) return cancelled_issue();
    if (!failed) return failed;
  }
  return {};
}

}  // namespace xiangtu::io
