// Strong index types: a village index can never be used as a road index.
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>

namespace xiangtu {

// A position in an array of things named by Tag. Four bytes; the largest value means "none".
template <class Tag>
struct Index {
  static constexpr std::uint32_t none_value = std::numeric_limits<std::uint32_t>::max();

  std::uint32_t value = none_value;

  constexpr Index() = default;
  constexpr explicit Index(std::size_t position) : value(static_cast<std::uint32_t>(position)) {}

  static constexpr Index none() { return Index{}; }
  constexpr bool exists() const { return value != none_value; }
  constexpr auto operator<=>(const Index&) const = default;
};

using RowIx = Index<struct RowTag>;    // a row of one FeatureTable
using UnitIx = Index<struct UnitTag>;  // an administrative unit of an AdminHierarchy

}  // namespace xiangtu

template <class Tag>
struct std::hash<xiangtu::Index<Tag>> {
  std::size_t operator()(const xiangtu::Index<Tag>& index) const noexcept { return index.value; }
};
