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
// Computes the figures anew in the background with other thresholds.
void set_parameters(AppState& state, const indicators::Parameters& parameters);
void report(AppState& state, const Issue& issue);

void choose_indicator(AppState& state, std::size_t indicator);
// False when there is no such indicator.
bool choose_indicator(AppState& state, const std::string& id);
// The table's rows: children of the parent in the order asked for, as positions in the coverage table.
std::vector<std::size_t> table_rows(const AppState& state);
void sort_by(AppState& state, int column, bool ascending);
void drill_into(AppState& state, UnitIx unit);
void drill_up(AppState& state);
// The level whose polygons carry the colours: that of the table's rows where they have polygons.
atlas::Level coloured_level(const AppState& state);

// Selects a unit; zoom brings it into view. None: nothing.
void select_unit(AppState& state, UnitIx unit, bool zoom);
// What is under a pixel becomes identified; a unit there becomes the selected one.
void identify(AppState& state, render::scene::ScreenPoint pixel);

void fit_all(AppState& state);
void fit_layer(AppState& state, render::scene::LayerId layer);
void move_layer(AppState& state, render::scene::LayerId layer, int steps_up);
void set_language(AppState& state, Language language);
// All figures as CSV, the same bytes as `stats --by all -o FILE.csv`.
Status export_table(const AppState& state, const std::string& path);

void ask_for_file(AppState& state, FileChoice choice);
// What the file dialog was opened for, with the path that is typed or chosen in it. A file that would
// be replaced is asked about first: the dialog stays open until it is chosen again.
void take_file(AppState& state);

}  // namespace xiangtu::viewer
