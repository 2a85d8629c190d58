// The rule of layers, file names, and where texts live: see layers.txt.
#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <sstream>
#include <string>
#include <vector>

namespace fs = std::filesystem;

namespace {

const fs::path sources = fs::path(XIANGTU_SOURCE_DIR) / "src";

struct Layers {
  std::vector<std::string> order;
  std::map<std::string, std::vector<std::string>> libraries;
  std::set<std::pair<std::string, std::string>> forbidden, allowed;

  std::size_t place(const std::string& room) const {
    return static_cast<std::size_t>(std::find(order.begin(), order.end(), room) - order.begin());
  }
};

Layers read_layers() {
  Layers layers;
  std::ifstream file(fs::path(XIANGTU_SOURCE_DIR) / "tests/arch/layers.txt");
  for (std::string line; std::getline(file, line);) {
    std::istringstream words(line);
    std::string first, who, word;
    if (!(words >> first) || first.starts_with('#')) continue;
    if (first == "forbid" || first == "allow") {
      words >> who;
      while (words >> word) (first == "allow" ? layers.allowed : layers.forbidden).insert({who, word});
      continue;
    }
    layers.order.push_back(first);
    while (words >> word) layers.libraries[first].push_back(word);
  }
  return layers;
}

std::vector<fs::path> source_files() {
  std::vector<fs::path> files;
  for (const auto& entry : fs::recursive_directory_iterator(sources))
    if (entry.path().extension() == ".cpp" || entry.path().extension() == ".hpp")
      files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  return files;
}

// The room of a path below src: the longest that layers.txt names.
std::string room_of(const Layers& layers, const std::string& path) {
  std::string best;
  for (const std::string& room : layers.order)
    if (path.starts_with(room + "/") && room.size() > best.size()) best = room;
  return best;
}

bool is_standard(const std::string& header) {
  if (header.find('/') == std::string::npos && header.find('.') == std::string::npos) return true;
  static const std::set<std::string> c_headers{"sys/mman.h"};
  return c_headers.contains(header);
}

// Why an include is a breach; empty when it is none.
std::string breach(const Layers& layers, const std::string& file, bool quoted, const std::string& header) {
  const std::string room = room_of(layers, file);
  if (!quoted) {
    if (is_standard(header)) return "";
    const auto libraries = layers.libraries.find(room);
    if (libraries != layers.libraries.end())
      for (const std::string& library : libraries->second)
        if (header.starts_with(library)) return "";
    return "the library header " + header + " is not named for " + room;
  }
  const std::string target = room_of(layers, header);
  if (target.empty()) return header + " lies in no room";
  if (layers.allowed.contains({file, target})) return "";
  if (layers.forbidden.contains({room, target})) return room + " may not include " + target;
  if (layers.place(target) > layers.place(room)) return target + " is written below " + room;
  return "";
}

}  // namespace

TEST_CASE("every include keeps the rule of layers", "[arch]") {
  const Layers layers = read_layers();
  REQUIRE(layers.order.size() > 10);
  const std::regex include(R"re(^\s*#\s*include\s*([<"])([^>"]+)[>"])re");
  for (const fs::path& path : source_files()) {
    const std::string file = fs::relative(path, sources).generic_string();
    INFO(file);
    REQUIRE_FALSE(room_of(layers, file).empty());
    std::ifstream lines(path);
    int number = 0;
    for (std::string line; std::getline(lines, line);) {
      ++number;
      std::smatch match;
      if (!std::regex_search(line, match, include)) continue;
      const std::string why = breach(layers, file, match[1] == "\"", match[2]);
      INFO(file << ":" << number << ": " << why);
      CHECK(why.empty());
    }
  }
}

TEST_CASE("the rule itself catches breaches", "[arch]") {
  const Layers layers = read_layers();
  CHECK_FALSE(breach(layers, "table/column.hpp", true, "io/schema.hpp").empty());
  CHECK_FALSE(breach(layers, "render/scene/scene.hpp", true, "io/schema.hpp").empty());
  CHECK_FALSE(breach(layers, "viewer/frame.cpp", true, "cli/console.hpp").empty());
  CHECK_FALSE(breach(layers, "atlas/atlas.cpp", false, "ogrsf_frmts.h").empty());
  CHECK_FALSE(breach(layers, "io/dataset.cpp", false, "ogrsf_frmts.h").empty());
  CHECK(breach(layers, "io/gdal/gdal_layer.cpp", false, "ogrsf_frmts.h").empty());
  CHECK(breach(layers, "cli/main.cpp", true, "viewer/viewer.hpp").empty());
}

TEST_CASE("a file is named after the one thing that it gives", "[arch]") {
  for (const fs::path& path : source_files())
    for (const char* word : {"util", "helper", "common", "misc", "manager"}) {
      INFO(path);
      CHECK(path.filename().string().find(word) == std::string::npos);
    }
}

TEST_CASE("texts in Chinese live in assets, not in the sources", "[arch]") {
  // UTF-8 of the CJK ideographs U+4E00 … U+9FFF begins with E4 B8 … E9 BF; comments may name terms.
  const std::regex literal("\"[^\"]*[\xE4-\xE9][\x80-\xBF][\x80-\xBF][^\"]*\"");
  for (const fs::path& path : source_files()) {
    std::ifstream lines(path);
    int number = 0;
    for (std::string line; std::getline(lines, line);) {
      ++number;
      const std::string code = line.substr(0, line.find("//"));
      INFO(path << ":" << number);
      CHECK_FALSE(std::regex_search(code, literal));
    }
  }
}
