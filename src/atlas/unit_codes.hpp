// What the codes in a layer's rows say of the unit that each row belongs to.
#pragma once

#include <vector>

#include "atlas/atlas.hpp"

namespace xiangtu::atlas {

bool is_unit_layer(Role role);     // counties, townships
bool is_village_layer(Role role);  // villages of all kinds

// Looked up once for each distinct code; refers to the layer and the hierarchy.
class UnitCodes {
 public:
  UnitCodes(const Layer& layer, const Hierarchy& hierarchy);

  // The unit that a code of the row names: its own, then the fields that name a unit, finest first, then the
  // prefixes of its own standard code; none when none names a unit that is there. is_unknown tells whether a
  // code of the row, finer than the one that was followed, names no unit.
  UnitIx unit(std::size_t row, bool& is_unknown) const;
  UnitIx unit(std::size_t row) const {
    bool is_unknown = false;
    return unit(row, is_unknown);
  }

 private:
  // From the codes of one text column to units.
  class CodeColumn {
   public:
    CodeColumn(const table::Column& column, Level level, const Hierarchy& hierarchy);
    bool has(std::size_t row) const { return text_->has(row); }
    UnitIx unit(std::size_t row) const { return has(row) ? units_[text_->entries[row]] : UnitIx::none(); }

   private:
    const table::TextColumn* text_;
    std::vector<UnitIx> units_;
  };

  UnitIx by_own_code(std::size_t row) const;

  const Hierarchy* hierarchy_;
  const table::TextColumn* own_code_ = nullptr;
  Level own_level_ = Level::village;
  std::vector<CodeColumn> columns_;
};

}  // namespace xiangtu::atlas
