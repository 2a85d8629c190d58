#include "viewer/commands/sessions.hpp"

#include <algorithm>
#include <filesystem>
#include <functional>
#include <sstream>
#include <string_view>
#include <utility>

#include "base/text.hpp"
#include "base/toml_text.hpp"
#include "base/user_folders.hpp"
#include "io/atomic_file.hpp"
#include "io/connection_text.hpp"
#include "io/toml_place.hpp"
#include "io/workspace_file.hpp"
#include "render/scene/atlas_scene.hpp"
#include "viewer/commands/attributes.hpp"
#include "viewer/commands/charts.hpp"
#include "viewer/commands/kept_tables.hpp"
#include "viewer/commands/map_view.hpp"
#include "viewer/commands/regions.hpp"
#include "viewer/commands/scenarios.hpp"
#include "viewer/commands/selection.hpp"
#include "viewer/commands/statistics.hpp"
#include "viewer/commands/styles.hpp"

namespace xiangtu::viewer {

namespace fs = std::filesystem;
namespace scene = render::scene;

namespace {

constexpr double seconds_between_writes = 30;
constexpr std::string_view mark = "# ";  // of the lines that are about the session and not the map
using LineWriter = std::function<void(std::string_view key, const std::string& value)>;  // unless it is empty

fs::path session_file() {
  const fs::path folder = config_folder();
  return folder.empty() ? folder : folder / "session.toml";
}

// What a chart is called in a file.
constexpr std::pair<ChartKind, std::string_view> chart_words[] = {{ChartKind::bars, "bars"},
                                                                  {ChartKind::distances, "distances"}};

std::string code_of(const AppState& state, UnitIx unit) {
  return unit.exists() ? state.region->hierarchy()[unit].code : std::string{};
}

// A region is open.
scene::LookedAt looked_at(const AppState& state) {
  scene::LookedAt looked_at;
  const atlas::Level level = coloured_level(state);
  if (scene::unit_layer(state.scene, level)) looked_at.level = level;
  looked_at.unit = code_of(state, state.selection.unit);
  looked_at.parent = code_of(state, state.statistics.parent);
  const ViewState& view = state.view;
  if (const scene::MapLayer* layer = table_layer(state); layer && view.attributes.shown) {
    looked_at.attributes = name_of(*layer);
    looked_at.attributes_in_front = view.attributes.in_front || view.attributes.to_front;
  }
  for (const auto& [kind, word] : chart_words)
    if (state.chart.shown && state.chart.kind == kind) looked_at.chart = word;
  return looked_at;
}

void add_tables(const std::vector<SavedTable>& tables, const LineWriter& line) {
  for (const SavedTable& table : tables) {
    line("table", std::string{table::role_name(table.role)});
    line("filter", table.filter);
    line(table.ascending ? "ascending" : "descending", table.sorted_by);
    for (const std::string& column : table.hidden) line("hidden", column);
  }
}

// A line about the attribute table whose lines have begun; what is not known is passed over.
void take_table_line(const std::string& key, const std::string& value, SavedTable& table) {
  if (key == "filter") table.filter = value;
  if (key == "ascending" || key == "descending") {
    table.sorted_by = value;
    table.ascending = key == "ascending";
  }
  if (key == "hidden") table.hidden.insert(value);
}

// The map's part as in a workspace file, after lines "# key value".
std::string text_of(const Session& session) {
  std::string text;
  const LineWriter line = [&](std::string_view key, const std::string& value) {
    if (!value.empty()) text += fmt::format("{}{} {}\n", mark, key, value);
  };
  for (const std::string& source : session.opened.sources) line("source", lasting(source));
  if (session.opened.mapping_file) line("mapping", lasting(*session.opened.mapping_file));
  for (const std::string& file : session.opened.definition_files) line("definitions", lasting(file));
  for (const auto& [name, member] : indicators::number_parameters)
    line(name, format_exact(session.parameters.*member));
  if (session.filter_map) line("filters", "map");
  line(session.figures.ascending ? "figures-ascending" : "figures-descending", session.figures.by);
  for (const std::string& scenario : session.scenarios.kept) line("scenario", toml_text(scenario));
  if (!session.scenarios.in_work.empty()) line("scenario-in-work", toml_text(session.scenarios.in_work));
  add_tables(session.tables, line);
  scene::SavedMap map = session.map;
  map.document.convert_paths(lasting);
  return text + to_toml(map);
}

// A text that toml_text wrote; empty where it is none.
std::string text_from(const std::string& quoted) {
  const auto document = io::TomlDocument::parse("text = " + quoted, "", IssueCode::input_bad_mapping);
  const toml::node* node = document ? document->root.get("text") : nullptr;
  if (!node) return {};
  const Result<std::string> text = document->text(*node);
  return text ? *text : std::string{};
}

Result<Session> session_from(const std::string& text, const std::string& name) {
  Session session;
  bool in_table = false;
  std::string unit, parent;  // where earlier sessions have them
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line) && line.starts_with(mark);) {
    line.erase(0, mark.size());
    const std::size_t space = std::min(line.find(' '), line.size());
    const std::string key = line.substr(0, space), value = line.substr(std::min(space + 1, line.size()));
    if (key == "source") session.opened.sources.push_back(value);
    if (key == "mapping") session.opened.mapping_file = value;
    if (key == "definitions") session.opened.definition_files.push_back(value);
    if (key == "unit") unit = value;
    if (key == "parent") parent = value;
    if (key == "figures-ascending" || key == "figures-descending")
      session.figures = {value, key == "figures-ascending"};
    if (key == "scenario") session.scenarios.kept.push_back(text_from(value));
    if (key == "scenario-in-work") session.scenarios.in_work = text_from(value);
    if (key == "filters") session.filter_map = value == "map";
    if (key == "table") {
      const auto role = table::role_from_name(value);
      in_table = role.has_value();
      if (role) session.tables.push_back({*role, {}, {}, true, {}});
    }
    if (in_table) take_table_line(key, value, session.tables.back());
    for (const auto& [parameter, member] : indicators::number_parameters)
      if (key == parameter) session.parameters.*member = parse_number(value).value_or(0);
  }
  Result<scene::SavedMap> map = scene::read_map(text, name);
  if (!map) return map.issue();
  session.map = std::move(*map);
  if (!unit.empty()) session.map.looked_at.unit = unit;
  if (!parent.empty()) session.map.looked_at.parent = parent;
  return session;
}

