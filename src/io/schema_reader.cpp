#include "io/schema_reader.hpp"

#include <algorithm>
#include <fstream>
#include <sstream>

#include "base/text.hpp"

namespace xiangtu::io {

namespace {

constexpr std::array<std::string_view, 7> type_names{"text",    "code",   "number", "integer",
                                                     "boolean", "choice", "date"};
constexpr std::array<std::string_view, 4> geometry_names{"none", "point", "line", "polygon"};

template <std::size_t n>
std::vector<std::string_view> list(const std::array<std::string_view, n>& names) {
  return {names.begin(), names.end()};
}

template <std::size_t n>
std::optional<std::size_t> position_of(const std::array<std::string_view, n>& names, std::string_view name) {
  const auto found = std::find(names.begin(), names.end(), name);
  return found == names.end() ? std::nullopt : std::optional<std::size_t>(found - names.begin());
}

}  // namespace

Result<Schema> Schema::load(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  std::ostringstream text;
  if (!stream || !(text << stream.rdbuf()))
    return Issue{IssueCode::input_missing, "{0} cannot be read; the program's own data files are incomplete",
                 file.string()};
  return parse(text.str(), file.string());
}

Result<Schema> Schema::parse(std::string_view toml, std::string_view name) {
  Result<TomlDocument> document = TomlDocument::parse(toml, name, IssueCode::input_bad_definition);
  if (!document) return document.issue();
  return SchemaReader(std::move(*document)).read();
}

Result<Schema> SchemaReader::read() {
  for (const Status& status :
       {document_.only_keys(document_.root, {"words", "coordinates", "units", "fields", "layers"}),
        read_words(), read_units(), read_coordinates(), read_layers(), index_layer_names()})
    if (!status) return status.issue();
  return std::move(schema_);
}

Status SchemaReader::read_words() {
  const toml::table* words = table_at(document_.root, "words");
  if (!words) return document_.issue(document_.root, "{0}: the table [words] is missing");
  if (Status status = document_.only_keys(*words, {"yes", "no", "missing", "total"}); !status) return status;
  if (Status status = read_booleans(*words, "yes", true); !status) return status;
  if (Status status = read_booleans(*words, "no", false); !status) return status;
  if (Status status = read_words_into(*words, "total", schema_.total_words_); !status) return status;
  return read_words_into(*words, "missing", schema_.missing_words_);
}

Status SchemaReader::read_booleans(const toml::table& words, std::string_view key, bool value) {
  const toml::node* node = words.get(key);
  if (!node) return {};
  Result<std::vector<std::string>> texts = document_.texts(*node);
  if (!texts) return texts.issue();
  for (const std::string& text : *texts)
    if (const auto [entry, added] = schema_.booleans_.emplace(fold(text), value);
        !added && entry->second != value)
      return document_.issue(*node, "{0}: \"{1}\" cannot mean both yes and no", text);
  return {};
}

Status SchemaReader::read_words_into(const toml::table& words, std::string_view key, FoldedWords& into) {
  const toml::node* node = words.get(key);
  if (!node) return {};
  Result<std::vector<std::string>> texts = document_.texts(*node);
  if (!texts) return texts.issue();
  for (const std::string& text : *texts) into.add(text);
  return {};
}

Status SchemaReader::read_units() {
  const toml::table* units = table_at(document_.root, "units");
  if (!units) return {};
  for (const auto& [unit, written] : *units) {
    const toml::table* names = written.as_table();
    if (!names) return document_.issue(written, "{0}: a table of units is needed here");
    for (const auto& [name, factor] : *names) {
      const auto number = factor.value<double>();
      if (!number || *number <= 0) return document_.issue(factor, "{0}: a positive number is needed here");
      schema_.units_[std::string{unit.str()}][fold(name.str())] = *number;
    }
  }
  return {};
}

Status SchemaReader::read_coordinates() {
  const toml::table* coordinates = table_at(document_.root, "coordinates");
  if (!coordinates) return {};
  if (Status status = document_.only_keys(*coordinates, list(coordinate_names)); !status) return status;
  for (std::size_t i = 0; i < coordinate_names.size(); ++i) {
    const toml::node* node = coordinates->get(coordinate_names[i]);
    if (!node) continue;
    Result<std::vector<std::string>> names = document_.texts(*node);
    if (!names) return names.issue();
    for (const std::string& name : *names) schema_.coordinates_[i].push_back(fold(name));
  }
  return {};
}

Status SchemaReader::read_layers() {
  const toml::table* layers = table_at(document_.root, "layers");
  if (!layers) return document_.issue(document_.root, "{0}: the table [layers] is missing");
  if (Status status = document_.only_keys(*layers, list(table::role_names)); !status) return status;
  for (std::size_t i = 0; i < table::role_count; ++i) {
    const toml::table* layer = table_at(*layers, table::role_names[i]);
    if (!layer) return document_.issue(*layers, "{0}: the layer \"{1}\" is missing", table::role_names[i]);
    if (Status status = read_layer(static_cast<Role>(i), *layer); !status) return status;
  }
  return {};
}

Status SchemaReader::read_layer(Role role, const toml::table& layer) {
  LayerSpec& spec = schema_.layers_[static_cast<std::size_t>(role)];
  spec.role = role;
  std::vector<const toml::table*> layers;
  if (const auto like = layer["like"].value<std::string>()) {
    const toml::table* other = table_at(*table_at(document_.root, "layers"), *like);
    if (!other) return document_.issue(*layer.get("like"), "{0}: there is no layer \"{1}\"", *like);
    if (Status status = read_layer_head(spec, *other); !status) return status;
    spec.aliases.clear();
    layers.push_back(other);
  }
  if (Status status = read_layer_head(spec, layer); !status) return status;
  layers.push_back(&layer);
  return read_layer_fields(spec, layers);
}

Status SchemaReader::read_layer_head(LayerSpec& spec, const toml::table& layer) {
  if (Status status = document_.only_keys(
          layer, {"zh", "en", "like", "geometry", "aliases", "required", "fields", "field", "signature"});
      !status)
    return status;
  if (const toml::node* aliases = layer.get("aliases")) {
    Result<std::vector<std::string>> texts = document_.texts(*aliases);
    if (!texts) return texts.issue();
    spec.aliases = std::move(*texts);
  }
  spec.label_zh = layer["zh"].value_or(spec.label_zh);
  spec.label_en = layer["en"].value_or(spec.label_en);
  if (Status status = read_geometries(spec, layer); !status) return status;
  return read_signatures(spec, layer);
}

Status SchemaReader::read_geometries(LayerSpec& spec, const toml::table& layer) {
  const toml::node* node = layer.get("geometry");
  if (!node) return {};
  Result<std::vector<std::string>> names = document_.texts(*node);
  if (!names) return names.issue();
  spec.geometries.clear();
  for (const std::string& name : *names) {
    const auto kind = position_of(geometry_names, name);
    if (!kind)
      return document_.unknown_word(node->source(), name, list(geometry_names), "{0}: \"{1}\" is no geometry",
                                    "{0}: \"{1}\" is no geometry; did you mean \"{2}\"?");
    spec.geometries.push_back(static_cast<table::GeometryKind>(*kind));
  }
  return {};
}

Status SchemaReader::read_signatures(LayerSpec& spec, const toml::table& layer) {
  const toml::array* sets = layer["signature"].as_array();
  if (!sets) return {};
  spec.signatures.clear();
  for (const toml::node& set : *sets) {
    Result<std::vector<std::string>> fields = document_.texts(set);
    if (!fields) return fields.issue();
    spec.signatures.push_back(std::move(*fields));
  }
  return {};
}

Status SchemaReader::read_layer_fields(LayerSpec& spec, const std::vector<const toml::table*>& layers) {
  const toml::table* general = table_at(document_.root, "fields");
  const toml::node* names_node = nullptr;
  std::vector<std::string> required;
  for (const toml::table* layer : layers) {
    if (const toml::node* node = layer->get("fields")) names_node = node;
    if (const toml::node* node = layer->get("required")) {
      Result<std::vector<std::string>> texts = document_.texts(*node);
      if (!texts) return texts.issue();
      required = std::move(*texts);
    }
  }
  if (!names_node || !general)
    return document_.issue(*layers.back(),
                           "{0}: the layer needs a list \"fields\" and the file a table [fields]");
  Result<std::vector<std::string>> names = document_.texts(*names_node);
  if (!names) return names.issue();

  std::vector<std::string_view> known;
  for (const auto& [key, value] : *general) known.push_back(key.str());
  std::vector<std::vector<std::string>> own_aliases;
  for (const std::string& name : *names) {
    const toml::table* definition = table_at(*general, name);
    if (!definition)
      return document_.unknown_word(names_node->source(), name, known,
                                    "{0}: there is no field \"{1}\" in [fields]",
                                    "{0}: there is no field \"{1}\" in [fields]; did you mean \"{2}\"?");
    FieldSpec field;
    field.name = name;
    field.required = std::find(required.begin(), required.end(), name) != required.end();
    if (Status status = read_field(field, *definition); !status) return status;
    if (const toml::node* values = definition->get("values"))
      if (Status status = read_values(spec.role, name, *values); !status) return status;
    const std::size_t general_count = field.aliases.size();
    for (const toml::table* layer : layers) {
      const toml::table* differences = table_at(*layer, "field");
      const toml::table* part = differences ? table_at(*differences, name) : nullptr;
      if (!part) continue;
      if (Status status = read_field(field, *part); !status) return status;
      if (const toml::node* values = part->get("values"))
        if (Status status = read_values(spec.role, name, *values); !status) return status;
    }
    own_aliases.emplace_back(field.aliases.begin() + static_cast<std::ptrdiff_t>(general_count),
                             field.aliases.end());
    spec.fields.push_back(std::move(field));
  }
  return index_names(spec.role, own_aliases);
}

Status SchemaReader::read_field(FieldSpec& spec, const toml::table& part) {
  if (Status status = document_.only_keys(part, {"zh", "en", "type", "unit", "minimum", "maximum", "aliases",
                                                 "values", "only_canonical", "guess_unit"});
      !status)
    return status;
  spec.label_zh = part["zh"].value_or(spec.label_zh);
  spec.label_en = part["en"].value_or(spec.label_en);
  spec.unit = part["unit"].value_or(spec.unit);
  spec.only_canonical = part["only_canonical"].value_or(spec.only_canonical);
  spec.guess_unit = part["guess_unit"].value_or(spec.guess_unit);
  if (const auto type = part["type"].value<std::string>()) {
    const auto position = position_of(type_names, *type);
    if (!position)
      return document_.unknown_word(part.get("type")->source(), *type, list(type_names),
                                    "{0}: \"{1}\" is no type of a field",
                                    "{0}: \"{1}\" is no type of a field; did you mean \"{2}\"?");
    spec.type = static_cast<FieldType>(*position);
  }
  if (const toml::node* aliases = part.get("aliases")) {
    Result<std::vector<std::string>> texts = document_.texts(*aliases);
    if (!texts) return texts.issue();
    spec.aliases.insert(spec.aliases.end(), texts->begin(), texts->end());
  }
  return read_bounds(spec, part);
}

Status SchemaReader::read_bounds(FieldSpec& spec, const toml::table& part) {
  for (const auto& [key, bound] :
       {std::pair{"minimum", &spec.minimum}, std::pair{"maximum", &spec.maximum}}) {
    const toml::node* node = part.get(key);
    if (!node) continue;
    *bound = node->value<double>();
    if (!*bound) return document_.issue(*node, "{0}: a number is needed here");
  }
  return {};
}

Status SchemaReader::read_values(Role role, const std::string& field, const toml::node& values) {
  const toml::array* array = values.as_array();
  if (!array) return document_.issue(values, "{0}: a list of values is needed here");
  Schema::Choices choices{role, field, {}, {}};
  for (const toml::node& node : *array)
    if (Status status = read_value(choices, node); !status) return status;
  std::erase_if(schema_.choices_, [&](const auto& c) { return c.role == role && c.field == field; });
  schema_.choices_.push_back(std::move(choices));
  return {};
}

Status SchemaReader::read_value(Schema::Choices& choices, const toml::node& node) {
  const toml::table* part = node.as_table();
  if (!part || !part->contains("value"))
    return document_.issue(node, "{0}: a table with \"value\" is needed here");
  if (Status status = document_.only_keys(*part, {"value", "zh", "en", "aliases"}); !status) return status;
  ChoiceSpec choice;
  Result<std::string> value = document_.text(*part->get("value"));
  if (!value) return value.issue();
  choice.value = *value;
  choice.label_zh = (*part)["zh"].value_or(choice.value);
  choice.label_en = (*part)["en"].value_or(choice.value);
  if (const toml::node* aliases = part->get("aliases")) {
    Result<std::vector<std::string>> texts = document_.texts(*aliases);
    if (!texts) return texts.issue();
    choice.aliases = std::move(*texts);
  }
  const std::size_t position = choices.values.size();
  std::vector<std::string> names{choice.value, choice.label_zh, choice.label_en};
  names.insert(names.end(), choice.aliases.begin(), choice.aliases.end());
  for (const std::string& name : names)
    if (const auto [entry, added] = choices.by_name.emplace(fold(name), position);
        !added && entry->second != position)
      return document_.issue(node, "{0}: \"{1}\" stands for both \"{2}\" and \"{3}\"", name,
                             choices.values[entry->second].value, choice.value);
  choices.values.push_back(std::move(choice));
  return {};
}

// Names of a higher rank hide those of a lower: canonical names, labels, the layer's own aliases,
// general aliases. Within one rank a name stands for one field.
Status SchemaReader::index_names(Role role, const std::vector<std::vector<std::string>>& own_aliases) {
  const std::vector<FieldSpec>& fields = schema_.layer(role).fields;
  Schema::FieldIndex& index = schema_.fields_by_name_[static_cast<std::size_t>(role)];
  for (int rank = 0; rank < 4; ++rank) {
    Schema::FieldIndex of_rank;
    for (std::size_t i = 0; i < fields.size(); ++i) {
      const FieldSpec& field = fields[i];
      if (rank > 0 && field.only_canonical) continue;
      std::vector<std::string> names;
      if (rank == 0) names = {field.name};
      if (rank == 1) names = {field.label_zh, field.label_en};
      if (rank == 2) names = own_aliases[i];
      if (rank == 3) names = field.aliases;
      for (const std::string& name : names) {
        const std::string folded = fold(name);
        if (index.contains(folded)) continue;
        if (const auto [entry, added] = of_rank.emplace(folded, i); !added && entry->second != i)
          return document_.issue(document_.root,
                                 "{0}: in the layer \"{1}\" the name \"{2}\" stands for both {3} and {4}",
                                 table::role_name(role), name, fields[entry->second].name, field.name);
      }
    }
    index.merge(of_rank);
  }
  return {};
}

Status SchemaReader::index_layer_names() {
  for (const LayerSpec& spec : schema_.layers_) {
    std::vector<std::string> names{std::string{table::role_name(spec.role)}, spec.label_zh, spec.label_en};
    names.insert(names.end(), spec.aliases.begin(), spec.aliases.end());
    for (const std::string& name : names)
      if (const auto [entry, added] = schema_.roles_by_name_.emplace(fold(name), spec.role);
          !added && entry->second != spec.role)
        return document_.issue(document_.root, "{0}: the name \"{1}\" stands for both {2} and {3}", name,
                               table::role_name(entry->second), table::role_name(spec.role));
  }
  return {};
}

}  // namespace xiangtu::io
