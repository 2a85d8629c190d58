// Mapping files: what a user says about layers whose names differ.
#include <filesystem>
#include <fstream>
#include <sstream>

#include "base/text.hpp"
#include "io/dataset.hpp"
#include "io/toml_place.hpp"

namespace xiangtu::io {

namespace {

using Pairs = std::vector<std::pair<std::string, std::string>>;

// A value as text: numbers and booleans may stand without quotes.
std::optional<std::string> plain_text(const toml::node& node) {
  if (const auto text = node.value_exact<std::string>()) return *text;
  if (const auto integer = node.value_exact<std::int64_t>()) return fmt::format("{}", *integer);
  if (const auto real = node.value_exact<double>()) return format_exact(*real);
  if (const auto boolean = node.value_exact<bool>()) return *boolean ? "true" : "false";
  return std::nullopt;
}

class MappingReader {
 public:
  explicit MappingReader(TomlDocument document) : document_(std::move(document)) {}

  Result<Mapping> run() {
    const toml::table& root = document_.root;
    if (Status status =
            document_.only_keys(root, {"layer", "sources", "definitions", "parameters", "map", "styles"});
        !status)
      return status.issue();
    const toml::node* node = root.get("layer");
    if (!node) return std::move(mapping_);
    const toml::array* layers = node->as_array();
    if (!layers) return document_.issue(*node, "{0}: write [[layer]] with two brackets");
    for (const toml::node& layer : *layers) {
      if (!layer.is_table()) return document_.issue(layer, "{0}: write [[layer]] with two brackets");
      if (Status status = read_layer(*layer.as_table()); !status) return status.issue();
    }
    return std::move(mapping_);
  }

 private:
  Status read_layer(const toml::table& layer) {
    if (Status status = document_.only_keys(layer, {"source", "layer", "role", "encoding", "crs", "lon",
                                                    "lat", "wkt", "filter", "fields", "constants", "values"});
        !status)
      return status;
    LayerMapping entry;
    entry.place = document_.place(layer);
    for (const auto& [key, into] :
         {std::pair{"source", &entry.source}, std::pair{"layer", &entry.layer}, std::pair{"crs", &entry.crs},
          std::pair{"encoding", &entry.encoding}, std::pair{"lon", &entry.lon}, std::pair{"lat", &entry.lat},
          std::pair{"wkt", &entry.wkt}, std::pair{"filter", &entry.filter}})
      if (Status status = read_text(layer, key, *into); !status) return status;
    if (entry.source.empty() && entry.layer.empty())
      return document_.issue(layer, "{0}: say which layer this is about: layer = \"…\" or source = \"…\"");
    if (entry.lon.empty() != entry.lat.empty())
      return document_.issue(layer, "{0}: lon and lat are needed together");
    if (Status status = read_role(layer, entry); !status) return status;
    if (Status status = read_pairs(layer.get("fields"), entry.fields); !status) return status;
    if (Status status = read_pairs(layer.get("constants"), entry.constants); !status) return status;
    if (Status status = read_values(layer.get("values"), entry); !status) return status;
    mapping_.push_back(std::move(entry));
    return {};
  }

  Status read_text(const toml::table& table, std::string_view key, std::string& into) {
    const toml::node* node = table.get(key);
    if (!node) return {};
    Result<std::string> text = document_.text(*node);
    if (!text) return text.issue();
    into = *text;
    return {};
  }

  Status read_role(const toml::table& layer, LayerMapping& entry) {
    std::string name;
    if (Status status = read_text(layer, "role", name); !status || name.empty()) return status;
    if (name == "ignore") {
      entry.ignore = true;
      return {};
    }
    entry.role = table::role_from_name(name);
    if (entry.role) return {};
    std::vector<std::string_view> known{table::role_names.begin(), table::role_names.end()};
    known.push_back("ignore");
    return document_.unknown_word(
        layer.get("role")->source(), name, known,
        "{0}: \"{1}\" is no role; roles are counties, townships, villages, "
        "natural_villages, admin_villages, roads, bridges, water_projects, sanitation, "
        "housing, projects, and ignore",
        "{0}: \"{1}\" is no role; did you mean \"{2}\"?");
  }

  Status read_pairs(const toml::node* node, Pairs& into) {
    if (!node) return {};
    const toml::table* table = node->as_table();
    if (!table) return document_.issue(*node, "{0}: a table of names is needed here");
    for (const auto& [key, value] : *table) {
      const auto text = plain_text(value);
      if (!text) return document_.issue(value, "{0}: a text in quotes is needed here");
      into.emplace_back(std::string{key.str()}, *text);
    }
    return {};
  }

  Status read_values(const toml::node* node, LayerMapping& entry) {
    if (!node) return {};
    const toml::table* fields = node->as_table();
    if (!fields) return document_.issue(*node, "{0}: write [layer.values.FIELD] with the values below it");
    for (const auto& [field, values] : *fields) {
      Pairs pairs;
      if (Status status = read_pairs(&values, pairs); !status) return status;
      entry.values.emplace_back(std::string{field.str()}, std::move(pairs));
    }
    return {};
  }

  TomlDocument document_;
  Mapping mapping_;
};

}  // namespace

Result<Mapping> parse_mapping(std::string_view text, std::string_view name) {
  Result<TomlDocument> document = TomlDocument::parse(text, name, IssueCode::input_bad_mapping);
  if (!document) return document.issue();
  return MappingReader(std::move(*document)).run();
}

Result<Mapping> read_mapping(const std::string& path) {
  std::error_code error;
  if (!std::filesystem::is_regular_file(path, error))
    return Issue{IssueCode::input_missing, "the mapping file {0} does not exist; check the path", path};
  std::ifstream stream(path, std::ios::binary);
  std::ostringstream text;
  if (!stream || (stream.peek() != std::char_traits<char>::eof() && !(text << stream.rdbuf())))
    return Issue{IssueCode::input_unreadable, "the mapping file {0} cannot be read; check its permissions",
                 path};
  return parse_mapping(text.str(), path);
}

}  // namespace xiangtu::io