void look_at(AppState& state, const scene::MapView& view) {
  state.camera.move_to(view.centre);
  state.camera.set_zoom(view.zoom);
}

}  // namespace

std::string lasting(const std::string& source) {
  std::error_code error;
  return fs::exists(source, error) ? fs::absolute(source, error).lexically_normal().string()
                                   : io::without_password(source);
}

namespace {

// None where everything is seen and nothing else: a sheet of another shape than the window fits that better.
std::optional<geodesy::LonLatBox> extent_of(const AppState& state) {
  const auto seen = scene::extent_seen(state.camera);
  const geodesy::LonLatBox all = state.scene.box();
  const bool has_ground =
      std::ranges::any_of(state.document.now.backgrounds, &scene::BackgroundChoice::visible);
  const bool sees_all = seen && !all.empty() && seen->contains(all.min) && seen->contains(all.max);
  return sees_all && !has_ground ? std::nullopt : seen;
}

}  // namespace

scene::SavedMap map_of(const AppState& state) {
  return {state.document.now, scene::MapView{state.camera.centre_lonlat(), state.camera.zoom()},
          extent_of(state), state.region ? looked_at(state) : scene::LookedAt{}};
}

Status save_workspace(const AppState& state, const std::string& path) {
  if (!state.region) return {};
  scene::SavedMap map = map_of(state);
  const std::string folder = fs::path{path}.parent_path().string();
  map.document.convert_paths([&](const std::string& source) { return io::path_from(source, folder); });
  return workspace::save(*state.region->workspace, state.region->parameters, to_toml(map), path);
}

Session session_of(const AppState& state) {
  if (!state.region) return {};
  return {state.region->opened,        state.statistics.typed,  map_of(state),         saved_tables(state),
          state.attributes.filter_map, order_of_figures(state), saved_scenarios(state)};
}

void restore(AppState& state, Session session) {
  state.session.offered.reset();
  state.statistics.typed = session.parameters;
  state.session.restoring = session;
  open(state, std::move(session.opened));
}

