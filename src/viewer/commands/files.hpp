// The file dialog, and what it is opened for.
#pragma once

#include <string>

#include "viewer/state.hpp"

namespace xiangtu::viewer {

// All figures as CSV, the same bytes as `stats --by all -o FILE.csv`.
Status export_table(const AppState& state, const std::string& path);

void ask_for_file(AppState& state, FileChoice choice);
// Whether a file has an ending of those that are written for it.
bool has_ending_of(FileChoice choice, const std::filesystem::path& path);
// Shows another folder in the file dialog.
void enter_folder(AppState& state, const std::filesystem::path& folder);
// What the file dialog was opened for, with the path that is typed or chosen in it. A file that would
// be replaced is asked about first: the dialog stays open until it is chosen again.
void take_file(AppState& state);

}  // namespace xiangtu::viewer
