// Every text that people see has a Chinese translation with the same places for values.
#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <regex>
#include <set>
#include <string>

#include "base/catalogue.hpp"

namespace fs = std::filesystem;
using namespace xiangtu;

namespace {

std::string file_text(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::string unescaped(const std::string& literal) {
  std::string text;
  for (std::size_t i = 0; i < literal.size(); ++i) {
    if (literal[i] != '\\' || i + 1 == literal.size())
      text += literal[i];
    else
      text += literal[++i] == 'n' ? '\n' : literal[i];
  }
  return text;
}

// Adjacent literals after the opening words of a message, joined as the compiler does.
std::set<std::string> keys() {
  const std::string literals = R"re(((?:"(?:[^"\\]|\\.)*"\s*)+))re";
  std::vector<std::regex> openings;
  for (const char* opening : {R"(Message[({]\s*)", R"(IssueCode::\w+,\s*)", R"(\btexts\.c_str\(\s*)",
                              R"(\btexts\(\s*)", R"(catalogue\.c_str\(\s*)", R"(\bt\.c_str\(\s*)",
                              R"(progress_?\.begin\(\s*)", R"(Severity::\w+,\s*)"})
    openings.emplace_back(opening + literals);
  const std::regex one(R"re("((?:[^"\\]|\\.)*)")re");
  std::set<std::string> found;
  for (const auto& entry : fs::recursive_directory_iterator(fs::path(XIANGTU_SOURCE_DIR) / "src")) {
    if (entry.path().extension() != ".cpp") continue;
    const std::string source = file_text(entry.path());
    for (const std::regex& opening : openings)
      for (std::sregex_iterator match(source.begin(), source.end(), opening), end; match != end; ++match) {
        const std::string group = (*match)[1];
        std::string key;
        for (std::sregex_iterator piece(group.begin(), group.end(), one); piece != end; ++piece)
          key += unescaped((*piece)[1]);
        if (std::any_of(key.begin(), key.end(),
                        [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }))
          found.insert(key);
      }
  }
  return found;
}

std::multiset<std::string> places(const std::string& text) {
  const std::regex place(R"(\{\d\})");
  std::multiset<std::string> found;
  for (std::sregex_iterator match(text.begin(), text.end(), place), end; match != end; ++match)
    found.insert(match->str());
  return found;
}

}  // namespace

TEST_CASE("every message is translated, with its values in place", "[arch]") {
  const auto catalogue = Catalogue::parse(file_text(fs::path(XIANGTU_BINARY_DIR) / "locale/zh.mo"));
  REQUIRE(catalogue);
  const std::set<std::string> all = keys();
  REQUIRE(all.size() > 150);
  for (const std::string& key : all) {
    if (std::none_of(key.begin(), key.end(), [](char c) { return c >= 'a' && c <= 'z'; })) continue;
    const std::string translation{(*catalogue)(key)};
    INFO(key);
    CHECK((translation != key || key.find(' ') == std::string::npos));
    CHECK(places(translation) == places(key));
  }
}
