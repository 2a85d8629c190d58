// What the window knows, apart from how it is drawn. Commands (commands.hpp) change it; panels show it.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "atlas/atlas.hpp"
#include "base/catalogue.hpp"
#include "base/jobs.hpp"
#include "indicators/parameters.hpp"
#include "render/scene/camera.hpp"
#include "render/scene/scene.hpp"
#include "viewer/attribute_state.hpp"
#include "viewer/backgrounds_state.hpp"
#include "viewer/bookmarks.hpp"
#include "viewer/bottom_tab.hpp"
#include "viewer/bridges_state.hpp"
#include "viewer/chart_state.hpp"
#include "viewer/defects_state.hpp"
#include "viewer/document_state.hpp"
#include "viewer/export_state.hpp"
#include "viewer/figure_state.hpp"
#include "viewer/flight_state.hpp"
#include "viewer/legend_state.hpp"
#include "viewer/links_state.hpp"
#include "viewer/network_state.hpp"
#include "viewer/panel_state.hpp"
#include "viewer/search_state.hpp"
#include "viewer/selection_state.hpp"
#include "viewer/session_state.hpp"
#include "viewer/tool_state.hpp"
#include "viewer/village_card_state.hpp"
#include "workspace/workspace.hpp"

namespace xiangtu::viewer {

// An opened region with its figures at every level. Immutable once loaded.
struct Region {
  std::shared_ptr<const workspace::Workspace> workspace;
  workspace::OpenOptions opened;
  indicators::Parameters parameters;  // that the figures were computed with
  workspace::StatsResult stats;
  std::vector<std::optional<std::size_t>> row_of_unit;  // position in stats.table, by unit
  std::string characters;                               // of all its texts, each once; UTF-8
  std::vector<std::string> identities;         // of each of the sources when it was opened; empty: not known
  std::optional<render::scene::SavedMap> map;  // that a workspace file among the sources has
  std::optional<Issue> map_issue;              // … or what is wrong with it

