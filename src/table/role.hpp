// What a layer is to the product. Labels, aliases and fields of each role: assets/fields.toml.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace xiangtu::table {

// villages holds natural, administrative villages and communities together (a field `kind` tells;
// without it each row counts as both); a region has either that layer or the two that follow it.
enum class Role : std::uint8_t {
  counties,
  townships,
  villages,
  natural_villages,
  admin_villages,
  roads,
  bridges,
  water_projects,
  sanitation,
  housing,
  projects,
  rivers,
};

inline constexpr std::array<std::string_view, 12> role_names{
    "counties", "townships",      "villages",   "natural_villages", "admin_villages", "roads",
    "bridges",  "water_projects", "sanitation", "housing",          "projects",       "rivers"};
inline constexpr std::size_t role_count = role_names.size();

constexpr std::string_view role_name(Role role) {
  return role_names[static_cast<std::size_t>(role)];
}

constexpr std::optional<Role> role_from_name(std::string_view name) {
  for (std::size_t i = 0; i < role_count; ++i)
    if (role_names[i] == name) return static_cast<Role>(i);
  return std::nullopt;
}

}  // namespace xiangtu::table
