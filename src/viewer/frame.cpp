#include "viewer/frame.hpp"

#include <algorithm>
#include <utility>

#include <imgui.h>

#include <imgui_internal.h>

#include "base/assets.hpp"
#include "io/atomic_file.hpp"
#include "viewer/commands/attribute_rows.hpp"
#include "viewer/commands/attributes.hpp"
#include "viewer/commands/bridges.hpp"
#include "viewer/commands/charts.hpp"
#include "viewer/commands/defects.hpp"
#include "viewer/commands/document.hpp"
#include "viewer/commands/figure.hpp"
#include "viewer/commands/files.hpp"
#include "viewer/commands/history.hpp"
#include "viewer/commands/links.hpp"
#include "viewer/commands/look.hpp"
#include "viewer/commands/map_view.hpp"
#include "viewer/commands/network.hpp"
#include "viewer/commands/panels.hpp"
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

int open_popups() {
  return ImGui::GetCurrentContext()->OpenPopupStack.Size;
}

void keys(AppState& state) {
  const ImGuiIO& io = ImGui::GetIO();
  // ImGui closes a list at Esc before the frame begins; the key has done its work then.
  if (io.WantTextInput || open_popups() > 0 || state.view.popups > 0) return;
  const bool drawing = state.tool.active != MapTool::browse && state.view.map_focused;
  if (pressed(ImGuiKey_Escape) && !drawing && close_foremost(state)) return;
  if (place_keys(state) || tool_keys(state)) return;
  if (io.KeyCtrl) {
    if (pressed('O')) ask_for_file(state, io.KeyShift && state.region ? FileChoice::add : FileChoice::open);
    if (pressed('G')) ask_for_file(state, FileChoice::background);
    if (pressed('E') && state.region)
      ask_for_file(state, io.KeyShift ? FileChoice::save_map : FileChoice::save_figures);
    if (pressed('S') && state.region) ask_for_file(state, FileChoice::save_workspace);
    if (pressed_or_held('Z')) (void)(io.KeyShift ? step_forth(state) : step_back(state));
    if (pressed_or_held('Y')) (void)step_forth(state);
    if (pressed('Q')) quit(state);
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
  if (pressed(ImGuiKey_Escape)) select_unit(state, UnitIx::none(), false);
  if (pressed(ImGuiKey_Backspace)) drill_up(state);
  if (ImGui::IsAnyItemActive()) return;
  if (state.view.map_focused) {
    if (pressed_or_held(ImGuiKey_LeftArrow)) state.camera.pan(pan_step, 0);
    if (pressed_or_held(ImGuiKey_RightArrow)) state.camera.pan(-pan_step, 0);
    if (pressed_or_held(ImGuiKey_UpArrow)) state.camera.pan(0, pan_step);
    if (pressed_or_held(ImGuiKey_DownArrow)) state.camera.pan(0, -pan_step);
  }
  constexpr std::pair<int, Panel> shown_by[] = {
      {1, Panel::help}, {2, Panel::layers}, {3, Panel::statistics}, {4, Panel::legend}, {5, Panel::findings}};
  for (const auto& [f, panel] : shown_by)
    if (pressed(Key::function(f))) toggle(state, panel);
  if (pressed(Key::function(6))) toggle_attributes(state);
  if (pressed(Key::function(8))) toggle_network(state);
  if (pressed(Key::function(11))) toggle_defects(state);
  if (pressed(Key::function(12))) toggle_figure(state);
  if (pressed(Key::function(9))) toggle_bridges(state);
  if (pressed(Key::function(10))) toggle_links(state);
  if (pressed('P')) begin_tool(state, MapTool::select_polygon);
  if (pressed('Z')) fit_selection(state);
}

// What follows from what was done since the last frame.
void follow_up(AppState& state) {
  if (!ImGui::IsAnyItemActive()) end_gesture(state);
  advance_flight(state, std::min<double>(ImGui::GetIO().DeltaTime, longest_step_s));
  update_village_card(state);
  update_distances(state);
  update_network(state);
  update_bridges(state);
  update_defects(state);
  update_figure(state);
  update_links(state);
  update_attributes(state);
  count_selection(state);
}

void side_panel(AppState& state, ImVec2 at, ImVec2 size) {
  ImGui::SetNextWindowPos(at);
  ImGui::SetNextWindowSize(size);
  ImGui::Begin("side", nullptr, fixed);
  ImGui::BeginChild("layers", {0, size.y * state.view.shares.layers - ImGui::GetFontSize()});
  draw_layers(state);
  draw_backgrounds(state);
  ImGui::EndChild();
  splitter("between", ImGui::GetCursorScreenPos(), {-1, 8}, false, size.y, 1, state.view.shares.layers);
  ImGui::BeginChild("identify");
  draw_identify(state);
  ImGui::EndChild();
  ImGui::End();
}

void bottom_panel(AppState& state, ImVec2 at, ImVec2 size) {
  ImGui::SetNextWindowPos(at);
  ImGui::SetNextWindowSize(size);
  ImGui::Begin("bottom", nullptr, fixed);
  draw_bottom(state);
  ImGui::End();
}

// The edges of the map that are dragged. screen: the size of all.
void map_edges(PanelShares& split, ImVec2 at, ImVec2 size, ImVec2 screen, bool has_side, bool has_bottom) {
  if (has_side) splitter("side edge", at, {6, size.y}, true, screen.x, 1, split.side);
  if (has_bottom)
    splitter("bottom edge", {at.x, at.y + size.y - 6}, {size.x, 6}, false, screen.y, -1, split.bottom);
}

// The map takes the mouse; it is drawn beneath.
void map_panel(AppState& state, const MapPlace& place, ImVec2 screen) {
  const ImVec2 at{place.x, place.y}, size{place.width, place.height};
  ImGui::SetNextWindowPos(at);
  ImGui::SetNextWindowSize(size);
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {0, 0});
  ImGui::PushStyleVar(ImGuiStyleVar_WindowBorderSize, 0);
  ImGui::Begin("map", nullptr,
               fixed | ImGuiWindowFlags_NoBackground | ImGuiWindowFlags_NoScrollbar |
                   ImGuiWindowFlags_NoScrollWithMouse | ImGuiWindowFlags_NoNav);
  ImGui::PopStyleVar(2);
  state.view.map_focused = ImGui::IsWindowFocused(ImGuiFocusedFlags_ChildWindows) ||
                           !ImGui::IsWindowFocused(ImGuiFocusedFlags_AnyWindow);
  map_edges(state.view.shares, at, size, screen, state.view.show_layers, shows_bottom(state));
  ImGui::SetCursorScreenPos({at.x + 6, at.y});
  ImGui::InvisibleButton("map area", {std::max(size.x - 6, 1.0f), std::max(size.y - 6, 1.0f)});
  map_input(state, place);
  draw_card_lines(state, at, size);
  draw_network_marks(state, at, size);
  draw_defect_marks(state, at, size);
  draw_link_marks(state, at, size);
  draw_map_tools(state, at, size);
  draw_legend(state, at, size);
  draw_measure(state, at, size);
  draw_map_overlay(state, at, size);
  ImGui::End();
}

void windows_over_map(AppState& state, ImVec2 at, ImVec2 size) {
  draw_search(state, at, size);
  draw_bookmarks(state);
  draw_welcome(state, at, size);
  draw_notices(state, at, size);
  draw_findings(state);
  draw_style_editor(state, at, size);
  draw_classes(state, at, size);
  draw_file_dialog(state);
}

}  // namespace

MapPlace draw_widgets(AppState& state) {
  draw_menu(state);
  keys(state);
  follow_up(state);
  const ImGuiViewport& screen = *ImGui::GetMainViewport();
  const ImVec2 origin = screen.WorkPos, size = screen.WorkSize;
  const float side = state.view.show_layers ? size.x * state.view.shares.side : 0,
              bottom = shows_bottom(state) ? size.y * state.view.shares.bottom : 0;
  if (side > 0) side_panel(state, origin, {side, size.y});
  if (bottom > 0) bottom_panel(state, {origin.x + side, origin.y + size.y - bottom}, {size.x - side, bottom});
  const MapPlace place{origin.x + side, origin.y, size.x - side, size.y - bottom};
  map_panel(state, place, size);
  windows_over_map(state, {place.x, place.y}, {place.width, place.height});
  state.view.popups = open_popups();
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
