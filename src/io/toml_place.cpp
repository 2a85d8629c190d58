#include "io/toml_place.hpp"

#include <algorithm>

#include "base/nearest_word.hpp"

namespace xiangtu::io {

namespace {

std::string place_of(const std::string& name, const toml::source_region& region) {
  return fmt::format("{}, line {}, column {}", name, region.begin.line, region.begin.column);
}

}  // namespace

Result<TomlDocument> TomlDocument::parse(std::string_view text, std::string_view name, IssueCode code) {
  try {
    return TomlDocument{std::string{name}, toml::parse(text, name), code};
  } catch (const toml::parse_error& error) {
    return Issue{code, "{0}: {1}; mend the file", place_of(std::string{name}, error.source()),
                 error.description()};
  }
}

std::string TomlDocument::place(const toml::node& node) const {
  return place_of(name, node.source());
}

Status TomlDocument::only_keys(const toml::table& table, const std::vector<std::string_view>& known) const {
  for (const auto& [key, value] : table)
    if (std::find(known.begin(), known.end(), key.str()) == known.end())
      return unknown_word(key.source(), key.str(), known, "{0}: there is no key \"{1}\" here",
                          "{0}: there is no key \"{1}\" here; did you mean \"{2}\"?");
  return {};
}

Issue TomlDocument::unknown_word(const toml::source_region& where, std::string_view word,
                                 const std::vector<std::string_view>& candidates, std::string_view english,
                                 std::string_view with_nearest) const {
  const std::string near = nearest(word, candidates);
  if (near.empty()) return {code, english, place_of(name, where), word};
  return {code, with_nearest, place_of(name, where), word, near};
}

Result<std::string> TomlDocument::text(const toml::node& node) const {
  if (const auto value = node.value_exact<std::string>()) return *value;
  return issue(node, "{0}: a text in quotes is needed here");
}

Result<std::vector<std::string>> TomlDocument::texts(const toml::node& node) const {
  std::vector<std::string> all;
  const toml::array* array = node.as_array();
  if (!array) {
    Result<std::string> single = text(node);
    if (!single) return single.issue();
    return std::vector{*single};
  }
  for (const toml::node& element : *array) {
    Result<std::string> one = text(element);
    if (!one) return one.issue();
    all.push_back(*one);
  }
  return all;
}

}  // namespace xiangtu::io
