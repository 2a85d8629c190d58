#include "viewer/commands/files.hpp"

#include <algorithm>
#include <filesystem>

#include "io/atomic_file.hpp"
#include "io/file_ending.hpp"
#include "io/raster_file.hpp"
#include "report/coverage_report.hpp"
#include "viewer/commands/attribute_rows.hpp"
#include "viewer/commands/backgrounds.hpp"
#include "viewer/commands/bridges.hpp"
#include "viewer/commands/defects.hpp"
#include "viewer/commands/export_map.hpp"
#include "viewer/commands/figure.hpp"
#include "viewer/commands/links.hpp"
#include "viewer/commands/regions.hpp"
#include "viewer/commands/scenarios.hpp"
#include "viewer/commands/sessions.hpp"

namespace xiangtu::viewer {

namespace fs = std::filesystem;

Status export_table(const AppState& state, const std::string& path) {
  if (!state.region) return {};
  const workspace::StatsResult& stats = state.region->stats;
  return io::write_file(
      path, report::csv({stats.atlas->hierarchy, stats.table, stats.provenance, stats.findings}, false));
}

namespace {

// The first source that is a file; empty: none is.
fs::path first_file(const AppState& state) {
  const std::vector<std::string> none;
  std::error_code error;
  for (const std::string& source : state.region ? state.region->opened.sources : none)
    if (fs::is_regular_file(source, error)) return fs::absolute(source, error).lexically_normal();
  return {};
}

// The workspace that is open, else one beside the first source.
fs::path proposed_workspace(const AppState& state) {
  const std::vector<std::string> none;
  std::error_code error;
  for (const std::string& source : state.region ? state.region->opened.sources : none)
    if (fs::path{source}.extension() == ".toml") return fs::absolute(source, error).lexically_normal();
  const fs::path beside = first_file(state);
  if (beside.empty()) return state.dialog.folder / "workspace.toml";
  return fs::path{beside}.replace_extension(".toml");
}

// A picture called like the first source, with the ending that was chosen last; the title of other sources is
// none of these.
void propose_map(AppState& state) {
  ExportState& exporting = state.exporting;
  if (const auto& sources = state.region->opened.sources; exporting.titled != sources) {
    exporting.titled = sources;
    exporting.sheet.title.clear();
  }
  const std::string name = print::source_name(*state.region->workspace) + exporting.ending;
  state.dialog.typed = (state.dialog.folder / name).string();
}

// What a file of data is called that has no name of its own; empty: it is not named so.
const char* proposed_name(FileChoice choice) {
  switch (choice) {
    case FileChoice::save_figures:
      return "coverage.csv";
    case FileChoice::save_rows:
      return "rows.csv";
    case FileChoice::save_scenario:
      return "scenario.toml";
    case FileChoice::save_scenarios:
      return "scenarios.csv";
    case FileChoice::save_changes:
      return "won-and-lost.csv";
    case FileChoice::save_bridges:
      return "bridges.csv";
    case FileChoice::save_links:
      return "links.csv";
    case FileChoice::save_defects:
      return "defects.csv";
    case FileChoice::save_figure:
      return "figure.csv";
    case FileChoice::save_lines:
      return "links.geojson";
    default:
      return "";
  }
}

// What the user looked at last, else where the sources are.
fs::path starting_folder(const AppState& state) {
  if (!state.dialog.folder.empty()) return state.dialog.folder;
  std::error_code error;
  const fs::path beside = first_file(state);
  return beside.empty() ? fs::current_path(error) : beside.parent_path();
}

}  // namespace

bool has_ending_of(FileChoice choice, const fs::path& path) {
  return std::ranges::find(endings_of(choice), io::ending_of(path)) != endings_of(choice).end();
}

void ask_for_file(AppState& state, FileChoice choice) {
  FileDialogState& dialog = state.dialog;
  dialog = {true, choice, starting_folder(state), {}, {}};
  state.view.fonts_dirty = true;  // names of files may need other glyphs
  if (*proposed_name(choice)) dialog.typed = (dialog.folder / proposed_name(choice)).string();
  if (choice == FileChoice::save_map) propose_map(state);
  if (choice != FileChoice::save_workspace) return;
  const fs::path workspace = proposed_workspace(state);
  dialog.folder = workspace.parent_path();
  dialog.typed = workspace.string();
}

void enter_folder(AppState& state, const fs::path& folder) {
  state.dialog.folder = folder;
  state.view.fonts_dirty = true;
  if (saves(state.dialog.choice))
    state.dialog.typed = (folder / fs::path{state.dialog.typed}.filename()).string();
  else
    state.dialog.typed.clear();
}

namespace {

void print_to(AppState& state, const fs::path& path) {
  state.exporting.ending = io::ending_of(path);
  if (const Status started = export_map(state, path.string()); !started) report(state, started.issue());
}

Status write_data(const AppState& state, FileChoice choice, const std::string& path) {
  switch (choice) {
    case FileChoice::save_workspace:
      return save_workspace(state, path);
    case FileChoice::save_scenario:
      return save_scenario(state, path);
    case FileChoice::save_scenarios:
      return export_scenarios(state, path);
    case FileChoice::save_changes:
      return export_won_and_lost(state, path);
    case FileChoice::save_bridges:
      return export_bridges(state, path);
    case FileChoice::save_links:
      return export_links(state, path);
    case FileChoice::save_defects:
      return export_defects(state, path);
    case FileChoice::save_figure:
      return export_figure(state, path);
    case FileChoice::save_lines:
      return export_link_lines(state, path);
    default:
      return export_table(state, path);
  }
}

void save_to(AppState& state, const fs::path& typed) {
  const FileChoice choice = state.dialog.choice;
  const fs::path path = has_ending_of(choice, typed)
                            ? typed
                            : fs::path{typed.string() + std::string{endings_of(choice).front()}};
  if (choice == FileChoice::save_map && !check_export(state)) return;  // the dialog says what is wrong
  std::error_code error;
  if (fs::exists(path, error) && state.dialog.replacing != path.string()) {
    state.dialog.replacing = path.string();
    return;
  }
  state.dialog.open = false;
  if (choice == FileChoice::save_rows) return export_rows(state, path.string());
  if (choice == FileChoice::save_map) return print_to(state, path);
  const Status written = write_data(state, choice, path.string());
  if (!written)
    report(state, written.issue());
  else
    state.notices.push_back({Message("written: {0}", path.string()).in(state.catalogue), false});
}

}  // namespace

void take_file(AppState& state) {
  const std::string typed = state.dialog.typed;
  if (typed.empty()) return;
  // A name alone is one of the folder that is shown.
  const fs::path path = state.dialog.folder / typed;
  if (saves(state.dialog.choice)) return save_to(state, path);
  state.dialog.open = false;
  // A source may also be no file at all, such as a database.
  std::error_code error;
  const std::string source = fs::exists(path, error) ? path.string() : typed;
  if (state.dialog.choice == FileChoice::open_scenario) {
    if (const Status opened = open_scenario(state, source); !opened) report(state, opened.issue());
  } else if (state.dialog.choice == FileChoice::background || io::names_raster(source))
    add_background(state, source);
  else if (state.dialog.choice == FileChoice::add)
    add_sources(state, {source});
  else
    open(state, {{source}, std::nullopt});
}

}  // namespace xiangtu::viewer
