#include "atlas/unit_codes.hpp"

#include <array>

namespace xiangtu::atlas {

using table::Column;

namespace {

// The fields that name a unit, finest first, and the level that each names.
struct UnitField {
  std::string_view name;
  Level level;
};
constexpr std::array<UnitField, 4> unit_fields{{{"admin_village_code", Level::village},
                                                {"village_code", Level::village},
                                                {"township_code", Level::township},
                                                {"county_code", Level::county}}};

UnitIx unit_of_prefix(std::string_view code, const Hierarchy& hierarchy) {
  if (!division_code::is_standard(code)) return UnitIx::none();
  for (const Level level : {Level::village, Level::township, Level::county})
    if (const auto prefix = division_code::prefix(code, level); !prefix.empty())
      if (const UnitIx unit = hierarchy.find(level, prefix); unit.exists()) return unit;
  return UnitIx::none();
}

}  // namespace

bool is_unit_layer(Role role) {
  return role == Role::counties || role == Role::townships;
}

bool is_village_layer(Role role) {
  return role == Role::villages || role == Role::natural_villages || role == Role::admin_villages;
}

UnitCodes::CodeColumn::CodeColumn(const Column& column, Level level, const Hierarchy& hierarchy)
    : text_(&column.text()) {
  units_.reserve(text_->dictionary.size());
  for (std::uint32_t i = 0; i < text_->dictionary.size(); ++i)
    units_.push_back(hierarchy.find(level, text_->dictionary[i]));
}

UnitCodes::UnitCodes(const Layer& layer, const Hierarchy& hierarchy) : hierarchy_(&hierarchy) {
  if (is_unit_layer(layer.role) || is_village_layer(layer.role))
    if (const Column* code = layer.table.find("code"); code && code->is_text()) own_code_ = &code->text();
  if (layer.role == Role::counties) own_level_ = Level::county;
  if (layer.role == Role::townships) own_level_ = Level::township;
  if (is_unit_layer(layer.role)) return;
  for (const UnitField& field : unit_fields)
    if (const Column* column = layer.table.find(field.name); column && column->is_text())
      columns_.emplace_back(*column, field.level, hierarchy);
}

UnitIx UnitCodes::by_own_code(std::size_t row) const {
  if (!own_code_ || !own_code_->has(row)) return UnitIx::none();
  return hierarchy_->find(own_level_, own_code_->at(row));
}

UnitIx UnitCodes::unit(std::size_t row, bool& is_unknown) const {
  if (const UnitIx unit = by_own_code(row); unit.exists()) return unit;
  for (const CodeColumn& column : columns_) {
    if (const UnitIx unit = column.unit(row); unit.exists()) return unit;
    is_unknown = is_unknown || column.has(row);
  }
  if (!own_code_ || !own_code_->has(row)) return UnitIx::none();
  const UnitIx unit = unit_of_prefix(own_code_->at(row), *hierarchy_);
  is_unknown = is_unknown || (!unit.exists() && division_code::is_standard(own_code_->at(row)));
  return unit;
}

}  // namespace xiangtu::atlas
