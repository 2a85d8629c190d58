#include "viewer/commands/attribute_rows.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "base/text.hpp"
#include "io/atomic_file.hpp"
#include "report/csv_line.hpp"
#include "viewer/cell_text.hpp"
#include "viewer/commands/attributes.hpp"
#include "viewer/commands/map_view.hpp"
#include "viewer/commands/regions.hpp"
#include "viewer/commands/selection.hpp"
#include "viewer/row_work.hpp"

namespace xiangtu::viewer {

namespace scene = render::scene;

namespace {

constexpr std::size_t rows_a_write = 4096;

// The shown rows between two of them, both included, ascending.
std::vector<RowIx> range_of(const AttributesState& attributes, RowIx from, std::size_t to) {
  const auto found = std::ranges::find(attributes.rows, from);
  std::size_t begin =
      found == attributes.rows.end() ? to : static_cast<std::size_t>(found - attributes.rows.begin());
  std::size_t end = to;
  if (begin > end) std::swap(begin, end);
  std::vector<RowIx> rows(attributes.rows.begin() + static_cast<std::ptrdiff_t>(begin),
                          attributes.rows.begin() + static_cast<std::ptrdiff_t>(end) + 1);
  std::ranges::sort(rows);
  return rows;
}

// Selects, and keeps the table where it is: the change comes from here.
void select_from_table(AppState& state, std::vector<RowIx> rows, SelectionChange change) {
  AttributesState& attributes = state.attributes;
  const RowIx anchor = attributes.anchor, cursor = attributes.cursor;
  const bool scroll = attributes.scroll_to_cursor;
  change_selection(state, {{attributes.layer, std::move(rows)}}, change);
  update_attributes(state);
  attributes.anchor = anchor;
  attributes.cursor = cursor;
  attributes.scroll_to_cursor = scroll;
}

// A table's cells as text; a copy of what it needs, for any thread.
struct CellTexts {
  std::shared_ptr<const workspace::Workspace> workspace;
  std::shared_ptr<const table::FeatureTable> table;
  table::Role role;
  Catalogue catalogue;

