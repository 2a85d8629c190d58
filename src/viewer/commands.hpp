// Every user action as a function on the state: what a test issues without a window.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "viewer/state.hpp"

namespace xiangtu::viewer {

// Reads and computes on the calling thread; what open() does in the background.
Result<std::shared_ptr<const Region>> load(const workspace::OpenOptions& options,
                                           const indicators::Parameters& parameters, Progress& progress);

// Starts loading sources in the background; the region is shown when it is there.
void open(AppState& state, workspace::OpenOptions options);
// Opens further sources beside those that are open.
void add_sources(AppState& state, const std::vector<std::string>& sources);
void show(AppState& state, std::shared_ptr<const Region> region);
// Computes the figures anew in the background with other thresholds; cancelled, the old ones stand.
void set_parameters(AppState& state, const indicators::Parameters& parameters);
void report(AppState& state, const Issue& issue);

// The indicator that is looked at, and whether it colours the map.
void choose_indicator(AppState& state, std::size_t indicator);
void colour_map(AppState& state, bool coloured);
// False when there is no such indicator.
bool choose_indicator(AppState& state, const std::string& id);
// The table's rows: children of the parent in the order asked for, as positions in the coverage table.
std::vector<std::size_t> table_rows(const AppState& state);
void sort_by(AppState& state, int column, bool ascending);
void drill_into(AppState& state, UnitIx unit);
void drill_up(AppState& state);
// The level whose polygons carry the colours: that of the table's rows where they have polygons.
atlas::Level coloured_level(const AppState& state);

// Selects a unit, on the map and among what is identified; zoom brings it into view. None: nothing.
void select_unit(AppState& state, UnitIx unit, bool zoom);
// Brings the selected unit's row into the table's view, for selections that were made elsewhere.
void show_in_table(AppState& state);
// Selects a row of a layer of the region and brings it into view; what a finding points at.
void show_row(AppState& state, const Finding& finding, std::int64_t row_id);
// What is under a pixel becomes identified; a unit there becomes the selected one.
void identify(AppState& state, render::scene::ScreenPoint pixel);

void fit_all(AppState& state);
void fit_layer(AppState& state, render::scene::LayerId layer);
void move_layer(AppState& state, render::scene::LayerId layer, int steps_up);
void set_language(AppState& state, Language language);
// All figures as CSV, the same bytes as `stats --by all -o FILE.csv`.
Status export_table(const AppState& state, const std::string& path);

void ask_for_file(AppState& state, FileChoice choice);
// Shows another folder in the file dialog.
void enter_folder(AppState& state, const std::filesystem::path& folder);
// What the file dialog was opened for, with the path that is typed or chosen in it. A file that would
// be replaced is asked about first: the dialog stays open until it is chosen again.
void take_file(AppState& state);

}  // namespace xiangtu::viewer
