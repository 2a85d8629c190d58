#include "viewer/settings.hpp"

#include <cstdlib>
#include <sstream>
#include <system_error>

#include "io/atomic_file.hpp"

namespace xiangtu::viewer {

namespace fs = std::filesystem;

fs::path settings_folder() {
  if (const char* folder = std::getenv("XDG_CONFIG_HOME"); folder && *folder)
    return fs::path{folder} / "xiangtu";
  if (const char* home = std::getenv("HOME"); home && *home) return fs::path{home} / ".config" / "xiangtu";
  return {};
}

namespace {

fs::path settings_file() {
  const fs::path folder = settings_folder();
  return folder.empty() ? folder : folder / "viewer.txt";
}

}  // namespace

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
    if (key == "recent") settings.recent.push_back(value);
    if (key == "theme") settings.dark = value == "dark";
    if (key == "language") settings.language = value == "zh" ? Language::chinese : Language::english;
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
  for (const std::string& source : settings.recent) text += "recent " + source + "\n";
  (void)io::write_file(file.string(), text);
}

}  // namespace xiangtu::viewer
