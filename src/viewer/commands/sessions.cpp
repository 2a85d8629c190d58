#include "viewer/commands/sessions.hpp"

#include <filesystem>
#include <sstream>
#include <utility>

#include "base/text.hpp"
#include "base/user_folders.hpp"
#include "io/atomic_file.hpp"
#include "io/connection_text.hpp"
#include "io/workspace_file.hpp"
#include "viewer/commands/document.hpp"
#include "viewer/commands/map_view.hpp"
#include "viewer/commands/regions.hpp"
#include "viewer/commands/selection.hpp"
#include "viewer/commands/statistics.hpp"

namespace xiangtu::viewer {

namespace fs = std::filesystem;
namespace scene = render::scene;

namespace {

constexpr double seconds_between_writes = 30;
constexpr std::string_view mark = "# ";  // of the lines that are about the session and not the map

fs::path session_file() {
  const fs::path folder = config_folder();
  return folder.empty() ? folder : folder / "session.toml";
}

scene::SavedMap map_of(const AppState& state) {
  return {state.document.now, scene::MapView{state.camera.centre_lonlat(), state.camera.zoom()}};
}

std::string code_of(const AppState& state, UnitIx unit) {
  return state.region && unit.exists() ? state.region->hierarchy()[unit].code : std::string{};
}

// The map's part as in a workspace file, after lines "# key value".
std::string text_of(const Session& session) {
  std::string text;
  const auto line = [&](std::string_view key, const std::string& value) {
    if (!value.empty()) text += fmt::format("{}{} {}\n", mark, key, value);
  };
  for (const std::string& source : session.opened.sources) line("source", lasting(source));
  if (session.opened.mapping_file) line("mapping", lasting(*session.opened.mapping_file));
  line("unit", session.unit);
  line("parent", session.parent);
  for (const auto& [name, member] : indicators::number_parameters)
    line(name, format_exact(session.parameters.*member));
  scene::SavedMap map = session.map;
  map.document.convert_paths(lasting);
  return text + to_toml(map);
}

Result<Session> session_from(const std::string& text, const std::string& name) {
  Session session;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line) && line.starts_with(mark);) {
    line.erase(0, mark.size());
    const std::size_t space = std::min(line.find(' '), line.size());
    const std::string key = line.substr(0, space), value = line.substr(std::min(space + 1, line.size()));
    if (key == "source") session.opened.sources.push_back(value);
    if (key == "mapping") session.opened.mapping_file = value;
    if (key == "unit") session.unit = value;
    if (key == "parent") session.parent = value;
    for (const auto& [parameter, member] : indicators::number_parameters)
      if (key == parameter) session.parameters.*member = parse_number(value).value_or(0);
  }
  Result<scene::SavedMap> map = scene::read_map(text, name);
  if (!map) return map.issue();
  session.map = std::move(*map);
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

Status save_workspace(const AppState& state, const std::string& path) {
  if (!state.region) return {};
  scene::SavedMap map = map_of(state);
  const std::string folder = fs::path{path}.parent_path().string();
  map.document.convert_paths([&](const std::string& source) { return io::path_from(source, folder); });
  return workspace::save(*state.region->workspace, state.region->parameters, to_toml(map), path);
}

Session session_of(const AppState& state) {
  if (!state.region) return {};
  return {state.region->opened, state.statistics.typed, map_of(state), code_of(state, state.selection.unit),
          code_of(state, state.statistics.parent)};
}

void restore(AppState& state, Session session) {
  state.session.offered.reset();
  state.statistics.typed = session.parameters;
  state.session.restoring = session;
  open(state, std::move(session.opened));
}

void select_again(AppState& state, const Session& session) {
  const atlas::Hierarchy& units = state.region->hierarchy();
  if (const UnitIx parent = units.find(session.parent); parent.exists() && !units.children(parent).empty())
    state.statistics.parent = parent;
  if (const UnitIx unit = units.find(session.unit); unit.exists()) select_unit(state, unit, false);
  colour_units(state);
}

void take_up(AppState& state) {
  const std::optional<Session> session = std::exchange(state.session.restoring, std::nullopt);
  state.session.offered.reset();
  if (state.region->map_issue) report(state, *state.region->map_issue, NoticeAbout::region);
  if (session && session->opened.sources == state.region->opened.sources) select_again(state, *session);
}

void show_first_view(AppState& state) {
  const auto& restoring = state.session.restoring;
  const scene::SavedMap* map = restoring                           ? &restoring->map
                               : state.region && state.region->map ? &*state.region->map
                                                                   : nullptr;
  if (map && map->view)
    look_at(state, *map->view);
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
