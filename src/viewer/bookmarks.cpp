#include "viewer/bookmarks.hpp"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <optional>
#include <sstream>
#include <system_error>
#include <utility>

#include "base/text.hpp"
#include "base/user_folders.hpp"
#include "io/atomic_file.hpp"
#include "io/connection_text.hpp"

namespace xiangtu::viewer {

namespace fs = std::filesystem;

namespace {

fs::path bookmarks_file() {
  const fs::path folder = config_folder();
  return folder.empty() ? folder : folder / "bookmarks.txt";
}

// One line that stands for the sources.
std::string key_of(std::vector<std::string> sources) {
  for (std::string& source : sources) {
    std::error_code error;
    source = fs::exists(source, error) ? fs::absolute(source, error).lexically_normal().string()
                                       : io::without_password(source);
  }
  std::sort(sources.begin(), sources.end());
  std::string key;
  for (const std::string& source : sources) key += (key.empty() ? "" : "\t") + source;
  std::replace(key.begin(), key.end(), '\n', ' ');
  return key;
}

struct Section {
  std::string key;
  std::vector<Bookmark> bookmarks;
};

// "lon lat zoom name".
std::optional<Bookmark> bookmark_of(const std::string& text) {
  std::istringstream words(text);
  std::string lon, lat, zoom, name;
  words >> lon >> lat >> zoom;
  std::getline(words >> std::ws, name);
  const auto x = parse_number(lon), y = parse_number(lat), z = parse_number(zoom);
  if (!x || !y || !z || std::abs(*x) > 180 || std::abs(*y) > 90) return std::nullopt;
  return Bookmark{name, {*x, *y}, *z};
}

// "sources …" begins a section, "view …" is a bookmark of it; what is not known is passed over.
std::vector<Section> read_sections() {
  std::vector<Section> sections;
  const auto text = io::read_file(bookmarks_file().string());
  if (!text) return sections;
  std::istringstream lines(*text);
  for (std::string line; std::getline(lines, line);) {
    const std::size_t space = line.find(' ');
    if (space == std::string::npos) continue;
    const std::string word = line.substr(0, space), rest = line.substr(space + 1);
    if (word == "sources") sections.push_back({rest, {}});
    if (word != "view" || sections.empty()) continue;
    if (auto bookmark = bookmark_of(rest)) sections.back().bookmarks.push_back(std::move(*bookmark));
  }
  return sections;
}

}  // namespace

std::vector<Bookmark> read_bookmarks(const std::vector<std::string>& sources) {
  const std::string key = key_of(sources);
  for (Section& section : read_sections())
    if (section.key == key) return std::move(section.bookmarks);
  return {};
}

void write_bookmarks(const std::vector<std::string>& sources, const std::vector<Bookmark>& bookmarks) {
  const fs::path file = bookmarks_file();
  if (file.empty()) return;
  const std::string key = key_of(sources);
  std::vector<Section> sections = read_sections();
  std::erase_if(sections, [&](const Section& section) { return section.key == key; });
  if (!bookmarks.empty()) sections.push_back({key, bookmarks});
  std::string text;
  for (const Section& section : sections) {
    text += "sources " + section.key + "\n";
    for (const Bookmark& bookmark : section.bookmarks)
      text += "view " + format_exact(bookmark.centre.lon) + " " + format_exact(bookmark.centre.lat) + " " +
              format_exact(bookmark.zoom) + " " + bookmark.name + "\n";
  }
  std::error_code error;
  fs::create_directories(file.parent_path(), error);
  (void)io::write_file(file.string(), text);
}

}  // namespace xiangtu::viewer
