#include <algorithm>
#include <array>
#include <cstdlib>
#include <string_view>
#include <system_error>

#include <imgui.h>

#include <imgui_stdlib.h>

#include "viewer/commands.hpp"
#include "viewer/panels/panels.hpp"

namespace xiangtu::viewer {

namespace fs = std::filesystem;

namespace {

constexpr std::array<std::string_view, 12> known_endings{
    ".gpkg", ".shp", ".geojson", ".json", ".fgb", ".csv", ".kml", ".kmz", ".xlsx", ".pbf", ".toml", ".gml"};

bool is_known(const fs::path& path) {
  std::string ending = path.extension().string();
  std::transform(ending.begin(), ending.end(), ending.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return std::find(known_endings.begin(), known_endings.end(), ending) != known_endings.end();
}

void take(AppState& state, const std::string& path) {
  state.dialog.open = false;
  if (state.dialog.add)
    add_sources(state, {path});
  else
    open(state, {{path}, std::nullopt});
}

void folder_list(AppState& state) {
  ImGui::BeginChild("entries", {0, -ImGui::GetFrameHeightWithSpacing() * 2.2f}, true);
  fs::path into;
  for (const FolderEntry& entry : folder_entries(state.dialog.folder)) {
    const std::string name = entry.path.filename().string() + (entry.is_folder ? "/" : "");
    if (!ImGui::Selectable(name.c_str(), state.dialog.typed == entry.path.string(),
                           ImGuiSelectableFlags_AllowDoubleClick))
      continue;
    state.dialog.typed = entry.path.string();
    if (!ImGui::IsMouseDoubleClicked(0)) continue;
    if (entry.is_folder)
      into = entry.path;
    else
      take(state, entry.path.string());
  }
  ImGui::EndChild();
  if (!into.empty()) {
    state.dialog.folder = into;
    state.dialog.typed.clear();
  }
}

}  // namespace

std::vector<FolderEntry> folder_entries(const fs::path& folder) {
  std::vector<FolderEntry> entries;
  std::error_code error;
  for (fs::directory_iterator at(folder, fs::directory_options::skip_permission_denied, error), end;
       !error && at != end; at.increment(error)) {
    std::error_code ignored;
    const bool is_folder = at->is_directory(ignored);
    if (at->path().filename().string().starts_with(".")) continue;
    if (is_folder || is_known(at->path())) entries.push_back({at->path(), is_folder});
  }
  std::sort(entries.begin(), entries.end(), [](const FolderEntry& a, const FolderEntry& b) {
    return a.is_folder != b.is_folder ? a.is_folder : a.path.filename() < b.path.filename();
  });
  return entries;
}

void draw_file_dialog(AppState& state) {
  if (!state.dialog.open) return;
  const Catalogue& t = state.catalogue;
  if (state.dialog.folder.empty()) {
    std::error_code error;
    state.dialog.folder = fs::current_path(error);
  }
  const std::string title = std::string{t(state.dialog.add ? "Add to the map" : "Open")} + "###open";
  if (!ImGui::IsPopupOpen("###open")) ImGui::OpenPopup("###open");
  const ImVec2 screen = ImGui::GetIO().DisplaySize;
  ImGui::SetNextWindowSize({screen.x * 0.55f, screen.y * 0.6f}, ImGuiCond_Appearing);
  ImGui::SetNextWindowPos({screen.x / 2, screen.y / 2}, ImGuiCond_Appearing, {0.5f, 0.5f});
  if (!ImGui::BeginPopupModal(title.c_str(), &state.dialog.open)) return;
  if (ImGui::Button("↑") && state.dialog.folder.has_parent_path())
    state.dialog.folder = state.dialog.folder.parent_path();
  ImGui::SameLine();
  ImGui::TextUnformatted(state.dialog.folder.string().c_str());
  folder_list(state);
  ImGui::SetNextItemWidth(-1);
  const bool entered = ImGui::InputTextWithHint("##path", t.c_str("path of a file or a folder of shapefiles"),
                                                &state.dialog.typed, ImGuiInputTextFlags_EnterReturnsTrue);
  if ((ImGui::Button(t.c_str("Open")) || entered) && !state.dialog.typed.empty())
    take(state, state.dialog.typed);
  ImGui::SameLine();
  if (ImGui::Button(t.c_str("Cancel")) || ImGui::IsKeyPressed(ImGui::GetKeyIndex(ImGuiKey_Escape)))
    state.dialog.open = false;
  if (!state.dialog.open) ImGui::CloseCurrentPopup();
  ImGui::EndPopup();
}

}  // namespace xiangtu::viewer
