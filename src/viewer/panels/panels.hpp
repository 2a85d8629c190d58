// The panels: each draws one part of the window from the state and issues commands on it. One file each.
#pragma once

#include <imgui.h>

#include "viewer/state.hpp"

namespace xiangtu::viewer {

void draw_menu(AppState& state);
void draw_layers(AppState& state);
void draw_backgrounds(AppState& state);
void draw_identify(AppState& state);
void draw_statistics(AppState& state);
// The tables at the bottom of the window, and whether there is one.
bool shows_bottom(const AppState& state);
void draw_bottom(AppState& state);
void draw_attributes(AppState& state);
// The bar over its rows; only where it shows a layer.
void draw_attribute_filter(AppState& state);
// Scale bar and coordinates over the map, whose place on the screen is given.
void draw_map_overlay(AppState& state, ImVec2 origin, ImVec2 size);
// Where the map itself draws the legend.
void draw_legend(AppState& state, ImVec2 origin, ImVec2 size);
// What is being drawn on the map with a tool.
void draw_map_tools(AppState& state, ImVec2 origin, ImVec2 size);
// Errors and remarks at the top of the map; running jobs with their progress at its corner.
void draw_notices(AppState& state, ImVec2 origin, ImVec2 size);
void draw_findings(AppState& state);
// The search box at the top of the map.
void draw_search(AppState& state, ImVec2 origin, ImVec2 size);
// False: no village is selected.
bool draw_village_card(AppState& state);
// From the village of the card to what is nearest.
void draw_card_lines(const AppState& state, ImVec2 origin, ImVec2 size);
// Lengths along what is being measured, and the result.
void draw_measure(const AppState& state, ImVec2 origin, ImVec2 size);
void draw_figure(AppState& state);
void draw_network(AppState& state);
void draw_bridges(AppState& state);
void draw_defects(AppState& state);
// The defect that was gone to, on the map.
void draw_defect_marks(const AppState& state, ImVec2 origin, ImVec2 size);
void draw_links(AppState& state);
// For a bridge or a road that is described: what may be changed about it.
void draw_scenario_buttons(AppState& state, table::Role role, RowIx row);
// What the scenario changes, on the map.
void draw_network_marks(const AppState& state, ImVec2 origin, ImVec2 size);
// What is to be built next, on the map.
void draw_link_marks(const AppState& state, ImVec2 origin, ImVec2 size);
void draw_bookmarks(AppState& state);
void draw_charts(AppState& state);
// How a layer is drawn, and how units are put into classes: windows over the map, whose place is given.
void draw_style_editor(AppState& state, ImVec2 origin, ImVec2 size);
void draw_classes(AppState& state, ImVec2 origin, ImVec2 size);
void draw_welcome(AppState& state, ImVec2 origin, ImVec2 size);
// What was open lately, to be chosen from.
void draw_recent(AppState& state);
void draw_file_dialog(AppState& state);
// In it, where the map is exported: size, resolution and title.
void draw_export_options(AppState& state);

// Entries of a folder that the file dialog offers: sub-folders first, then files of the kinds that can be
// opened, or that are written.
struct FolderEntry {
  std::filesystem::path path;
  bool is_folder = false;
};
std::vector<FolderEntry> folder_entries(const std::filesystem::path& folder,
                                        FileChoice choice = FileChoice::open);

}  // namespace xiangtu::viewer
