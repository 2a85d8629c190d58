#include "viewer/commands.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "io/atomic_file.hpp"
#include "render/scene/atlas_scene.hpp"
#include "report/coverage_report.hpp"

namespace xiangtu::viewer {

namespace fs = std::filesystem;
namespace scene = render::scene;
using atlas::Hierarchy;
using atlas::Level;

namespace {

constexpr std::size_t most_recent = 10;
constexpr double fit_margin = 24;

workspace::StatsOptions every_level(const indicators::Parameters& parameters) {
  workspace::StatsOptions options;
  options.levels = {Level::county, Level::township, Level::village};
  options.parameters = parameters;
  return options;
}

std::vector<std::optional<std::size_t>> rows_by_unit(const workspace::StatsResult& stats) {
  std::vector<std::optional<std::size_t>> rows(stats.atlas->hierarchy.size());
  for (std::size_t row = 0; row < stats.table.units.size(); ++row) rows[stats.table.units[row].value] = row;
  return rows;
}

scene::Margins margins(const AppState& state) {
  const double m = fit_margin * state.camera.pixel_ratio();
  return {m, m, m, m};
}

// Where a unit is: its polygon, or the village's own row.
std::vector<scene::LayerRows> features_of(const AppState& state, UnitIx unit) {
  const Hierarchy& units = state.region->hierarchy();
  for (const scene::MapLayer& layer : state.scene.layers()) {
    const atlas::Layer* source = layer.role ? state.region->atlas().layer(*layer.role) : nullptr;
    if (!source || source->unit_of.empty()) continue;
    const bool carries =
        (layer.role == table::Role::counties && units[unit].level == Level::county) ||
        (layer.role == table::Role::townships && units[unit].level == Level::township) ||
        ((layer.role == table::Role::admin_villages || layer.role == table::Role::villages) &&
         units[unit].level == Level::village);
    if (!carries) continue;
    std::vector<RowIx> rows;
    for (std::size_t row = 0; row < source->unit_of.size(); ++row)
      if (source->unit_of[row] == unit) rows.emplace_back(row);
    if (!rows.empty()) return {{layer.id, rows}};
  }
  return {};
}

geodesy::LonLatBox box_of(const AppState& state, const std::vector<scene::LayerRows>& features) {
  geodesy::LonLatBox box;
  for (const scene::LayerRows& part : features)
    for (const RowIx row : part.rows)
      box.add(state.scene.find(part.layer)->table->geometry.box_of(row.value));
  return box;
}

void colour_units(AppState& state) {
  if (!state.region || state.region->stats.table.indicators.empty()) return;
  for (const Level level : {Level::county, Level::township})
    if (const auto layer = scene::unit_layer(state.scene, level))
      state.scene.look(*layer)->choropleth = nullptr;
  const Level level = coloured_level(state);
  const auto layer = scene::unit_layer(state.scene, level);
  if (!layer) return;
  state.scene.look(*layer)->choropleth =
      scene::unit_choropleth(state.region->atlas(), state.region->stats.table, state.statistics.indicator,
                             level, state.catalogue.language(), std::string{state.catalogue("unknown")});
}

// The unit that a feature belongs to or is.
UnitIx unit_of(const AppState& state, const scene::Picked& picked) {
  const scene::MapLayer* layer = state.scene.find(picked.layer);
  const atlas::Layer* source = layer && layer->role ? state.region->atlas().layer(*layer->role) : nullptr;
  return source && !source->unit_of.empty() ? source->unit_of[picked.row.value] : UnitIx::none();
}

}  // namespace

Result<std::shared_ptr<const Region>> load(const workspace::OpenOptions& options,
                                           const indicators::Parameters& parameters, Progress& progress) {
  Result<workspace::Workspace> opened = workspace::Workspace::open(options, progress);
  if (!opened) return opened.issue();
  Result<atlas::Atlas> atlas = opened->read_all(progress);
  if (!atlas) return atlas.issue();
  auto stats = workspace::compute_stats(*opened, std::make_shared<const atlas::Atlas>(std::move(*atlas)),
                                        every_level(parameters), progress);
  if (!stats) return stats.issue();
  auto rows = rows_by_unit(*stats);
  return std::shared_ptr<const Region>(
      new Region{std::make_shared<const workspace::Workspace>(std::move(*opened)), options, std::move(*stats),
                 std::move(rows)});
}

void report(AppState& state, const Issue& issue) {
  if (issue.code == IssueCode::cancelled) return;
  state.notices.push_back({issue.message.in(state.catalogue), true});
}

void open(AppState& state, workspace::OpenOptions options) {
  if (options.sources.empty()) return;
  state.jobs.cancel_all();  // another source was asked for: what is loading is no longer wanted
  state.jobs.start(options.sources.front(),
                   [&state, options, parameters = state.statistics.parameters](Progress& progress) {
                     auto region = load(options, parameters, progress);
                     state.mailbox.post([&state, region = std::move(region)] {
                       if (region)
                         show(state, *region);
                       else
                         report(state, region.issue());
                     });
                   });
}

void add_sources(AppState& state, const std::vector<std::string>& sources) {
  workspace::OpenOptions options;
  if (state.region) options = state.region->opened;
  options.sources.insert(options.sources.end(), sources.begin(), sources.end());
  open(state, std::move(options));
}

void show(AppState& state, std::shared_ptr<const Region> region) {
  const bool same_place = state.region && state.region->opened.sources == region->opened.sources;
  state.region = std::move(region);
  state.scene.clear();
  const io::Schema& schema = state.region->workspace->schema();
  scene::add_atlas(state.scene, state.region->stats.atlas, [&](table::Role role) {
    return std::string{schema.layer_label(role, state.catalogue.language())};
  });
  state.selection = {};
  state.statistics.parent = Hierarchy::total();
  state.statistics.indicator =
      std::min(state.statistics.indicator, state.region->stats.table.indicators.size() - 1);
  colour_units(state);
  if (!same_place) fit_all(state);
  state.view.fonts_dirty = true;
  for (const std::string& source : state.region->opened.sources) {
    std::erase(state.recent, source);
    state.recent.insert(state.recent.begin(), source);
  }
  if (state.recent.size() > most_recent) state.recent.resize(most_recent);
}

void set_parameters(AppState& state, const indicators::Parameters& parameters) {
  state.statistics.parameters = parameters;
  if (!state.region) return;
  state.statistics.computing = true;
  state.jobs.cancel_all();
  state.jobs.start("computing indicators", [&state, parameters, region = state.region](Progress& progress) {
    auto stats =
        workspace::compute_stats(*region->workspace, region->stats.atlas, every_level(parameters), progress);
    state.mailbox.post([&state, region, stats = std::move(stats)] {
      if (!stats) return report(state, stats.issue());
      state.statistics.computing = false;
      if (state.region != region) return;  // something else was opened meanwhile
      state.region = std::shared_ptr<const Region>(
          new Region{region->workspace, region->opened, *stats, rows_by_unit(*stats)});
      colour_units(state);
    });
  });
}

void choose_indicator(AppState& state, std::size_t indicator) {
  state.statistics.indicator = indicator;
  colour_units(state);
}

bool choose_indicator(AppState& state, const std::string& id) {
  if (!state.region) return false;
  const auto& indicators = state.region->stats.table.indicators;
  const auto found =
      std::find_if(indicators.begin(), indicators.end(), [&](const auto& info) { return info.id == id; });
  if (found == indicators.end()) return false;
  choose_indicator(state, static_cast<std::size_t>(found - indicators.begin()));
  return true;
}

std::vector<std::size_t> table_rows(const AppState& state) {
  std::vector<std::size_t> rows;
  if (!state.region) return rows;
  const Hierarchy& units = state.region->hierarchy();
  for (const UnitIx unit : units.children(state.statistics.parent))
    if (const auto row = state.region->row_of_unit[unit.value]) rows.push_back(*row);
  const indicators::CoverageTable& table = state.region->stats.table;
  const int column = state.statistics.sort_column;
  const auto before = [&](std::size_t a, std::size_t b) {
    const atlas::Unit &left = units[table.units[a]], &right = units[table.units[b]];
    if (column == 0 && left.name != right.name) return left.name < right.name;
    if (column > 0) {
      const auto x = table.figure(a, static_cast<std::size_t>(column - 1)).value,
                 y = table.figure(b, static_cast<std::size_t>(column - 1)).value;
      if (x.has_value() != y.has_value())
        return x.has_value() == state.statistics.ascending;  // n/a always last
      if (x && *x != *y) return *x < *y;
    }
    return left.code < right.code;
  };
  std::stable_sort(rows.begin(), rows.end(), [&](std::size_t a, std::size_t b) {
    return state.statistics.ascending ? before(a, b) : before(b, a);
  });
  return rows;
}

void sort_by(AppState& state, int column, bool ascending) {
  state.statistics.sort_column = column;
  state.statistics.ascending = ascending;
}

void drill_into(AppState& state, UnitIx unit) {
  if (!state.region || state.region->hierarchy().children(unit).empty()) return;
  state.statistics.parent = unit;
  colour_units(state);
}

void drill_up(AppState& state) {
  if (!state.region || state.statistics.parent == Hierarchy::total()) return;
  const UnitIx left = state.statistics.parent;
  state.statistics.parent = state.region->hierarchy()[left].parent;
  colour_units(state);
  select_unit(state, left, false);
}

Level coloured_level(const AppState& state) {
  const Hierarchy& units = state.region->hierarchy();
  const auto children = units.children(state.statistics.parent);
  const Level wanted = children.empty() ? Level::township : units[children.front()].level;
  if (wanted <= Level::county && scene::unit_layer(state.scene, Level::county)) return Level::county;
  return scene::unit_layer(state.scene, Level::township) ? Level::township : Level::county;
}

void select_unit(AppState& state, UnitIx unit, bool zoom) {
  state.selection.unit = unit;
  state.statistics.scroll_to_selection = true;
  if (!state.region || !unit.exists()) return state.scene.select({});
  std::vector<scene::LayerRows> features = features_of(state, unit);
  if (zoom) state.camera.fit(box_of(state, features), margins(state));
  state.scene.select(std::move(features));
}

void identify(AppState& state, scene::ScreenPoint pixel) {
  if (!state.region) return;
  state.selection.features = scene::pick(state.scene, state.camera, pixel, 6 * state.camera.pixel_ratio());
  if (state.selection.features.empty()) return select_unit(state, UnitIx::none(), false);
  // The row of the table that the click belongs to; where the table shows another part, it follows.
  UnitIx finest;
  const Hierarchy& units = state.region->hierarchy();
  for (const scene::Picked& picked : state.selection.features)
    if (const UnitIx unit = unit_of(state, picked);
        unit.exists() && (!finest.exists() || units[unit].level > units[finest].level))
      finest = unit;
  if (finest.exists()) {
    UnitIx shown = finest;
    while (units[shown].parent.exists() && units[shown].parent != state.statistics.parent)
      shown = units[shown].parent;
    if (!units[shown].parent.exists()) {
      state.statistics.parent = units[finest].parent.exists() ? units[finest].parent : Hierarchy::total();
      shown = finest;
      colour_units(state);
    }
    select_unit(state, shown, false);
  }
  const scene::Picked& top = state.selection.features.front();
  state.scene.select({{top.layer, {top.row}}});
}

void fit_all(AppState& state) {
  state.camera.fit(state.scene.box(), margins(state));
}

void fit_layer(AppState& state, scene::LayerId layer) {
  if (const scene::MapLayer* found = state.scene.find(layer)) state.camera.fit(found->box, margins(state));
}

void move_layer(AppState& state, scene::LayerId layer, int steps_up) {
  const auto& layers = state.scene.layers();
  const auto found = std::find_if(layers.begin(), layers.end(),
                                  [&](const scene::MapLayer& each) { return each.id == layer; });
  if (found == layers.end()) return;
  const auto target = std::clamp<std::ptrdiff_t>(found - layers.begin() + steps_up, 0,
                                                 static_cast<std::ptrdiff_t>(layers.size()) - 1);
  state.scene.move(layer, static_cast<std::size_t>(target));
}

void set_language(AppState& state, Language language) {
  Result<Catalogue> loaded = Catalogue::load(language);
  if (!loaded) return report(state, loaded.issue());
  state.catalogue = std::move(*loaded);
  state.view.fonts_dirty = true;
  if (!state.region) return;
  for (const scene::MapLayer& layer : state.scene.layers())
    if (layer.role)
      state.scene.rename(layer.id,
                         std::string{state.region->workspace->schema().layer_label(*layer.role, language)});
  colour_units(state);
}

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
  if (choice == FileChoice::save_figures) dialog.typed = (dialog.folder / "coverage.csv").string();
}

namespace {

void save_figures(AppState& state, const fs::path& typed) {
  const fs::path path = typed.extension() == ".csv" ? typed : fs::path{typed.string() + ".csv"};
  std::error_code error;
  if (fs::exists(path, error) && state.dialog.replacing != path.string()) {
    state.dialog.replacing = path.string();
    return;
  }
  state.dialog.open = false;
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
  if (state.dialog.choice == FileChoice::save_figures) return save_figures(state, path);
  state.dialog.open = false;
  // A source may also be no file at all, such as a database.
  std::error_code error;
  const std::string source = fs::exists(path, error) ? path.string() : typed;
  if (state.dialog.choice == FileChoice::add)
    add_sources(state, {source});
  else
    open(state, {{source}, std::nullopt});
}

}  // namespace xiangtu::viewer
