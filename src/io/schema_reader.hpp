// fields.toml turned into a Schema, with every name checked.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "io/schema.hpp"
#include "io/toml_place.hpp"

namespace xiangtu::io {

class SchemaReader {
 public:
  explicit SchemaReader(TomlDocument document) : document_(std::move(document)) {}
  Result<Schema> read();

 private:
  Status read_words();
  Status read_booleans(const toml::table& words, std::string_view key, bool value);
  Status read_words_into(const toml::table& words, std::string_view key, FoldedWords& into);
  Status read_units();
  Status read_coordinates();
  Status read_layers();
  Status read_layer(Role role, const toml::table& layer);
  Status read_layer_head(LayerSpec& spec, const toml::table& layer);
  Status read_layer_fields(LayerSpec& spec, const std::vector<const toml::table*>& layers);
  Status read_geometries(LayerSpec& spec, const toml::table& layer);
  Status read_signatures(LayerSpec& spec, const toml::table& layer);
  // The field's general part, then what differs in the layer.
  Status read_field(FieldSpec& spec, const toml::table& part);
  Status read_bounds(FieldSpec& spec, const toml::table& part);
  Status read_values(Role role, const std::string& field, const toml::node& values);
  Status read_value(Schema::Choices& choices, const toml::node& node);
  Status index_names(Role role, const std::vector<std::vector<std::string>>& own_aliases);
  Status index_layer_names();

  const toml::table* table_at(const toml::table& parent, std::string_view key) const {
    return parent.get_as<toml::table>(key);
  }

  TomlDocument document_;
  Schema schema_;
};

}  // namespace xiangtu::io
