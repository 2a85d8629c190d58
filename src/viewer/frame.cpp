#include "viewer/frame.hpp"

#include <algorithm>
#include <utility>

#include <imgui.h>

#include "base/assets.hpp"
#include "io/atomic_file.hpp"
#include "viewer/commands/attribute_rows.hpp"
#include "viewer/commands/attributes.hpp"
#include "viewer/commands/charts.hpp"
#include "viewer/commands/document.hpp"
#include "viewer/commands/files.hpp"
#include "viewer/commands/look.hpp"
#include "viewer/commands/map_view.hpp"
#include "viewer/commands/selection.hpp"
#include "viewer/commands/statistics.hpp"
#include "viewer/commands/tools.hpp"
#include "viewer/commands/village_card.hpp"
#include "viewer/keys.hpp"
#include "viewer/map_input.hpp"
#include "viewer/panels/panels.hpp"
#include "viewer/place_keys.hpp"

namespace xiangtu::viewer {

namespace {

constexpr ImGuiWindowFlags fixed = ImGuiWindowFlags_NoTitleBar | ImGuiWindowFlags_NoResize |
                                   ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoCollapse |
                                   ImGuiWindowFlags_NoSavedSettings | ImGuiWindowFlags_NoBringToFrontOnFocus;
constexpr double pan_step = 80, zoom_step = 1.5;
constexpr double longest_step_s = 0.05;  // of a flight, after the window had waited

void splitter(const char* id, ImVec2 at, ImVec2 size, bool vertical, float total, float sign, float& share) {
  ImGui::SetCursorScreenPos(at);
  ImGui::InvisibleButton(id, size);
  if (ImGui::IsItemHovered() || ImGui::IsItemActive())
    ImGui::SetMouseCursor(vertical ? ImGuiMouseCursor_ResizeEW : ImGuiMouseCursor_ResizeNS);
  if (ImGui::IsItemActive()) {
    const ImVec2 moved = ImGui::GetIO().MouseDelta;
    share = std::clamp(share + sign * (vertical ? moved.x : moved.y) / total, 0.12f, 0.7f);
  }
}

void keys(AppState& state) {
  const ImGuiIO& io = ImGui::GetIO();
  const bool popup = ImGui::IsPopupOpen("", ImGuiPopupFlags_AnyPopupId | ImGuiPopupFlags_AnyPopupLevel);
  if (io.WantTextInput || popup || place_keys(state) || tool_keys(state)) return;
  if (io.KeyCtrl) {
    if (pressed('O')) ask_for_file(state, io.KeyShift && state.region ? FileChoice::add : FileChoice::open);
    if (pressed('G')) ask_for_file(state, FileChoice::background);
    if (pressed('E') && state.region)
      ask_for_file(state, io.KeyShift ? FileChoice::save_map : FileChoice::save_figures);
    if (pressed('S') && state.region) ask_for_file(state, FileChoice::save_workspace);
    if (pressed_or_held('Z')) (void)(io.KeyShift ? redo(state) : undo(state));
    if (pressed_or_held('Y')) (void)redo(state);
    if (pressed('Q')) state.view.quit = true;
    if (pressed('D')) set_dark(state, !state.view.dark);
    if (pressed('M')) set_graticule(state, !state.document.now.graticule);
    if (pressed('L'))
      set_language(state,
                   state.catalogue.language() == Language::chinese ? Language::english : Language::chinese);
    return;
  }
  const render::scene::ScreenPoint centre{state.camera.width() / 2.0, state.camera.height() / 2.0};
  if (pressed_or_held('=') || pressed_or_held(Key::keypad_plus()))  // + stands on the key of =
    state.camera.zoom_at(centre, zoom_step);
  if (pressed_or_held('-') || pressed_or_held(Key::keypad_minus()))
    state.camera.zoom_at(centre, 1 / zoom_step);
  if (pressed(ImGuiKey_Home) && !std::exchange(state.view.table_focused, false))
    fly_to(state, state.scene.box());
  if (pressed(ImGuiKey_Escape)) {
    select_unit(state, UnitIx::none(), false);
  }
  if (pressed(ImGuiKey_Backspace)) drill_up(state);
  if (ImGui::IsAnyItemActive()) return;
  if (state.view.map_focused) {
    if (pressed_or_held(ImGuiKey_LeftArrow)) state.camera.pan(pan_step, 0);
    if (pressed_or_held(ImGuiKey_RightArrow)) state.camera.pan(-pan_step, 0);
    if (pressed_or_held(ImGuiKey_UpArrow)) state.camera.pan(0, pan_step);
    if (pressed_or_held(ImGuiKey_DownArrow)) state.camera.pan(0, -pan_step);
  }
  const std::pair<int, bool*> shown_by[] = {{1, &state.view.show_help},
                                            {2, &state.view.show_layers},
                                            {3, &state.view.show_statistics},
                                            {4, &state.view.show_legend},
                                            {5, &state.view.show_findings}};
  for (const auto& [f, shown] : shown_by)
    if (pressed(Key::function(f))) *shown = !*shown;
  if (pressed(Key::function(6))) toggle_attributes(state);
  if (pressed('P')) begin_tool(state, MapTool::select_polygon);
  if (pressed('Z')) fit_selection(state);
}

}  // namespace

MapPlace draw_widgets(AppState& state) {
  PanelShares& split = state.view.shares;
  draw_menu(state);
  keys(state);
  if (!ImGui::IsAnyItemActive()) end_gesture(state);
  advance_flight(state, std::min<double>(ImGui::GetIO().DeltaTime, longest_step_s));
  update_village_card(state);
  update_distances(state);
  update_attributes(state);
  count_selection(state);
  const ImGuiViewport& screen = *ImGui::GetMainViewport();
  const ImVec2 origin = screen.WorkPos, size = screen.WorkSize;
  const float side = state.view.show_layers ? size.x * split.side : 0,
              bottom = shows_bottom(state) ? size.y * split.bottom : 0;

  if (side > 0) {
    ImGui::SetNextWindowPos(origin);
    ImGui::SetNextWindowSize({side, size.y});
    ImGui::Begin("side", nullptr, fixed);
    ImGui::BeginChild("layers", {0, size.y * split.layers - ImGui::GetFontSize()});
    draw_layers(state);
    draw_backgrounds(state);
    ImGui::EndChild();
    splitter("between", ImGui::GetCursorScreenPos(), {-1, 8}, false, size.y, 1, split.layers);
    ImGui::BeginChild("identify");
    draw_identify(state);
    ImGui::EndChild();
    ImGui::End();
  }
  if (bottom > 0) {
    ImGui::SetNextWindowPos({origin.x + side, origin.y + size.y - bottom});
    ImGui::SetNextWindowSize({size.x - side, bottom});
    ImGui::Begin("bottom", nullptr, fixed);
    draw_bottom(state);
    ImGui::End();
  }
  const MapPlace place{origin.x + side, origin.y, size.x - side, size.y - bottom};
  ImGui::SetNextWindowPos({place.x, place.y});
  ImGui::SetNextWindowSize({place.width, place.height});
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {0, 0});
  ImGui::PushStyleVar(ImGuiStyleVar_WindowBorderSize, 0);
  ImGui::Begin("map", nullptr,
               fixed | ImGuiWindowFlags_NoBackground | ImGuiWindowFlags_NoScrollbar |
                   ImGuiWindowFlags_NoScrollWithMouse | ImGuiWindowFlags_NoNav);
  ImGui::PopStyleVar(2);
  state.view.map_focused = ImGui::IsWindowFocused() || !ImGui::IsWindowFocused(ImGuiFocusedFlags_AnyWindow);
  if (side > 0) splitter("side edge", {place.x, place.y}, {6, place.height}, true, size.x, 1, split.side);
  if (bottom > 0)
    splitter("bottom edge", {place.x, place.y + place.height - 6}, {place.width, 6}, false, size.y, -1,
             split.bottom);
  ImGui::SetCursorScreenPos({place.x + 6, place.y});
  ImGui::InvisibleButton("map area", {std::max(place.width - 6, 1.0f), std::max(place.height - 6, 1.0f)});
  map_input(state, place);
  draw_card_lines(state, {place.x, place.y}, {place.width, place.height});
  draw_map_tools(state, {place.x, place.y}, {place.width, place.height});
  draw_measure(state, {place.x, place.y}, {place.width, place.height});
  draw_map_overlay(state, {place.x, place.y}, {place.width, place.height});
  draw_legend(state, {place.x, place.y}, {place.width, place.height});
  ImGui::End();
  draw_search(state, {place.x, place.y}, {place.width, place.height});
  draw_bookmarks(state);
  draw_welcome(state, {place.x, place.y}, {place.width, place.height});
  draw_notices(state, {place.x, place.y}, {place.width, place.height});
  draw_findings(state);
  draw_style_editor(state, {place.x, place.y}, {place.width, place.height});
  draw_classes(state, {place.x, place.y}, {place.width, place.height});
  draw_file_dialog(state);
  return place;
}

std::string texts_of(const AppState& state) {
  // Every translated text, whatever the language is now: switching needs no glyphs.
  std::string texts = "–—…×‹›·°↑↓÷≤≥²\u4e2d\u6587";
  for (const workspace::OpenOptions& recent : state.recent)
    for (const std::string& source : recent.sources) texts += source;
  for (const render::scene::Background& background : state.scene.backgrounds().all())
    texts += background.name;
  texts += state.dialog.folder.string();
  for (const FolderEntry& entry : folder_entries(state.dialog.folder, state.dialog.choice))
    texts += entry.path.filename().string();
  if (const auto chinese = Catalogue::load(Language::chinese)) texts += chinese->translations();
  for (const char* file : {"fields.toml", "indicators.toml", "bulletin.toml", "styles.toml"})
    if (const auto labels = io::read_file((assets_folder() / file).string())) texts += *labels;
  for (const Bookmark& bookmark : state.bookmarks.list) texts += bookmark.name;
  if (state.region) texts += state.region->characters;
  return texts;
}

}  // namespace xiangtu::viewer