  const atlas::Atlas& atlas() const { return *stats.atlas; }
  const atlas::Hierarchy& hierarchy() const { return stats.atlas->hierarchy; }
};

struct StatisticsState {
  UnitIx parent = atlas::Hierarchy::total();  // whose children the table shows
  std::size_t indicator = 0;                  // that is looked at: its column is marked
  bool coloured = true;                       // it colours the map, too
  // Whose polygons carry the colours; none: those of the units that the table shows.
  std::optional<atlas::Level> level = {};
  int sort_column = -1;  // −1: by code; 0: by name; k + 1: by indicator k
  bool ascending = true;
  int widget = 0;  // another one for a table that begins in the order that is said here
  bool scroll_to_selection = false;
  bool scroll_to_indicator = false;
  indicators::Parameters typed;  // as they stand in the fields
  std::uint64_t request = 0;     // of computing with other parameters; an older one is of no interest
  bool computing = false;
};

struct AppState;

enum class NoticeAbout : std::uint8_t {
  window,  // styles, backgrounds, files that are written …: it holds whatever is open
  region,  // what is open or could not be opened: it is past when another region arrives
};

struct Notice {
  std::string text;
  bool is_error = false;
  double seconds = 0;       // that it has been shown; a plain remark goes by itself, others stay
  std::string button = {};  // English name of what can be done about it; empty: nothing
  std::function<void(AppState&)> act = {};
  NoticeAbout about = NoticeAbout::window;
};

enum class FileChoice : std::uint8_t {
  open,            // in place of what is open
  add,             // beside it
  background,      // under the map
  open_scenario,   // for the road network
  save_figures,    // the table as CSV; from here on they write
  save_rows,       // of the attribute table, as CSV
  save_workspace,  // sources and how the map is drawn, as .toml
  save_scenario,   // what is tried out on the road network, as .toml
  save_scenarios,  // what scenarios come to by unit, as CSV
  save_changes,    // whom they win and lose, as CSV
  save_bridges,    // what each bridge carries, as CSV
  save_links,      // what to build next, as CSV
  save_defects,    // what is wrong with the road network, as CSV
  save_figure,     // the rows behind a figure, as CSV
  save_lines,      // … and where, as GeoJSON
  save_map,        // a picture or page of the map
};
constexpr bool saves(FileChoice choice) {
  return choice >= FileChoice::save_figures;
}
inline constexpr std::string_view table_endings[] = {".csv"}, workspace_endings[] = {".toml"},
                                  line_endings[] = {".geojson"}, map_endings[] = {".png", ".pdf", ".svg"};
// That the file that is written may have, the first where none is said.
constexpr std::span<const std::string_view> endings_of(FileChoice choice) {
  if (choice == FileChoice::save_workspace || choice == FileChoice::save_scenario) return workspace_endings;
  if (choice == FileChoice::save_map) return map_endings;
  if (choice == FileChoice::save_lines) return line_endings;
  return table_endings;
}

struct FileDialogState {
  bool open = false;
  FileChoice choice = FileChoice::open;
  std::filesystem::path folder;
  std::string typed;
  std::string replacing;  // an existing file that was asked about: chosen again it is replaced
};

// Widths that the user drags; shares of the window.
struct PanelShares {
  float side = 0.24f, bottom = 0.34f, layers = 0.5f;
  bool operator==(const PanelShares&) const = default;
};

struct ViewState {
  bool dark = false;  // set_dark()
  bool show_layers = true, show_legend = true, show_findings = false, show_help = false, show_about = false,
       show_classes = false;
  BottomTab statistics{.shown = true}, attributes;
  PanelOrder floating_order;
  bool table_focused = false;  // then Home, End and Enter belong to the table at the bottom
  // Dialogs, lists and menus that were open over each other as the last frame ended: keys belong to the last.
  int popups = 0;
  std::optional<geodesy::LonLat> pointer;  // where on the map the pointer is
  bool map_focused = true;                 // keys that move belong to the map
  bool fonts_dirty = true;                 // texts came that need other glyphs
  PanelShares shares;
  bool quit = false;

  render::scene::Theme theme() const {
    return dark ? render::scene::Theme::dark : render::scene::Theme::light;
  }
};

struct AppState {
  explicit AppState(render::scene::MapStyles of) : styles(std::move(of)), scene(styles.light) {}
  // Both themes look alike.
  explicit AppState(const std::shared_ptr<const render::scene::StyleSheet>& both)
      : AppState(render::scene::MapStyles{both, both}) {}

  Catalogue catalogue;
  std::shared_ptr<const Region> region;  // null: nothing is open
  render::scene::MapStyles styles;       // what lies under the document's own
  render::scene::Scene scene;
  render::scene::Camera camera{1280, 800};
  DocumentState document;
  StyleEditorState style_editor;
  StatisticsState statistics;
  SelectionState selection;
  BackgroundsState backgrounds;
  ToolState tool;
  SearchState search;
  VillageCardState village_card;
  FlightState flight;
  LegendState legend;
  BookmarksState bookmarks;
  ChartState chart;
  NetworkState network;
  BridgesState bridges;
  DefectsState defects;
  FigureState figure;
  LinksState links;
  AttributesState attributes;
  FileDialogState dialog;
  ExportState exporting;
  ViewState view;
  std::uint64_t changes = 0;   // that can be taken back, counted, so that the latest is known
  std::uint64_t opening = 0;   // the last request to open something; an older one is of no interest
  std::uint64_t outlined = 0;  // the request of which an outline is on the map while the rest is read
  std::vector<Notice> notices;
  std::vector<workspace::OpenOptions> recent;  // what was open, the latest first
  SessionState session;
  Mailbox mailbox;
  SourceWatch watch;
  JobList jobs;  // last: its jobs end before what they refer to
};

}  // namespace xiangtu::viewer
