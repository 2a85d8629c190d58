#include "reach/unit_costs.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>
#include <utility>

#include <toml++/toml.h>

#include "base/assets.hpp"

namespace xiangtu::reach {

namespace {

constexpr std::array<std::pair<std::string_view, double UnitCosts::*>, 4> names{
    {{"harden_yuan_per_km", &UnitCosts::harden_yuan_per_km},
     {"new_road_yuan_per_km", &UnitCosts::new_road_yuan_per_km},
     {"rebuild_bridge_yuan_per_m", &UnitCosts::rebuild_bridge_yuan_per_m},
     {"bridge_m", &UnitCosts::bridge_m}}};

Result<toml::table> parsed(const std::string& path) {
  try {
    return toml::parse_file(path);
  } catch (const toml::parse_error& error) {
    const auto at = error.source().begin;
    if (at.line == 0)
      return Issue{IssueCode::input_missing, "{0}: the file of costs cannot be read; check the path", path};
    return Issue{IssueCode::input_bad_mapping, "{0}, line {1}, column {2}: {3}", path, at.line, at.column,
                 error.description()};
  }
}

Status read_into(const std::string& path, UnitCosts& costs) {
  const Result<toml::table> root = parsed(path);
  if (!root) return root.issue();
  for (const auto& [key, node] : *root) {
    const auto at = node.source().begin;
    const auto known =
        std::find_if(names.begin(), names.end(), [&](const auto& name) { return name.first == key.str(); });
    if (known == names.end())
      return Issue{
          IssueCode::input_bad_mapping,
          "{0}, line {1}: '{2}' is no unit cost; there are harden_yuan_per_km, new_road_yuan_per_km, "
          "rebuild_bridge_yuan_per_m and bridge_m",
          path, at.line, key.str()};
    const auto value = node.value<double>();
    if (!value || !std::isfinite(*value) || *value < 0)
      return Issue{IssueCode::input_bad_mapping, "{0}, line {1}: {2} takes a number, 0 or more", path,
                   at.line, key.str()};
    costs.*(known->second) = *value;
  }
  return {};
}

}  // namespace

Result<UnitCosts> load_unit_costs(const std::string& user_file) {
  UnitCosts costs;
  if (const Status own = read_into((assets_folder() / "unit_costs.toml").string(), costs); !own)
    return own.issue();
  if (user_file.empty()) return costs;
  if (const Status theirs = read_into(user_file, costs); !theirs) return theirs.issue();
  return costs;
}

}  // namespace xiangtu::reach
