#include <algorithm>
#include <array>
#include <cstdlib>
#include <string_view>
#include <system_error>

#include <imgui.h>

#include <imgui_stdlib.h>

#include "io/file_ending.hpp"
#include "io/raster_file.hpp"
#include "viewer/commands/files.hpp"
#include "viewer/keys.hpp"
#include "viewer/panels/panels.hpp"

namespace xiangtu::viewer {

namespace fs = std::filesystem;

namespace {

constexpr std::array<std::string_view, 12> known_endings{
    ".gpkg", ".shp", ".geojson", ".json", ".fgb", ".csv", ".kml", ".kmz", ".xlsx", ".pbf", ".toml", ".gml"};

bool is_offered(FileChoice choice, const fs::path& path) {
  if (saves(choice)) return has_ending_of(choice, path);
  if (choice == FileChoice::background) return io::names_raster(path);
  const std::string ending = io::ending_of(path);
  if (choice == FileChoice::open_scenario) return ending == ".toml";
  return io::names_raster(path) || std::ranges::find(known_endings, ending) != known_endings.end();
}

// What stands in the empty box, and below it what is accepted.
struct Hints {
  const char* box;
  const char* accepted;
};
Hints hints_of(FileChoice choice) {
  if (saves(choice)) return {"path of the file to write", ""};
  if (choice == FileChoice::background)
    return {"path of a picture of the ground or of a map service's description",
            "GeoTIFF, MBTiles, VRT, heights (.asc, .hgt, .img), pictures with a world file (PNG, JPEG, JPEG "
            "2000), or a WMS, WMTS or XYZ service described in an .xml"};
  if (choice == FileChoice::open_scenario)
    return {"path of a scenario", "a scenario saved from the road network (.toml)"};
  return {"path of a file or a folder of shapefiles",
          "GeoPackage, Shapefile or a folder of them, GeoJSON, FlatGeobuf, CSV, XLSX, KML, GML, "
          "OpenStreetMap (.pbf), a workspace (.toml), or a database (PG:…)"};
}

void accepted_files(const AppState& state) {
  const char* accepted = hints_of(state.dialog.choice).accepted;
  if (!*accepted) return;
  ImGui::PushStyleColor(ImGuiCol_Text, ImGui::GetStyleColorVec4(ImGuiCol_TextDisabled));
  ImGui::TextWrapped("%s", state.catalogue.c_str(accepted));
  ImGui::PopStyleColor();
}

void folder_list(AppState& state) {
  const FileChoice choice = state.dialog.choice;
  const float lines = choice == FileChoice::save_map ? 5.2f : saves(choice) ? 2.2f : 3.6f;
  ImGui::BeginChild("entries", {0, -ImGui::GetFrameHeightWithSpacing() * lines}, true);
  fs::path into;
  for (const FolderEntry& entry : folder_entries(state.dialog.folder, state.dialog.choice)) {
    const std::string name = entry.path.filename().string() + (entry.is_folder ? "/" : "");
    if (!ImGui::Selectable(name.c_str(), state.dialog.typed == entry.path.string(),
                           ImGuiSelectableFlags_AllowDoubleClick))
      continue;
    state.dialog.typed = entry.path.string();
    if (!ImGui::IsMouseDoubleClicked(0)) continue;
    if (entry.is_folder)
      into = entry.path;
    else
      take_file(state);
  }
  ImGui::EndChild();
  if (!into.empty()) enter_folder(state, into);
}

const char* title_of(FileChoice choice) {
  switch (choice) {
    case FileChoice::open:
      return "Open";
    case FileChoice::add:
      return "Add to the map";
    case FileChoice::background:
      return "Add a background";
    case FileChoice::save_figures:
      return "Export figures as CSV";
    case FileChoice::save_rows:
      return "Export rows as CSV";
    case FileChoice::save_workspace:
      return "Save workspace as";
    case FileChoice::open_scenario:
      return "Open a scenario";
    case FileChoice::save_scenario:
      return "Save the scenario as";
    case FileChoice::save_scenarios:
      return "Export the figures of the scenarios as CSV";
    case FileChoice::save_changes:
      return "Export the villages won and lost as CSV";
    case FileChoice::save_bridges:
      return "Export the bridges as CSV";
    case FileChoice::save_links:
      return "Export the links as CSV";
    case FileChoice::save_defects:
      return "Export the defects as CSV";
    case FileChoice::save_figure:
      return "Export the rows behind the figure as CSV";
    case FileChoice::save_lines:
      return "Export the lines of the links as GeoJSON";
    case FileChoice::save_map:
      return "Export the map";
  }
  return "";
}

}  // namespace

std::vector<FolderEntry> folder_entries(const fs::path& folder, FileChoice choice) {
  std::vector<FolderEntry> entries;
  std::error_code error;
  for (fs::directory_iterator at(folder, fs::directory_options::skip_permission_denied, error), end;
       !error && at != end; at.increment(error)) {
    std::error_code ignored;
    const bool is_folder = at->is_directory(ignored);
    if (at->path().filename().string().starts_with(".")) continue;
    if (is_folder || is_offered(choice, at->path())) entries.push_back({at->path(), is_folder});
  }
  std::sort(entries.begin(), entries.end(), [](const FolderEntry& a, const FolderEntry& b) {
    return a.is_folder != b.is_folder ? a.is_folder : a.path.filename() < b.path.filename();
  });
  return entries;
}

void draw_file_dialog(AppState& state) {
  FileDialogState& dialog = state.dialog;
  if (!dialog.open) return;
  const Catalogue& t = state.catalogue;
  const bool saving = saves(dialog.choice);
  const std::string title = std::string{t(title_of(dialog.choice))} + "###open";
  if (!ImGui::IsPopupOpen("###open")) ImGui::OpenPopup("###open");
  const ImVec2 screen = ImGui::GetIO().DisplaySize;
  ImGui::SetNextWindowSize({screen.x * 0.55f, screen.y * 0.6f}, ImGuiCond_Appearing);
  ImGui::SetNextWindowPos({screen.x / 2, screen.y / 2}, ImGuiCond_Appearing, {0.5f, 0.5f});
  if (!ImGui::BeginPopupModal(title.c_str(), &dialog.open)) return;
  if (ImGui::Button("↑") && dialog.folder.has_parent_path()) enter_folder(state, dialog.folder.parent_path());
  ImGui::SameLine();
  ImGui::TextUnformatted(dialog.folder.string().c_str());
  folder_list(state);
  ImGui::SetNextItemWidth(-1);
  if (ImGui::IsWindowAppearing()) ImGui::SetKeyboardFocusHere();
  const bool entered = ImGui::InputTextWithHint("##path", t.c_str(hints_of(dialog.choice).box), &dialog.typed,
                                                ImGuiInputTextFlags_EnterReturnsTrue);
  if (entered) ImGui::SetKeyboardFocusHere(-1);  // should the dialog stay, to ask something
  accepted_files(state);
  if (dialog.choice == FileChoice::save_map) draw_export_options(state);
  const bool asks = saving && !dialog.replacing.empty();
  // A key that is still held does not answer what was asked because of it.
  if (ImGui::Button(t.c_str(asks ? "Replace it" : saving ? "Save" : "Open")) || (entered && pressed_enter()))
    take_file(state);
  ImGui::SameLine();
  const bool list_was_open = state.view.popups > 1;  // Esc closed that one
  if (ImGui::Button(t.c_str("Cancel")) || (pressed(ImGuiKey_Escape) && !list_was_open)) dialog.open = false;
  if (asks) {
    ImGui::SameLine();
    ImGui::TextUnformatted(Message("{0} is there already", dialog.replacing).in(t).c_str());
  }
  if (!dialog.open) ImGui::CloseCurrentPopup();
  ImGui::EndPopup();
}

}  // namespace xiangtu::viewer
