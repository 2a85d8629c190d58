#include "viewer/commands/files.hpp"
#include "viewer/commands/regions.hpp"
#include "viewer/commands/sessions.hpp"
#include "viewer/panels/panels.hpp"

namespace xiangtu::viewer {

// Where the map will be, as long as nothing is open or on its way.
void draw_recent(AppState& state) {
  const std::vector<workspace::OpenOptions> list = state.recent;  // opening one reorders them
  for (const workspace::OpenOptions& recent : list) {
    std::string label;
    for (const std::string& source : recent.sources) label += (label.empty() ? "" : " + ") + source;
    if (recent.mapping_file)
      label += " (" + std::filesystem::path{*recent.mapping_file}.filename().string() + ")";
    if (ImGui::Selectable(label.c_str())) open(state, recent);
  }
}

void draw_welcome(AppState& state, ImVec2 origin, ImVec2 size) {
  if (state.region || !state.jobs.jobs().empty() || !state.scene.backgrounds().all().empty()) return;
  const Catalogue& t = state.catalogue;
  const float em = ImGui::GetFontSize();
  ImGui::SetNextWindowPos({origin.x + size.x / 2, origin.y + size.y / 2}, ImGuiCond_Always, {0.5f, 0.5f});
  ImGui::SetNextWindowSize({std::min(em * 30, size.x * 0.9f), 0});
  ImGui::Begin("welcome", nullptr,
               ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoSavedSettings);
  ImGui::TextUnformatted(t.c_str("A map and calculator for village infrastructure."));
  ImGui::Spacing();
  ImGui::TextWrapped("%s", t.c_str("Open a GeoPackage, a shapefile or a folder of them, GeoJSON, CSV with "
                                   "coordinates or another dataset; or drop files on this window."));
  ImGui::Spacing();
  if (ImGui::Button(t.c_str("Open…"), {em * 9, em * 2})) ask_for_file(state, FileChoice::open);
  if (state.session.offered) {
    const std::string source =
        std::filesystem::path{state.session.offered->opened.sources.front()}.filename().string();
    ImGui::SameLine();
    const std::string label = Message("Continue with {0}", source).in(t);
    if (ImGui::Button(label.c_str(), {0, em * 2})) restore(state, Session{*state.session.offered});
  }
  if (!state.recent.empty()) {
    ImGui::Spacing();
    ImGui::TextDisabled("%s", t.c_str("Recent"));
  }
  draw_recent(state);
  ImGui::End();
}

}  // namespace xiangtu::viewer
