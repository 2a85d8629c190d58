// The schema that every source is mapped to: roles of layers and their canonical fields, with Chinese
// and English labels and aliases. The content is data: assets/fields.toml.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/catalogue.hpp"
#include "base/result.hpp"
#include "table/role.hpp"

namespace xiangtu::io {

using table::Role;

enum class FieldType : std::uint8_t { text, code, number, integer, boolean, choice, date };

struct FieldSpec {
  std::string name;  // canonical
  std::string label_zh, label_en;
  FieldType type = FieldType::text;
  std::string unit;                        // "m", "km", "yuan", "t", "" …
  std::optional<double> minimum, maximum;  // outside: the cell is out of range and counts as missing
  bool required = false;
  std::vector<std::string> aliases;
};

struct ChoiceSpec {
  std::string value;  // canonical
  std::string label_zh, label_en;
  std::vector<std::string> aliases;
};

struct LayerSpec {
  Role role;
  std::string label_zh, label_en;
  std::vector<std::string> aliases;
  std::vector<FieldSpec> fields;
};

class Schema {
 public:
  // Reads fields.toml; the error has line and column.
  static Result<Schema> load(const std::filesystem::path& file);
  static Result<Schema> parse(std::string_view toml, std::string_view name);

  const LayerSpec& layer(Role role) const { return layers_[static_cast<std::size_t>(role)]; }
  // Null when the role has no such canonical field.
  const FieldSpec* field(Role role, std::string_view name) const;
  // The values that a field of type choice can have; empty when there are none.
  const std::vector<ChoiceSpec>& choices(Role role, std::string_view field) const;

  std::string_view layer_label(Role role, Language language) const;
  // A field's label with its unit; the name itself when the field is unknown.
  std::string field_label(Role role, std::string_view field, Language language) const;
  std::string_view choice_label(Role role, std::string_view field, std::string_view value,
                                Language language) const;

  // Which role or field a name stands for, by canonical name, label or alias, compared folded.
  std::optional<Role> role_of_layer(std::string_view layer_name) const;
  const FieldSpec* field_of_name(Role role, std::string_view source_field) const;
  // The canonical value; empty when nobody knows it.
  std::string_view choice_of(Role role, std::string_view field, std::string_view source_value) const;

 private:
  struct Choices {
    Role role;
    std::string field;
    std::vector<ChoiceSpec> values;
  };
  std::array<LayerSpec, table::role_count> layers_;
  std::vector<Choices> choices_;
};

}  // namespace xiangtu::io
