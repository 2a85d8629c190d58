// Which field of a source stands for which field of the schema, and how that was found.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.hpp"
#include "io/dataset.hpp"
#include "io/schema.hpp"

namespace xiangtu::io {

// A source field as its driver describes it.
struct SourceField {
  std::string name;
  enum class Type : std::uint8_t { text, integer, real, date } type = Type::text;
};

using ValueMap = std::vector<std::pair<std::string, std::string>>;

// One column to be: from a source field, from one tag of a field of tags, or a constant.
struct FieldBinding {
  int field = -1;                       // position in the source; -1: a constant
  std::string tag;                      // of the source field; empty: the field itself
  std::optional<std::string> constant;  // for every row
  const FieldSpec* spec = nullptr;      // null: a field that the schema does not know
  std::string source_name;              // "other_tags[\"surface\"]" for a tag
  std::string evidence;                 // English
  SourceField::Type type = SourceField::Type::text;
  double factor = 1;                 // source value × factor is in the schema's unit
  bool unit_known = true;            // false: a length in metres or kilometres, nobody knows yet
  const ValueMap* values = nullptr;  // of the mapping; source value → canonical value

  std::string_view name() const {
    return spec ? std::string_view{spec->name} : std::string_view{source_name};
  }
};

// The layer as messages name it.
struct LayerPlace {
  std::string source, layer;
};

// Known fields first to come, in the source's order, then constants. `dbase`: names may be cut after
// ten bytes. The mapping may be null. Errors: the mapping names a field that is not there.
Result<std::vector<FieldBinding>> bind_fields(const Schema& schema, std::optional<Role> role,
                                              const LayerMapping* mapping,
                                              const std::vector<SourceField>& fields, bool dbase,
                                              const LayerPlace& place);

}  // namespace xiangtu::io
