#include "io/toml_place.hpp"

#include <algorithm>
#include <numeric>

namespace xiangtu::io {

namespace {

std::string place_of(const std::string& name, const toml::source_region& region) {
  return fmt::format("{}, line {}, column {}", name, region.begin.line, region.begin.column);
}

// Levenshtein's distance in bytes.
std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t replaced = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
      diagonal = row[j];
      row[j] = std::min({replaced, row[j] + 1, row[j - 1] + 1});
    }
  }
  return row.back();
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

std::string nearest(std::string_view word, const std::vector<std::string_view>& candidates) {
  std::string_view best;
  std::size_t best_distance = std::max<std::size_t>(2, word.size() / 2);
  for (const std::string_view candidate : candidates) {
    const bool part = word.size() >= 3 && candidate.find(word) != std::string_view::npos;
    const std::size_t distance = part ? 1 : edit_distance(word, candidate);
    if (distance < best_distance || (best.empty() && distance == best_distance)) {
      best = candidate;
      best_distance = distance;
    }
  }
  return std::string{best};
}

}  // namespace xiangtu::io
