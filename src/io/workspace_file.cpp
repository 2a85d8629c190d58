#include "io/workspace_file.hpp"

#include <filesystem>
#include <iterator>
#include <utility>

#include <toml++/toml.h>

namespace xiangtu::io {

namespace fs = std::filesystem;

namespace {

Result<std::vector<std::string>> listed_sources(const std::string& path) {
  toml::parse_result root;
  try {
    root = toml::parse_file(path);
  } catch (const toml::parse_error& error) {
    const auto at = error.source().begin;
    if (at.line == 0)
      return Issue{IssueCode::input_missing, "{0}: the workspace file cannot be read; check the path", path};
    return Issue{IssueCode::input_bad_mapping, "{0}, line {1}, column {2}: {3}", path, at.line, at.column,
                 error.description()};
  }
  const toml::array* list = root["sources"].as_array();
  if (!list || list->empty())
    return Issue{IssueCode::input_bad_mapping,
                 "{0}: a workspace needs a line such as sources = [\"roads.shp\", \"villages.gpkg\"]", path};
  std::vector<std::string> sources;
  for (const toml::node& node : *list) {
    const auto source = node.value<std::string>();
    if (!source)
      return Issue{IssueCode::input_bad_mapping,
                   "{0}, line {1}: every source is a text, the path of a dataset", path,
                   node.source().begin.line};
    std::error_code error;  // a connection text may be too long for a name
    const bool is_connection = source->find(':') != std::string::npos && !fs::path{*source}.is_absolute() &&
                               !fs::exists(fs::path{path}.parent_path() / *source, error);
    sources.push_back(is_connection ? *source
                                    : (fs::path{path}.parent_path() / *source).lexically_normal().string());
  }
  return sources;
}

}  // namespace

Result<SourceList> expand_sources(const std::vector<std::string>& sources) {
  SourceList expanded;
  for (const std::string& source : sources) {
    if (fs::path{source}.extension() != ".toml") {
      expanded.paths.push_back(source);
      continue;
    }
    const auto listed = listed_sources(source);
    if (!listed) return listed.issue();
    expanded.paths.insert(expanded.paths.end(), listed->begin(), listed->end());
    Result<Mapping> mapping = read_mapping(source);
    if (!mapping) return mapping.issue();
    std::move(mapping->begin(), mapping->end(), std::back_inserter(expanded.mapping));
  }
  return expanded;
}

}  // namespace xiangtu::io
