#include "atlas/hierarchy.hpp"

#include <algorithm>

namespace xiangtu::atlas {

std::optional<Level> level_from_name(std::string_view name) {
  const auto found = std::find(level_names.begin(), level_names.end(), name);
  if (found == level_names.end()) return std::nullopt;
  return static_cast<Level>(found - level_names.begin());
}

Hierarchy::Hierarchy() {
  units_.push_back({Level::total, "", "", UnitIx::none(), RowIx::none()});
}

UnitIx Hierarchy::add(Unit unit) {
  const auto level = static_cast<std::size_t>(unit.level);
  std::vector<UnitIx>& of_code = unit_of_code_[level];
  const std::uint32_t entry = codes_[level].intern(unit.code);
  if (entry == of_code.size()) {
    of_code.emplace_back(units_.size());
    units_.push_back(std::move(unit));
  }
  return of_code[entry];
}

UnitIx Hierarchy::exact(Level level, std::string_view code) const {
  const auto place = static_cast<std::size_t>(level);
  const std::uint32_t entry = codes_[place].find(code);
  return entry == table::Dictionary::missing ? UnitIx::none() : unit_of_code_[place][entry];
}

UnitIx Hierarchy::find(Level level, std::string_view code) const {
  if (const UnitIx unit = exact(level, code); unit.exists()) return unit;
  const std::string_view prefix = division_code::prefix(code, level);
  const bool begins_with_it =
      division_code::is_standard(code) && !prefix.empty() && prefix.size() < code.size();
  return begins_with_it ? exact(level, prefix) : UnitIx::none();
}

UnitIx Hierarchy::find(std::string_view code) const {
  for (const Level level : {Level::county, Level::township, Level::village})
    if (const UnitIx unit = exact(level, code); unit.exists()) return unit;
  for (const Level level : {Level::county, Level::township})
    if (const UnitIx unit = exact(level, division_code::without_filling(code, level)); unit.exists())
      return unit;
  return UnitIx::none();
}

Result<UnitIx> Hierarchy::asked(std::string_view code) const {
  const UnitIx unit = code.empty() ? total() : find(code);
  if (unit.exists()) return unit;
  return Issue{
      IssueCode::unknown_unit,
      "there is no unit with the code '{0}' in the sources; give the code of a county, township or village",
      code};
}

UnitIx Hierarchy::ancestor(UnitIx unit, Level level) const {
  while (unit.exists() && units_[unit.value].level > level) unit = units_[unit.value].parent;
  return unit.exists() && units_[unit.value].level == level ? unit : UnitIx::none();
}

bool Hierarchy::is_within(UnitIx unit, UnitIx ancestor_unit) const {
  while (unit.exists() && unit != ancestor_unit) unit = units_[unit.value].parent;
  return unit.exists();
}

std::vector<UnitIx> Hierarchy::at_level(Level level) const {
  std::vector<UnitIx> found;
  for (std::size_t i = 0; i < units_.size(); ++i)
    if (units_[i].level == level) found.emplace_back(i);
  const auto by_code = [&](UnitIx a, UnitIx b) { return units_[a.value].code < units_[b.value].code; };
  if (!std::is_sorted(found.begin(), found.end(), by_code)) std::sort(found.begin(), found.end(), by_code);
  return found;
}

std::vector<UnitIx> Hierarchy::children(UnitIx parent) const {
  std::vector<UnitIx> found;
  for (std::size_t i = 1; i < units_.size(); ++i)
    if (units_[i].parent == parent) found.emplace_back(i);
  return found;
}

namespace division_code {

namespace {

bool all_digits(std::string_view code) {
  return std::all_of(code.begin(), code.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// The village part of a 12-digit code; 0 for any other.
int village_part(std::string_view code) {
  if (!is_standard(code) || code.size() < 12) return 0;
  return (code[9] - '0') * 100 + (code[10] - '0') * 10 + (code[11] - '0');
}

}  // namespace

bool is_standard(std::string_view code) {
  const std::size_t size = code.size();
  return (size == 6 || size == 9 || size == 12 || size == 15) && all_digits(code) && code[0] != '0';
}

std::string_view without_filling(std::string_view code, Level level) {
  const std::string_view unit = prefix(code, level);
  const bool filled = is_standard(code) && !unit.empty() && unit.size() < code.size() &&
                      code.find_first_not_of('0', unit.size()) == std::string_view::npos;
  return filled ? unit : code;
}

std::string_view prefix(std::string_view code, Level level) {
  const std::size_t length = level == Level::county     ? 6
                             : level == Level::township ? 9
                             : level == Level::village  ? 12
                                                        : 0;
  return code.size() >= length ? code.substr(0, length) : std::string_view{};
}

bool is_village_committee(std::string_view code) {
  const int part = village_part(code);
  return (part >= 200 && part < 400) || (part >= 500 && part < 600);
}

bool is_residents_committee(std::string_view code) {
  const int part = village_part(code);
  return (part >= 1 && part < 200) || (part >= 400 && part < 500);
}

}  // namespace division_code

}  // namespace xiangtu::atlas
