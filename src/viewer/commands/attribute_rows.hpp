// What is done with rows of the attribute table: selecting, looking at them on the map, taking them
// elsewhere.
#pragma once

#include <cstddef>
#include <string>

#include "viewer/state.hpp"

namespace xiangtu::viewer {

enum class RowClick : std::uint8_t {
  only,       // this row alone
  toggle,     // this row besides what is selected, or no longer
  range,      // the rows from the anchor to this one alone
  add_range,  // these rows besides what is selected
};

// position: in the rows that are shown.
void select_table_row(AppState& state, std::size_t position, RowClick click);
// From the row of the keys; with extend the range from the anchor is selected. Beyond an end: the end.
void move_in_table(AppState& state, std::ptrdiff_t steps, bool extend);
// All rows that are shown.
void select_shown_rows(AppState& state);
// Brings everything that is selected, in any layer, into view.
void fit_selection(AppState& state);

// The selected rows of the table that are shown, in its order: a line of headings, then a line a row, cells
// separated by tabs as spreadsheets take them. At most most_copied_rows.
inline constexpr std::size_t most_copied_rows = 100'000;
std::string selected_rows_text(const AppState& state);
// The same for the clipboard, with a notice that says how many; empty where none is selected.
std::string copied_rows(AppState& state);
// Writes the rows that are shown as CSV, in the background where they are many; headings and values as the
// table has them, and the position of points. What becomes of it is said in a notice.
void export_rows(AppState& state, const std::string& path);

}  // namespace xiangtu::viewer
