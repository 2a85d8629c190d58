#include "base/version.hpp"
#include "viewer/commands/attribute_rows.hpp"
#include "viewer/commands/attributes.hpp"
#include "viewer/commands/bookmarks.hpp"
#include "viewer/commands/bridges.hpp"
#include "viewer/commands/defects.hpp"
#include "viewer/commands/document.hpp"
#include "viewer/commands/figure.hpp"
#include "viewer/commands/files.hpp"
#include "viewer/commands/history.hpp"
#include "viewer/commands/links.hpp"
#include "viewer/commands/look.hpp"
#include "viewer/commands/map_view.hpp"
#include "viewer/commands/measure.hpp"
#include "viewer/commands/network.hpp"
#include "viewer/commands/regions.hpp"
#include "viewer/commands/search.hpp"
#include "viewer/commands/selection.hpp"
#include "viewer/commands/tools.hpp"
#include "viewer/panels/floating.hpp"
#include "viewer/panels/panels.hpp"
#include "viewer/place_keys.hpp"

namespace xiangtu::viewer {

namespace {

void file_menu(AppState& state) {
  const Catalogue& t = state.catalogue;
  const bool is_open = state.region != nullptr;
  if (ImGui::MenuItem(t.c_str("Open…"), "Ctrl+O")) ask_for_file(state, FileChoice::open);
  if (ImGui::MenuItem(t.c_str("Add to the map…"), "Ctrl+Shift+O", false, is_open))
    ask_for_file(state, FileChoice::add);
  if (ImGui::MenuItem(t.c_str("Add a background…"), "Ctrl+G")) ask_for_file(state, FileChoice::background);
  if (ImGui::BeginMenu(t.c_str("Recent"), !state.recent.empty())) {
    draw_recent(state);
    ImGui::EndMenu();
  }
  ImGui::Separator();
  if (ImGui::MenuItem(t.c_str("Export figures as CSV…"), "Ctrl+E", false, is_open))
    ask_for_file(state, FileChoice::save_figures);
  if (ImGui::MenuItem(t.c_str("Export the map…"), "Ctrl+Shift+E", false, is_open))
    ask_for_file(state, FileChoice::save_map);
  if (ImGui::MenuItem(t.c_str("Save workspace as…"), "Ctrl+S", false, is_open))
    ask_for_file(state, FileChoice::save_workspace);
  ImGui::Separator();
  if (ImGui::MenuItem(t.c_str("Quit"), "Ctrl+Q")) quit(state);
}

void edit_menu(AppState& state) {
  if (ImGui::MenuItem(undo_title(state).c_str(), "Ctrl+Z", false, can_step_back(state))) step_back(state);
  if (ImGui::MenuItem(redo_title(state).c_str(), "Ctrl+Shift+Z", false, can_step_forth(state)))
    step_forth(state);
}

void view_menu(AppState& state) {
  const Catalogue& t = state.catalogue;
  if (ImGui::MenuItem(t.c_str("Show everything"), "Home")) fit_all(state);
  ImGui::Separator();
  const auto panel_item = [&](const char* name, const char* key, Panel panel) {
    if (ImGui::MenuItem(t.c_str(name), key, shows(state, panel))) toggle(state, panel);
  };
  panel_item("Layers", "F2", Panel::layers);
  panel_item("Statistics", "F3", Panel::statistics);
  if (ImGui::MenuItem(t.c_str("Attribute table"), "F6", state.view.attributes.shown))
    toggle_attributes(state);
  panel_item("Legend", "F4", Panel::legend);
  panel_item("Findings in the data", "F5", Panel::findings);
  if (ImGui::MenuItem(t.c_str("Charts"), "F7", state.chart.shown)) toggle_charts(state);
  if (ImGui::MenuItem(t.c_str("Figure opened"), "F12", state.figure.shown)) toggle_figure(state);
  if (ImGui::MenuItem(t.c_str("Road network"), "F8", state.network.shown)) toggle_network(state);
  if (ImGui::MenuItem(t.c_str("Bridges"), "F9", state.bridges.shown)) toggle_bridges(state);
  if (ImGui::MenuItem(t.c_str("Next links"), "F10", state.links.shown)) toggle_links(state);
  if (ImGui::MenuItem(t.c_str("Network check"), "F11", state.defects.shown)) toggle_defects(state);
  ImGui::Separator();
  if (ImGui::MenuItem(t.c_str("Meridians and parallels"), "Ctrl+M", state.document.now.graticule))
    set_graticule(state, !state.document.now.graticule);
  if (ImGui::MenuItem(t.c_str("Dark theme"), "Ctrl+D", state.view.dark)) set_dark(state, !state.view.dark);
  if (ImGui::MenuItem("\u4e2d\u6587", "Ctrl+L", t.language() == Language::chinese))
    set_language(state, Language::chinese);
  if (ImGui::MenuItem("English", "Ctrl+L", t.language() == Language::english))
    set_language(state, Language::english);
}

void tools_menu(AppState& state) {
  const Catalogue& t = state.catalogue;
  const bool is_open = state.region != nullptr, is_selected = !state.scene.selection().empty();
  const MapTool tool = state.tool.active;
  if (ImGui::MenuItem(t.c_str("Find a place…"), "Ctrl+F", false, is_open)) open_search(state);
  ImGui::Separator();
  if (ImGui::MenuItem(t.c_str("Select by polygon"), "P", tool == MapTool::select_polygon, is_open))
    begin_tool(state, MapTool::select_polygon);
  if (ImGui::MenuItem(t.c_str("Zoom to the selection"), "Z", false, is_selected)) fit_selection(state);
  if (ImGui::MenuItem(t.c_str("Clear the selection"), "Esc", false, is_selected)) clear_selection(state);
  ImGui::Separator();
  if (ImGui::MenuItem(t.c_str("Measure a length"), "M", tool == MapTool::measure_length, is_open))
    begin_tool(state, MapTool::measure_length);
  if (ImGui::MenuItem(t.c_str("Measure an area"), "Shift+M", tool == MapTool::measure_area, is_open))
    begin_tool(state, MapTool::measure_area);
  if (ImGui::MenuItem(t.c_str("Draw a new road"), nullptr, tool == MapTool::draw_link, is_open)) {
    if (!state.network.shown) toggle_network(state);
    begin_tool(state, MapTool::draw_link);
  }
  if (ImGui::MenuItem(t.c_str("Copy the result"), "Ctrl+C", false, is_measuring(state.tool)))
    copy_measurement(state);
}

void bookmarks_menu(AppState& state) {
  const Catalogue& t = state.catalogue;
  if (ImGui::MenuItem(t.c_str("Add this view"), "Ctrl+B", false, state.region != nullptr))
    add_bookmark(state);
  if (ImGui::MenuItem(t.c_str("Rename and delete…"), nullptr, state.bookmarks.shown, state.region != nullptr))
    toggle(state, Panel::bookmarks);
  if (!state.bookmarks.list.empty()) ImGui::Separator();
  for (std::size_t i = 0; i < state.bookmarks.list.size(); ++i) {
    const std::string keys = i < 9 ? "Ctrl+" + std::to_string(i + 1) : "";
    ImGui::PushID(static_cast<int>(i));
    if (ImGui::MenuItem(state.bookmarks.list[i].name.c_str(), keys.c_str())) go_to_bookmark(state, i);
    ImGui::PopID();
  }
}

void help_windows(AppState& state) {
  const Catalogue& t = state.catalogue;
  const ImVec2 screen = ImGui::GetIO().DisplaySize;
  const ImVec2 centre{screen.x / 2, screen.y / 2};
  if (state.view.show_help) {
    ImGui::SetNextWindowPos(centre, ImGuiCond_Appearing, {0.5f, 0.5f});
    ImGui::SetNextWindowSizeConstraints({0, 0}, {screen.x * 0.95f, screen.y * 0.9f});
    ImGui::Begin(
        t.c_str("Keys and mouse"), &state.view.show_help,
        ImGuiWindowFlags_AlwaysAutoResize | ImGuiWindowFlags_NoCollapse | ImGuiWindowFlags_NoSavedSettings);
    follow_focus(state, Panel::help);
    constexpr std::pair<const char*, const char*> rows[] = {
        {"Drag, arrow keys", "move the map"},
        {"Wheel, double click, + and -", "zoom"},
        {"Home", "show everything"},
        {"Click", "what is there; its unit is selected in the table"},
        {"Click again", "the next of what lies over each other there"},
        {"Ctrl+click", "add what is there to the selection, or take it out"},
        {"Shift+drag", "select what is in a box; with Ctrl added, with Alt taken out"},
        {"P",
         "select by a polygon: click its corners, double click or Enter ends it, Backspace takes the last "
         "one back; with Shift added, with Alt taken out"},
        {"Z", "zoom to the selection"},
        {"Click on a heading", "sort by it and colour the map with it"},
        {"Double click, Enter", "open a unit's own units in the table"},
        {"Backspace", "back to the unit above"},
        {"Ctrl+O", "open a file; files can also be dropped on the window"},
        {"Ctrl+Shift+O", "add a file to what is open; also Ctrl while dropping"},
        {"Ctrl+G", "lay a picture of the ground or a map service under the map"},
        {"Ctrl+E", "export the figures as CSV"},
        {"Ctrl+Shift+E", "export the map with its legend as PNG, PDF or SVG"},
        {"Ctrl+S", "save the workspace: sources, styles, classes, view"},
        {"Ctrl+Z, Ctrl+Shift+Z", "undo, redo: layers, styles, classes, the scenario of the road network"},
        {"Double click on a layer", "edit its style"},
        {"Drag a layer's name", "draw the layer above or below others"},
        {"F1 … F6", "this help, layers, statistics, legend, findings, attribute table"},
        {"Ctrl+A, Ctrl+C", "in the attribute table: select all its rows, copy the selected ones"},
        {"Ctrl+M", "meridians and parallels"},
        {"Ctrl+D, Ctrl+L", "theme, language"},
        {"Ctrl+F", "find a place by name, pinyin, initials or code"},
        {"M, Shift+M", "measure a length, an area: click, Enter ends, Backspace takes back, Esc aborts"},
        {"Ctrl+C", "copy what was measured"},
        {"Ctrl+B, Ctrl+1 … 9", "bookmark this view, go to a bookmark"},
        {"F7", "charts beside the table"},
        {"F8", "the road network: close bridges, harden roads, draw new ones, and see who is won and lost"},
        {"F9", "what closing each bridge would do, the gravest first"},
        {"F10", "what to build so that villages are connected, the most gain for the money first"},
        {"F11", "what is wrong with the drawing of the roads, and whom mending it connects"},
        {"F12", "the figure of the selected unit, opened to the rows that it is counted from"},
        {"Esc", "close the window in front, clear the selection"},
        {"Ctrl+Q", "quit"}};
    if (ImGui::BeginTable("keys", 2)) {
      for (const auto& [keys, what] : rows) {
        ImGui::TableNextColumn();
        ImGui::TextUnformatted(t.c_str(keys));
        ImGui::TableNextColumn();
        ImGui::TextUnformatted(t.c_str(what));
      }
      ImGui::EndTable();
    }
    ImGui::End();
  }
  if (state.view.show_about) {
    ImGui::SetNextWindowPos(centre, ImGuiCond_Appearing, {0.5f, 0.5f});
    ImGui::Begin(t.c_str("About"), &state.view.show_about,
                 ImGuiWindowFlags_AlwaysAutoResize | ImGuiWindowFlags_NoCollapse);
    follow_focus(state, Panel::about);
    ImGui::Text("Xiangtu %s", std::string{version()}.c_str());
    ImGui::TextUnformatted(t.c_str("A map and calculator for village infrastructure."));
    ImGui::End();
  }
}

}  // namespace

void draw_menu(AppState& state) {
  const Catalogue& t = state.catalogue;
  if (ImGui::BeginMainMenuBar()) {
    if (ImGui::BeginMenu(t.c_str("File"))) {
      file_menu(state);
      ImGui::EndMenu();
    }
    if (ImGui::BeginMenu(t.c_str("Edit"))) {
      edit_menu(state);
      ImGui::EndMenu();
    }
    if (ImGui::BeginMenu(t.c_str("View"))) {
      view_menu(state);
      ImGui::EndMenu();
    }
    if (ImGui::BeginMenu(t.c_str("Tools"))) {
      tools_menu(state);
      ImGui::EndMenu();
    }
    if (ImGui::BeginMenu(t.c_str("Bookmarks"))) {
      bookmarks_menu(state);
      ImGui::EndMenu();
    }
    if (ImGui::BeginMenu(t.c_str("Help"))) {
      if (ImGui::MenuItem(t.c_str("Keys and mouse"), "F1", state.view.show_help)) toggle(state, Panel::help);
      if (ImGui::MenuItem(t.c_str("About"), nullptr, state.view.show_about)) toggle(state, Panel::about);
      ImGui::EndMenu();
    }
    if (state.region && !state.region->stats.findings.empty()) {
      const std::string findings =
          Message("Findings: {0}", state.region->stats.findings.size()).in(t) + "###findings";
      if (ImGui::MenuItem(findings.c_str())) toggle(state, Panel::findings);
    }
    ImGui::EndMainMenuBar();
  }
  help_windows(state);
}

}  // namespace xiangtu::viewer
