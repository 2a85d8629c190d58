// Quantities that do not mix.
#pragma once

#include <compare>

namespace xiangtu {

// A length or distance in metres on the ellipsoid.
struct Metres {
  double value = 0;
  constexpr auto operator<=>(const Metres&) const = default;
  constexpr Metres& operator+=(Metres other) {
    value += other.value;
    return *this;
  }
  friend constexpr Metres operator+(Metres a, Metres b) { return {a.value + b.value}; }
  friend constexpr Metres operator-(Metres a, Metres b) { return {a.value - b.value}; }
  friend constexpr Metres operator*(Metres a, double factor) { return {a.value * factor}; }
};

// An area in square metres on the ellipsoid.
struct SquareMetres {
  double value = 0;
  constexpr auto operator<=>(const SquareMetres&) const = default;
};

}  // namespace xiangtu