  std::string heading(const table::Column& column) const {
    return workspace->schema().field_label(role, column.name, catalogue.language());
  }
  std::string cell(const table::Column& column, RowIx row) const {
    return cell_text(workspace->schema(), role, column, row.value, catalogue);
  }
};

CellTexts texts_of_table(const AppState& state, const scene::MapLayer& layer) {
  return {state.region->workspace, layer.table, *layer.role, state.catalogue};
}

// One line of a spreadsheet's clipboard: no tab or line break within a cell.
void append_tabbed(std::string& text, std::string cell, bool first) {
  std::ranges::replace_if(
      cell, [](char c) { return c == '\t' || c == '\n' || c == '\r'; }, ' ');
  if (!first) text += '\t';
  text += cell;
}

std::string csv_heading(const CellTexts& texts) {
  std::string line;
  for (const table::Column& column : texts.table->columns) report::append_cell(line, texts.heading(column));
  if (texts.table->geometry.kind() == table::GeometryKind::point) {
    report::append_cell(line, texts.catalogue("longitude"));
    report::append_cell(line, texts.catalogue("latitude"));
  }
  return line + "\r\n";
}

void append_csv_row(std::string& text, const CellTexts& texts, RowIx row) {
  bool first = true;
  const auto append = [&](const std::string& cell) {
    if (!std::exchange(first, false)) text += ',';
    report::append_quoted(text, cell);
  };
  for (const table::Column& column : texts.table->columns) append(texts.cell(column, row));
  const table::GeometryColumn& geometry = texts.table->geometry;
  if (geometry.kind() == table::GeometryKind::point) {
    const bool placed = !geometry.empty_at(row.value);
    append(placed ? format_number(geometry.representative(row.value).lon, 9) : "");
    append(placed ? format_number(geometry.representative(row.value).lat, 9) : "");
  }
  text += "\r\n";
}

Status write_rows(const std::string& path, const CellTexts& texts, const std::vector<RowIx>& rows,
                  Progress& progress) {
  auto file = io::FileWriter::create(path, progress.stop_token());
  if (!file) return file.issue();
  std::string text = csv_heading(texts);
  for (std::size_t first = 0; first < rows.size(); first += rows_a_write) {
    if (progress.stop_requested()) return cancelled_issue();
    for (std::size_t i = first; i < std::min(first + rows_a_write, rows.size()); ++i)
      append_csv_row(text, texts, rows[i]);
    if (const Status written = file->write(text); !written) return written;
    text.clear();
  }
  if (const Status written = file->write(text); !written) return written;
  return file->commit();
}

}  // namespace

void select_table_row(AppState& state, std::size_t position, RowClick click) {
  AttributesState& attributes = state.attributes;
  if (position >= attributes.rows.size()) return;
  const RowIx row = attributes.rows[position];
  const bool ranges = click == RowClick::range || click == RowClick::add_range;
  if (!ranges || !attributes.anchor.exists()) attributes.anchor = row;
  attributes.cursor = row;
  if (ranges)
    return select_from_table(state, range_of(attributes, attributes.anchor, position),
                             click == RowClick::range ? SelectionChange::replace : SelectionChange::add);
  const bool removes = click == RowClick::toggle && attributes.selected[row.value];
  select_from_table(state, {row},
                    removes                     ? SelectionChange::remove
                    : click == RowClick::toggle ? SelectionChange::add
                                                : SelectionChange::replace);
}

void move_in_table(AppState& state, std::ptrdiff_t steps, bool extend) {
  AttributesState& attributes = state.attributes;
  if (attributes.rows.empty()) return;
  const auto found = std::ranges::find(attributes.rows, attributes.cursor);
  const auto last = static_cast<std::ptrdiff_t>(attributes.rows.size()) - 1;
  const std::ptrdiff_t at =
      found == attributes.rows.end() ? (steps > 0 ? -1 : last + 1) : found - attributes.rows.begin();
  const auto to = static_cast<std::size_t>(std::clamp<std::ptrdiff_t>(at + steps, 0, last));
  attributes.scroll_to_cursor = true;
  select_table_row(state, to, extend ? RowClick::range : RowClick::only);
}

void select_shown_rows(AppState& state) {
  std::vector<RowIx> rows = state.attributes.rows;
  std::ranges::sort(rows);
  select_from_table(state, std::move(rows), SelectionChange::replace);
}

void fit_selection(AppState& state) {
  fit(state, box_of(state, state.scene.selection()));
}

std::string selected_rows_text(const AppState& state) {
  const scene::MapLayer* layer = table_layer(state);
  std::string text;
  if (!layer) return text;
  const CellTexts texts = texts_of_table(state, *layer);
  const auto& columns = layer->table->columns;
  for (const table::Column& column : columns)
    append_tabbed(text, texts.heading(column), &column == columns.data());
  text += '\n';
  std::size_t copied = 0;
  for (const RowIx row : state.attributes.rows) {
    if (!state.attributes.selected[row.value]) continue;
    if (copied++ == most_copied_rows) break;
    for (const table::Column& column : columns)
      append_tabbed(text, texts.cell(column, row), &column == columns.data());
    text += '\n';
  }
  return text;
}

std::string copied_rows(AppState& state) {
  const auto& attributes = state.attributes;
  const auto selected = static_cast<std::size_t>(
      std::ranges::count_if(attributes.rows, [&](RowIx row) { return attributes.selected[row.value] != 0; }));
  if (selected == 0) return {};
  const Message said = selected > most_copied_rows
                           ? Message("copied the first {0} of {1} rows; export them to have all",
                                     with_thousands(std::to_string(most_copied_rows)),
                                     with_thousands(std::to_string(selected)))
                           : Message("copied: {0} rows", with_thousands(std::to_string(selected)));
  state.notices.push_back({said.in(state.catalogue), false});
  return selected_rows_text(state);
}

void export_rows(AppState& state, const std::string& path) {
  const scene::MapLayer* layer = table_layer(state);
  if (!layer) return;
  const std::size_t count = state.attributes.rows.size();
  work_on_rows(
      state, "writing rows", count,
      [texts = texts_of_table(state, *layer), rows = state.attributes.rows, path](Progress& progress) {
        return write_rows(path, texts, rows, progress);
      },
      [&state, path](const Status& written, bool) {
        if (!written) return report(state, written.issue());
        state.notices.push_back({Message("written: {0}", path).in(state.catalogue), false});
      });
}

}  // namespace xiangtu::viewer
