// The schema that every source is mapped to: roles of layers and their canonical fields, with Chinese
// and English labels and aliases. The content is data: assets/fields.toml.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/catalogue.hpp"
#include "base/result.hpp"
#include "io/folded_words.hpp"
#include "table/geometry.hpp"
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
  bool only_canonical = false;  // no label or alias stands for it
  bool guess_unit = false;      // a length: metres or kilometres, found by comparing with the geometry
  std::vector<std::string> aliases;
};

struct ChoiceSpec {
  std::string value;  // canonical
  std::string label_zh, label_en;
  std::vector<std::string> aliases;
};

struct LayerSpec {
  Role role = Role::counties;
  std::string label_zh, label_en;
  std::vector<std::string> aliases;
  std::vector<table::GeometryKind> geometries;       // that the layer can have
  std::vector<std::vector<std::string>> signatures;  // sets of fields that tell the role
  std::vector<FieldSpec> fields;

  bool allows(table::GeometryKind kind) const;
};

// Columns of a table that hold a position.
enum class Coordinate : std::uint8_t { lon, lat, x, y, wkt };
inline constexpr std::array<std::string_view, 5> coordinate_names{"lon", "lat", "x", "y", "wkt"};

// What a source field's name stands for.
struct NameMatch {
  const FieldSpec* field = nullptr;
  bool canonical = false;    // by the canonical name itself
  std::string written_unit;  // in the name, e.g. "万元"; empty for none
  double factor = 1;         // source value × factor is in the field's unit
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
  // The same, also by a name that ends in a unit: "投资(万元)", "width_m".
  NameMatch match(Role role, std::string_view source_field) const;
  // The field of which a dBASE name, cut after ten bytes, is the beginning; null when there is none
  // or more than one.
  const FieldSpec* field_of_short_name(Role role, std::string_view source_field) const;
  // A layer whose name has an alias in it ("榆林市农村公路2023", "yulin_roads"): the longest one.
  std::optional<Role> role_in_layer_name(std::string_view layer_name) const;

  // The canonical value; empty when nobody knows it.
  std::string_view choice_of(Role role, std::string_view field, std::string_view source_value) const;
  std::optional<bool> boolean_of(std::string_view source_value) const;
  // Whether the text stands for "no value": empty, "NA", "—" …
  bool means_missing(std::string_view source_value) const;
  // Whether a row of this name or code adds up other rows: "合计" …
  bool means_total(std::string_view source_value) const;
  // Names for a column of that coordinate, folded, the most telling first.
  const std::vector<std::string>& coordinate_columns(Coordinate coordinate) const {
    return coordinates_[static_cast<std::size_t>(coordinate)];
  }
  // How much of the canonical unit one of the written unit is.
  std::optional<double> unit_factor(std::string_view unit, std::string_view written) const;

 private:
  friend class SchemaReader;
  struct Choices {
    Role role = Role::counties;
    std::string field;
    std::vector<ChoiceSpec> values;
    std::map<std::string, std::size_t, std::less<>> by_name;  // folded name → position in values
  };
  using FieldIndex = std::map<std::string, std::size_t, std::less<>>;  // folded name → position

  const Choices* choices_for(Role role, std::string_view field) const;

  std::array<LayerSpec, table::role_count> layers_;
  std::vector<Choices> choices_;
  std::array<FieldIndex, table::role_count> fields_by_name_;
  std::map<std::string, Role, std::less<>> roles_by_name_;
  std::map<std::string, bool, std::less<>> booleans_;
  FoldedWords missing_words_, total_words_;
  std::array<std::vector<std::string>, coordinate_names.size()> coordinates_;
  std::map<std::string, std::map<std::string, double, std::less<>>, std::less<>> units_;
};

}  // namespace xiangtu::io
