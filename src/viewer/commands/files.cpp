#include "viewer/commands/files.hpp"

#include <filesystem>

#include "io/atomic_file.hpp"
#include "io/raster_file.hpp"
#include "report/coverage_report.hpp"
#include "viewer/commands/attribute_rows.hpp"
#include "viewer/commands/backgrounds.hpp"
#include "viewer/commands/regions.hpp"

namespace xiangtu::viewer {

namespace fs = std::filesystem;

Status export_table(const AppState& state, const std::string& path) {
  if (!state.region) return {};
  const workspace::StatsResult& stats = state.region->stats;
  return io::write_file(
      path, report::csv({stats.atlas->hierarchy, stats.table, stats.provenance, stats.findings}, false));
}

void ask_for_file(AppState& state, FileChoice choice) {
  std::error_code error;
  FileDialogState& dialog = state.dialog;
  dialog = {true, choice, dialog.folder.empty() ? fs::current_path(error) : dialog.folder, {}, {}};
  state.view.fonts_dirty = true;  // names of files may need other glyphs
  if (saves(choice))
    dialog.typed = (dialog.folder / (choice == FileChoice::save_rows ? "rows.csv" : "coverage.csv")).string();
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

void save(AppState& state, const fs::path& typed) {
  const fs::path path = typed.extension() == ".csv" ? typed : fs::path{typed.string() + ".csv"};
  std::error_code error;
  if (fs::exists(path, error) && state.dialog.replacing != path.string()) {
    state.dialog.replacing = path.string();
    return;
  }
  state.dialog.open = false;
  if (state.dialog.choice == FileChoice::save_rows) return export_rows(state, path.string());
  if (const Status written = export_table(state, path.string()); !written)
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
  if (saves(state.dialog.choice)) return save(state, path);
  state.dialog.open = false;
  // A source may also be no file at all, such as a database.
  std::error_code error;
  const std::string source = fs::exists(path, error) ? path.string() : typed;
  if (state.dialog.choice == FileChoice::background || io::names_raster(source))
    add_background(state, source);
  else if (state.dialog.choice == FileChoice::add)
    add_sources(state, {source});
  else
    open(state, {{source}, std::nullopt});
}

}  // namespace xiangtu::viewer
