#include "io/workspace_file.hpp"

#include <algorithm>
#include <filesystem>
#include <iterator>
#include <utility>

#include <fmt/format.h>
#include <toml++/toml.h>

#include "base/text.hpp"
#include "base/toml_text.hpp"
#include "io/atomic_file.hpp"
#include "io/connection_text.hpp"

namespace xiangtu::io {

namespace fs = std::filesystem;

namespace {

Result<toml::table> document_of(const std::string& path) {
  try {
    return toml::parse_file(path);
  } catch (const toml::parse_error& error) {
    const auto at = error.source().begin;
    if (at.line == 0)
      return Issue{IssueCode::input_missing, "{0}: the workspace file cannot be read; check the path", path};
    return Issue{IssueCode::input_bad_mapping, "{0}, line {1}, column {2}: {3}", path, at.line, at.column,
                 error.description()};
  }
}

// What a file means by a path in it. Addresses and connections stay as they are.
std::string path_at(const std::string& said, const std::string& file) {
  const fs::path folder = fs::path{file}.parent_path();
  std::error_code error;  // a connection text may be too long for a name
  const bool is_connection = said.find(':') != std::string::npos && !fs::path{said}.is_absolute() &&
                             !fs::exists(folder / said, error);
  return is_connection ? said : (folder / said).lexically_normal().string();
}

// refusal: with {0} for the file and {1} for the line.
Result<std::vector<std::string>> listed_paths(const toml::array& list, const std::string& path,
                                              const char* refusal) {
  std::vector<std::string> paths;
  for (const toml::node& node : list) {
    const auto said = node.value<std::string>();
    if (!said) return Issue{IssueCode::input_bad_mapping, refusal, path, node.source().begin.line};
    paths.push_back(path_at(*said, path));
  }
  return paths;
}

Result<std::vector<std::string>> listed_sources(const toml::table& root, const std::string& path) {
  const toml::array* list = root["sources"].as_array();
  if (!list || list->empty())
    return Issue{IssueCode::input_bad_mapping,
                 "{0}: a workspace needs a line such as sources = [\"roads.shp\", \"villages.gpkg\"]", path};
  return listed_paths(*list, path, "{0}, line {1}: every source is a text, the path of a dataset");
}

Result<std::vector<std::string>> listed_definitions(const toml::table& root, const std::string& path) {
  const toml::node* node = root.get("definitions");
  if (!node) return std::vector<std::string>{};
  if (node->is_array())
    return listed_paths(*node->as_array(), path,
                        "{0}, line {1}: definitions are the paths of files, such as [\"own.toml\"]");
  return Issue{IssueCode::input_bad_mapping,
               "{0}, line {1}: definitions are the paths of files, such as [\"own.toml\"]", path,
               node->source().begin.line};
}

Status read_parameters(const toml::table& root, const std::string& path, std::vector<NamedValue>& into) {
  const toml::node* node = root.get("parameters");
  if (!node) return {};
  const auto bad = [&](const toml::node& at) {
    return Issue{IssueCode::input_bad_mapping,
                 "{0}, line {1}, column {2}: [parameters] takes numbers, true and false", path,
                 at.source().begin.line, at.source().begin.column};
  };
  if (!node->is_table()) return bad(*node);
  for (const auto& [name, value] : *node->as_table()) {
    const auto yes = value.value_exact<bool>();
    const auto number = value.value<double>();
    if (!yes && !value.is_number()) return bad(value);
    into.push_back({std::string{name.str()}, yes ? (*yes ? "true" : "false") : format_exact(*number),
                    fmt::format("{}, line {}, column {}", path, value.source().begin.line,
                                value.source().begin.column)});
  }
  return {};
}

void add_line(std::string& text, std::string_view key, const std::string& value) {
  if (!value.empty()) text += fmt::format("{} = {}\n", key, toml_text(value));
}

void add_pairs(std::string& text, std::string_view table,
               const std::vector<std::pair<std::string, std::string>>& pairs) {
  if (pairs.empty()) return;
  text += fmt::format("[{}]\n", table);
  for (const auto& [key, value] : pairs) text += fmt::format("{} = {}\n", toml_text(key), toml_text(value));
}

void add_layer(std::string& text, const LayerMapping& layer) {
  text += "\n[[layer]]\n";
  add_line(text, "source", layer.source);
  add_line(text, "layer", layer.layer);
  if (layer.ignore || layer.role)
    add_line(text, "role", layer.ignore ? "ignore" : std::string{table::role_name(*layer.role)});
  for (const auto& [key, value] :
       {std::pair{"encoding", &layer.encoding}, std::pair{"crs", &layer.crs}, std::pair{"lon", &layer.lon},
        std::pair{"lat", &layer.lat}, std::pair{"wkt", &layer.wkt}, std::pair{"filter", &layer.filter}})
    add_line(text, key, *value);
  add_pairs(text, "layer.fields", layer.fields);
  add_pairs(text, "layer.constants", layer.constants);
  for (const auto& [field, values] : layer.values) {
    text += fmt::format("[layer.values.{}]\n", toml_text(field));
    for (const auto& [from, to] : values) text += fmt::format("{} = {}\n", toml_text(from), toml_text(to));
  }
}

}  // namespace

std::string path_from(const std::string& source, const std::string& folder) {
  std::error_code error;
  if (is_connection_text(source) || !fs::exists(source, error)) return without_password(source);
  const fs::path full = fs::absolute(source, error).lexically_normal();
  const fs::path relative =
      full.lexically_relative(fs::absolute(folder.empty() ? "." : folder, error).lexically_normal());
  return relative.empty() || *relative.begin() == ".." ? full.string() : relative.string();
}

std::string WorkspaceText::path_at(const std::string& said) const {
  return io::path_at(said, path);
}

Result<std::optional<WorkspaceText>> last_workspace(const std::vector<std::string>& sources) {
  const auto last = std::find_if(sources.rbegin(), sources.rend(), [](const std::string& source) {
    return fs::path{source}.extension() == ".toml";
  });
  if (last == sources.rend()) return std::optional<WorkspaceText>{};
  Result<std::string> text = read_file(*last);
  if (!text) return text.issue();
  return std::optional{WorkspaceText{*last, std::move(*text)}};
}

std::string to_toml(const SourceList& list, const std::string& folder) {
  const auto paths_line = [&](std::string_view key, const std::vector<std::string>& paths) {
    std::string listed;
    for (const std::string& path : paths)
      listed.append(listed.empty() ? "" : ", ").append(toml_text(path_from(path, folder)));
    return fmt::format("{} = [{}]\n", key, listed);
  };
  std::string text = paths_line("sources", list.paths);
  if (!list.definitions.empty()) text += paths_line("definitions", list.definitions);
  if (!list.parameters.empty()) text += "\n[parameters]\n";
  for (const NamedValue& given : list.parameters) text += fmt::format("{} = {}\n", given.name, given.value);
  for (const LayerMapping& layer : list.mapping) add_layer(text, layer);
  return text;
}

Result<SourceList> expand_sources(const std::vector<std::string>& sources) {
  SourceList expanded;
  for (const std::string& source : sources) {
    if (fs::path{source}.extension() != ".toml") {
      expanded.paths.push_back(source);
      continue;
    }
    const Result<toml::table> root = document_of(source);
    if (!root) return root.issue();
    const auto listed = listed_sources(*root, source);
    if (!listed) return listed.issue();
    const auto definitions = listed_definitions(*root, source);
    if (!definitions) return definitions.issue();
    expanded.definitions.insert(expanded.definitions.end(), definitions->begin(), definitions->end());
    if (const Status read = read_parameters(*root, source, expanded.parameters); !read) return read.issue();
    expanded.paths.insert(expanded.paths.end(), listed->begin(), listed->end());
    Result<Mapping> mapping = read_mapping(source);
    if (!mapping) return mapping.issue();
    std::move(mapping->begin(), mapping->end(), std::back_inserter(expanded.mapping));
  }
  return expanded;
}

}  // namespace xiangtu::io
