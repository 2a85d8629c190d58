#include "viewer/commands.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "io/atomic_file.hpp"
#include "io/connection_text.hpp"
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
constexpr double legend_share = 0.12;  // of the map's width kept free for it
constexpr const char* computing_title = "computing indicators";
constexpr const char* default_indicator = "natural_village_hardened_rate";

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
  const double legend = state.view.show_legend ? state.camera.width() * legend_share : 0;
  return {m, m, m + legend, m};
}

// Where a unit is: its polygon, or the village's own row.
std::vector<scene::LayerRows> features_of(const AppState& state, UnitIx unit) {
  const atlas::Selection found = state.region->atlas().rows_that_are(unit);
  for (const scene::MapLayer& layer : state.scene.layers())
    if (found.layer && layer.role == found.layer->role) return {{layer.id, found.rows}};
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
  if (!state.statistics.coloured) return;
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
      new Region{std::make_shared<const workspace::Workspace>(std::move(*opened)), options, parameters,
                 std::move(*stats), std::move(rows)});
}

void report(AppState& state, const Issue& issue) {
  if (issue.code == IssueCode::cancelled) return;
  state.notices.push_back({issue.message.in(state.catalogue), true});
}

void open(AppState& state, workspace::OpenOptions options) {
  if (options.sources.empty()) return;
  state.jobs.cancel_all();  // another source was asked for: what is loading is no longer wanted
  const std::uint64_t request = ++state.opening;
  state.jobs.start(options.sources.front(),
                   [&state, options, request, parameters = state.statistics.typed](Progress& progress) {
                     auto region = load(options, parameters, progress);
                     state.mailbox.post([&state, request, region = std::move(region)] {
                       if (state.opening != request) return;  // something else was asked for since
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

namespace {

// The default one, or the first that has a value in some unit that can be coloured.
std::size_t first_with_figures(const AppState& state) {
  const indicators::CoverageTable& table = state.region->stats.table;
  const auto has_values = [&](std::size_t k) {
    for (std::size_t row = 1; row < table.units.size(); ++row)
      if (table.figure(row, k).value) return true;
    return false;
  };
  for (std::size_t k = 0; k < table.indicators.size(); ++k)
    if (table.indicators[k].id == default_indicator && has_values(k)) return k;
  for (std::size_t k = 0; k < table.indicators.size(); ++k)
    if (has_values(k)) return k;
  return 0;
}

void fit_unit(AppState& state, UnitIx unit) {
  const geodesy::LonLatBox box = box_of(state, features_of(state, unit));
  if (!box.empty()) state.camera.fit(box, margins(state));
}

}  // namespace

void show(AppState& state, std::shared_ptr<const Region> region) {
  const bool same_place = state.region && state.region->opened.sources == region->opened.sources;
  std::string looked_at;
  if (state.region && state.statistics.indicator < state.region->stats.table.indicators.size())
    looked_at = state.region->stats.table.indicators[state.statistics.indicator].id;
  state.region = std::move(region);
  std::erase_if(state.notices, [](const Notice& notice) { return notice.is_error; });
  state.scene.clear();
  const io::Schema& schema = state.region->workspace->schema();
  scene::add_atlas(state.scene, state.region->stats.atlas, [&](table::Role role) {
    return std::string{schema.layer_label(role, state.catalogue.language())};
  });
  state.selection = {};
  state.statistics.parent = Hierarchy::total();
  state.statistics.indicator = first_with_figures(state);
  state.statistics.computing = false;
  if (!choose_indicator(state, looked_at)) colour_units(state);
  state.statistics.scroll_to_indicator = false;
  if (!same_place) fit_all(state);
  state.view.fonts_dirty = true;
  for (const std::string& opened : state.region->opened.sources) {
    std::error_code error;  // found again from any folder; a database's password is not kept
    const std::string source = fs::exists(opened, error)
                                   ? fs::absolute(opened, error).lexically_normal().string()
                                   : io::without_password(opened);
    std::erase(state.recent, source);
    state.recent.insert(state.recent.begin(), source);
  }
  if (state.recent.size() > most_recent) state.recent.resize(most_recent);
  set_parameters(state, state.statistics.typed);  // they may have been changed while it was read
}

void set_parameters(AppState& state, const indicators::Parameters& parameters) {
  StatisticsState& statistics = state.statistics;
  statistics.typed = parameters;
  state.jobs.cancel(computing_title);
  const std::uint64_t request = ++statistics.request;
  statistics.computing = state.region && state.region->parameters != parameters;
  if (!statistics.computing) return;
  state.jobs.start(computing_title, [&state, parameters, request, region = state.region](Progress& progress) {
    auto stats =
        workspace::compute_stats(*region->workspace, region->stats.atlas, every_level(parameters), progress);
    state.mailbox.post([&state, parameters, request, region, stats = std::move(stats)] {
      if (state.region != region || state.statistics.request != request) return;  // no longer asked for
      state.statistics.computing = false;
      state.statistics.typed = stats ? parameters : region->parameters;
      if (!stats) return report(state, stats.issue());
      state.region = std::shared_ptr<const Region>(
          new Region{region->workspace, region->opened, parameters, *stats, rows_by_unit(*stats)});
      colour_units(state);
    });
  });
}

void choose_indicator(AppState& state, std::size_t indicator) {
  state.statistics.indicator = indicator;
  state.statistics.scroll_to_indicator = true;
  colour_units(state);
}

void colour_map(AppState& state, bool coloured) {
  state.statistics.coloured = coloured;
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
  if (unit == Hierarchy::total())
    fit_all(state);
  else
    fit_unit(state, unit);
}

void drill_up(AppState& state) {
  if (!state.region || state.statistics.parent == Hierarchy::total()) return;
  const UnitIx left = state.statistics.parent;
  state.statistics.parent = state.region->hierarchy()[left].parent;
  colour_units(state);
  select_unit(state, left, false);
  show_in_table(state);
  if (state.statistics.parent == Hierarchy::total())
    fit_all(state);
  else
    fit_unit(state, state.statistics.parent);
}

Level coloured_level(const AppState& state) {
  const Hierarchy& units = state.region->hierarchy();
  const auto children = units.children(state.statistics.parent);
  const Level wanted = children.empty() ? Level::township : units[children.front()].level;
  if (wanted <= Level::county && scene::unit_layer(state.scene, Level::county)) return Level::county;
  return scene::unit_layer(state.scene, Level::township) ? Level::township : Level::county;
}

void select_unit(AppState& state, UnitIx unit, bool zoom) {
  state.selection = {unit, {}};
  if (!state.region || !unit.exists()) return state.scene.select({});
  std::vector<scene::LayerRows> features = features_of(state, unit);
  for (const scene::LayerRows& part : features)
    for (const RowIx row : part.rows) state.selection.features.push_back({part.layer, row, 0});
  if (zoom) state.camera.fit(box_of(state, features), margins(state));
  state.scene.select(std::move(features));
}

void show_in_table(AppState& state) {
  state.statistics.scroll_to_selection = state.selection.unit.exists();
}

void identify(AppState& state, scene::ScreenPoint pixel) {
  if (!state.region) return;
  std::vector<scene::Picked> found =
      scene::pick(state.scene, state.camera, pixel, 6 * state.camera.pixel_ratio());
  if (found.empty()) return select_unit(state, UnitIx::none(), false);
  // The row of the table that the click belongs to; where the table shows another part, it follows.
  UnitIx finest;
  const Hierarchy& units = state.region->hierarchy();
  for (const scene::Picked& picked : found)
    if (const UnitIx unit = unit_of(state, picked);
        unit.exists() && (!finest.exists() || units[unit].level > units[finest].level))
      finest = unit;
  UnitIx shown = finest;
  while (shown.exists() && units[shown].parent.exists() && units[shown].parent != state.statistics.parent)
    shown = units[shown].parent;
  if (shown.exists() && !units[shown].parent.exists()) {
    state.statistics.parent = units[finest].parent.exists() ? units[finest].parent : Hierarchy::total();
    shown = finest;
    colour_units(state);
  }
  select_unit(state, shown, false);
  show_in_table(state);
  // A point or line that was hit is what was meant; an area is the unit whose row is selected.
  const scene::Picked top = found.front();
  state.selection.features = std::move(found);
  if (state.scene.find(top.layer)->table->geometry.kind() != table::GeometryKind::polygon)
    state.scene.select({{top.layer, {top.row}}});
}

void show_row(AppState& state, const Finding& finding, std::int64_t row_id) {
  for (const scene::MapLayer& layer : state.scene.layers()) {
    const table::FeatureTable& rows = *layer.table;
    if (rows.source.layer != finding.layer || rows.source.path != finding.source) continue;
    const auto found = std::find(rows.row_ids.begin(), rows.row_ids.end(), row_id);
    if (found == rows.row_ids.end()) continue;
    const RowIx row{static_cast<std::size_t>(found - rows.row_ids.begin())};
    state.selection = {UnitIx::none(), {{layer.id, row, 0}}};
    const std::vector<scene::LayerRows> selected{{layer.id, {row}}};
    const geodesy::LonLatBox box = box_of(state, selected);
    if (!box.empty()) state.camera.fit(box, margins(state));
    return state.scene.select(selected);
  }
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
  state.view.fonts_dirty = true;  // names of files may need other glyphs
  if (choice == FileChoice::save_figures) dialog.typed = (dialog.folder / "coverage.csv").string();
}

void enter_folder(AppState& state, const fs::path& folder) {
  state.dialog.folder = folder;
  state.view.fonts_dirty = true;
  if (state.dialog.choice == FileChoice::save_figures)
    state.dialog.typed = (folder / fs::path{state.dialog.typed}.filename()).string();
  else
    state.dialog.typed.clear();
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
