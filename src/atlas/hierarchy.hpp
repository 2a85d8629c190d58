// The administrative hierarchy: total → county → township → village-level unit.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/ids.hpp"
#include "base/result.hpp"
#include "table/column.hpp"

namespace xiangtu::atlas {

enum class Level : std::uint8_t { total, county, township, village };
inline constexpr std::array<std::string_view, 4> level_names{"total", "county", "township", "village"};
std::optional<Level> level_from_name(std::string_view name);

struct Unit {
  Level level = Level::total;
  std::string code;
  std::string name;  // empty when no layer names it
  UnitIx parent;     // none for the total
  RowIx boundary;    // the row of its polygon in the table of its level; none without one
};

// Units are stored parents before children: the total first, then counties, townships, villages,
// each level by code. Built once, then read only.
class Hierarchy {
 public:
  Hierarchy();

  std::span<const Unit> units() const { return units_; }
  const Unit& operator[](UnitIx unit) const { return units_[unit.value]; }
  std::size_t size() const { return units_.size(); }
  static constexpr UnitIx total() { return UnitIx{std::size_t{0}}; }

  // The unit of that level and code; none when there is none. A longer standard code, such as that of a
  // village or one filled up with zeros (610802000000), stands for the unit of the level that it begins with.
  UnitIx find(Level level, std::string_view code) const;
  // The unit of any level with that code, also when zeros fill it up (codes of levels differ in length).
  UnitIx find(std::string_view code) const;
  // The same for a code that somebody asks for; an empty one asks for the total. Error: unknown_unit.
  Result<UnitIx> asked(std::string_view code) const;
  // The unit itself or its ancestor at a level; none when the unit is above that level.
  UnitIx ancestor(UnitIx unit, Level level) const;
  bool is_within(UnitIx unit, UnitIx ancestor_unit) const;
  // All units of a level, by code.
  std::vector<UnitIx> at_level(Level level) const;
  std::vector<UnitIx> children(UnitIx parent) const;

  // Building: parents before children. A code that is there already keeps its first entry.
  UnitIx add(Unit unit);

 private:
  UnitIx exact(Level level, std::string_view code) const;

  std::vector<Unit> units_;
  // By level: the codes, and the unit of each of their entries.
  std::array<table::Dictionary, 4> codes_;
  std::array<std::vector<UnitIx>, 4> unit_of_code_;
};

// 12-digit statistical codes (统计用区划代码, domain terms in the README): 6 digits county, 9 township,
// 12 village-level unit; a natural village adds 3 digits to its village's code.
namespace division_code {
bool is_standard(std::string_view code);  // 6, 9, 12 or 15 digits, first of them 1–9
// The code of a unit of a level without the zeros that a 12-digit form fills it up with:
// 610802000000 → 610802 for a county. Other codes stay as they are.
std::string_view without_filling(std::string_view code, Level level);
// The prefix that names the unit of a level; empty when the code is too short.
std::string_view prefix(std::string_view code, Level level);
// Village part 200–399 or 500–599: a village committee (村委会), not a residents' committee.
bool is_village_committee(std::string_view code);
bool is_residents_committee(std::string_view code);
}  // namespace division_code

}  // namespace xiangtu::atlas