namespace {

// The same whatever the folder it is named from.
workspace::OpenOptions everywhere(workspace::OpenOptions options) {
  for (std::string& source : options.sources) source = lasting(source);
  if (options.mapping_file) options.mapping_file = lasting(*options.mapping_file);
  for (std::string& file : options.definition_files) file = lasting(file);
  return options;
}

}  // namespace

bool is_of(const Session& session, const workspace::OpenOptions& asked) {
  const bool by_itself = std::ranges::any_of(
      asked.sources, [](const std::string& source) { return fs::path{source}.extension() == ".toml"; });
  return !by_itself && everywhere(session.opened) == everywhere(asked);
}

void look_again(AppState& state, const scene::LookedAt& looked_at) {
  const atlas::Hierarchy& units = state.region->hierarchy();
  if (const UnitIx parent = units.find(looked_at.parent); parent.exists() && !units.children(parent).empty())
    state.statistics.parent = parent;
  if (const UnitIx unit = units.find(looked_at.unit); unit.exists()) select_unit(state, unit, false);
  state.statistics.level.reset();
  if (looked_at.level && *looked_at.level != coloured_level(state)) state.statistics.level = looked_at.level;
  colour_units(state);
}

namespace {

void open_tables(AppState& state, const scene::LookedAt& looked_at) {
  if (const scene::MapLayer* layer = layer_called(state, looked_at.attributes)) {
    show_attributes(state, layer->id);
    state.view.attributes.to_front = looked_at.attributes_in_front;
  }
  for (const auto& [kind, word] : chart_words)
    if (looked_at.chart == word) show_chart(state, kind);
}

}  // namespace

void take_up(AppState& state, bool again) {
  const std::optional<Session> session = std::exchange(state.session.restoring, std::nullopt);
  state.session.offered.reset();
  if (state.region->map_issue) report(state, *state.region->map_issue, NoticeAbout::region);
  const bool restores = session && session->opened.sources == state.region->opened.sources;
  const scene::SavedMap* map = restores                      ? &session->map
                               : state.region->map && !again ? &*state.region->map
                                                             : nullptr;
  if (!map) return;
  if (restores) {
    order_figures(state, session->figures);
    state.network.saved = session->scenarios;
  }
  look_again(state, map->looked_at);
  open_tables(state, map->looked_at);
}

void show_first_view(AppState& state) {
  const auto& restoring = state.session.restoring;
  const scene::SavedMap* map = restoring                           ? &restoring->map
                               : state.region && state.region->map ? &*state.region->map
                                                                   : nullptr;
  if (map && map->view)
    look_at(state, *map->view);
  else if (map && map->extent)
    state.camera.fit(*map->extent);
  else
    fit_all(state);
}

std::optional<Session> read_session() {
  const fs::path file = session_file();
  if (file.empty()) return std::nullopt;
  const auto text = io::read_file(file.string());
  if (!text) return std::nullopt;
  const Result<Session> session = session_from(*text, file.string());
  if (!session || session->empty()) return std::nullopt;
  return *session;
}

void write_session(AppState& state) {
  const fs::path file = session_file();
  const Session session = session_of(state);
  if (file.empty() || session.empty()) return;
  std::string text = text_of(session);
  state.watch.jobs = JobList{};  // no older one may be written after it
  if (text == state.session.written) return;
  std::error_code error;
  fs::create_directories(file.parent_path(), error);
  if (io::write_file(file.string(), text)) state.session.written = std::move(text);
}

bool write_session_soon(AppState& state, double seconds_passed) {
  state.session.seconds += seconds_passed;
  if (state.session.seconds < seconds_between_writes) return false;
  state.session.seconds = 0;
  const fs::path file = session_file();
  const Session session = session_of(state);
  if (file.empty() || session.empty()) return true;
  std::string text = text_of(session);
  if (text == state.session.written) return true;
  state.session.written = text;
  state.watch.jobs.start("", [file, text = std::move(text)](Progress&) {
    std::error_code error;
    fs::create_directories(file.parent_path(), error);
    (void)io::write_file(file.string(), text);  // the next one will, or the end of the window
  });
  return true;
}

}  // namespace xiangtu::viewer
