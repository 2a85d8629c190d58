#include "viewer/settings.hpp"

#include <algorithm>
#include <sstream>
#include <system_error>

#include <fmt/format.h>

#include "base/user_folders.hpp"
#include "io/atomic_file.hpp"

namespace xiangtu::viewer {

namespace fs = std::filesystem;

namespace {

fs::path settings_file() {
  const fs::path folder = config_folder();
  return folder.empty() ? folder : folder / "viewer.txt";
}

WindowPlace window_from(const std::string& value) {
  WindowPlace place;
  std::istringstream numbers(value);
  numbers >> place.x >> place.y >> place.width >> place.height;
  const bool sensible =
      numbers && place.width >= 320 && place.height >= 240 && place.width <= 32768 && place.height <= 32768;
  return sensible ? place : WindowPlace{};
}

PanelShares shares_from(const std::string& value) {
  PanelShares shares;
  std::istringstream numbers(value);
  numbers >> shares.side >> shares.bottom >> shares.layers;
  if (!numbers) return {};
  for (float* share : {&shares.side, &shares.bottom, &shares.layers})
    *share = std::clamp(*share, 0.12f, 0.7f);
  return shares;
}

}  // namespace

Settings settings_of(const AppState& state, const WindowPlace& window, bool ended) {
  const ViewState& view = state.view;
  return {state.recent,     view.dark,        state.catalogue.language(),
          window,           view.show_layers, view.statistics.shown,
          view.show_legend, view.shares,      ended};
}

void take_settings(AppState& state, const Settings& settings) {
  state.recent = settings.recent;
  state.view.show_layers = settings.layers;
  state.view.statistics.shown = settings.statistics;
  state.view.show_legend = settings.legend;
  state.view.shares = settings.shares;
}

// One "key value" a line; what is not known is passed over.
Settings read_settings() {
  Settings settings;
  const auto text = io::read_file(settings_file().string());
  if (!text) return settings;
  std::istringstream lines(*text);
  for (std::string line; std::getline(lines, line);) {
    const std::size_t space = line.find(' ');
    const std::string key = line.substr(0, space),
                      value = space == std::string::npos ? "" : line.substr(space + 1);
    if (key == "recent") settings.recent.push_back({{value}, std::nullopt});
    if (key == "with" && !settings.recent.empty()) settings.recent.back().sources.push_back(value);
    if (key == "mapped" && !settings.recent.empty()) settings.recent.back().mapping_file = value;
    if (key == "defined" && !settings.recent.empty())
      settings.recent.back().definition_files.push_back(value);
    if (key == "theme") settings.dark = value == "dark";
    if (key == "language") settings.language = value == "zh" ? Language::chinese : Language::english;
    if (key == "window") settings.window = window_from(value);
    if (key == "hidden") {
      settings.layers = value.find("layers") == std::string::npos;
      settings.statistics = value.find("statistics") == std::string::npos;
      settings.legend = value.find("legend") == std::string::npos;
    }
    if (key == "shares") settings.shares = shares_from(value);
    if (key == "ended") settings.ended = value != "no";
  }
  return settings;
}

void write_settings(const Settings& settings) {
  const fs::path file = settings_file();
  if (file.empty()) return;
  std::error_code error;
  fs::create_directories(file.parent_path(), error);
  std::string text = std::string{"theme "} + (settings.dark ? "dark" : "light") + "\n";
  if (settings.language)
    text += std::string{"language "} + (*settings.language == Language::chinese ? "zh" : "en") + "\n";
  const WindowPlace& window = settings.window;
  if (window.width > 0)
    text += fmt::format("window {} {} {} {}\n", window.x, window.y, window.width, window.height);
  text += fmt::format("hidden{}{}{}\n", settings.layers ? "" : " layers",
                      settings.statistics ? "" : " statistics", settings.legend ? "" : " legend");
  text += fmt::format("shares {:.4f} {:.4f} {:.4f}\n", settings.shares.side, settings.shares.bottom,
                      settings.shares.layers);
  text += std::string{"ended "} + (settings.ended ? "yes" : "no") + "\n";
  for (const workspace::OpenOptions& recent : settings.recent) {
    for (std::size_t i = 0; i < recent.sources.size(); ++i)
      text += (i == 0 ? "recent " : "with ") + recent.sources[i] + "\n";
    if (recent.mapping_file) text += "mapped " + *recent.mapping_file + "\n";
    for (const std::string& own : recent.definition_files) text += "defined " + own + "\n";
  }
  (void)io::write_file(file.string(), text);
}

}  // namespace xiangtu::viewer
