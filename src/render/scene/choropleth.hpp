// Units coloured by a value: classes, colour ramps, legend.
// Ramps: ColorBrewer 2.0 by Cynthia A. Brewer, Pennsylvania State University (colorbrewer2.org),
// Apache-style licence; colour-blind safe ones only.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "render/scene/colour.hpp"

namespace xiangtu::render::scene {

// How limits of classes come about. Their names: "quantile", "equal", "natural", "manual".
enum class ClassMethod : std::uint8_t { quantile, equal_interval, natural_breaks, manual };
std::string_view class_method_name(ClassMethod method);
std::optional<ClassMethod> class_method_from_name(std::string_view name);

inline constexpr int max_classes = 9;

// What of a figure the colours show: its value, or how much of what it is counted over is not known, 0 … 1.
enum class Shown : std::uint8_t { value, unknown_share };

// What a user may decide about the colours of units. A value.
struct ChoroplethSettings {
  ClassMethod method = ClassMethod::quantile;
  int count = 5;                // at most so many classes, 1 … max_classes; not for manual ones
  std::vector<double> limits;   // between manual classes, ascending, in the value's unit (fractions: 0 … 1)
  std::string ramp = "YlGnBu";  // of ramp_names()
  bool reversed = false;
  Shown shown = Shown::value;  // limits are in what is shown

  bool operator==(const ChoroplethSettings&) const = default;
};

// Ascending limits: class i holds limits[i] ≤ value < limits[i + 1]; the last one includes its upper
// limit, which may be its lower one too. n classes have n + 1 limits; none at all when no value is known. The
// outer limits of manual classes are infinite.
struct Classes {
  std::vector<double> limits;
  std::size_t count() const { return limits.empty() ? 0 : limits.size() - 1; }
  // Values below the first limit belong to the first class, above the last to the last one.
  std::size_t class_of(double value) const;
};

// At most `count` classes (fewer when there are fewer distinct values). Quantiles never split equal
// values between classes; one distinct value gives one class. Not for the manual method.
Classes classify(std::span<const std::optional<double>> values, ClassMethod method, int count);
// n limits given by hand are n + 1 classes, open at both ends, whatever the values: maps with the same limits
// have the same colours.
Classes classify_manual(std::span<const double> inner);

// By the method of the settings; manual ones without limits are one class of all values.
Classes classify(std::span<const std::optional<double>> values, const ChoroplethSettings& settings);

// Names in menu order: sequential "YlGnBu", "YlOrRd", "Blues", "Greens", "Purples",
// diverging "RdYlBu", "PuOr", "BrBG".
std::span<const std::string_view> ramp_names();
// `count` colours (1 … 9) from light to dark; the first ramp when the name is unknown.
std::vector<Colour> ramp(std::string_view name, int count, bool reversed = false);

// A layer's polygons coloured by value. Immutable once it is handed to a layer.
struct Choropleth {
  static constexpr std::uint8_t unknown = 255;  // hatched grey

  Classes classes;
  Shown shown = Shown::value;
  std::vector<Colour> colours;             // one per class
  std::vector<std::uint8_t> class_of_row;  // one per row of the layer's table, or unknown
  std::string title;                       // of the legend, in the user's language, with its unit
  std::string by;                          // which units: "by county"; in the user's language
  std::string unknown_label;               // in the user's language
  std::function<std::string(double, int decimals)> format;  // of limits in the legend

  struct LegendEntry {
    Colour colour;
    bool hatched = false;
    std::string text;
  };
  // From the lowest class up, "90% – <95%", "95% – 97%", open ones "< 90%" and "≥ 95%"; unknown last and only
  // when a row is unknown.
  std::vector<LegendEntry> legend() const;
  int decimals() const;  // as many as tell the limits apart, 1 at least
  std::string text_of(std::size_t number, int decimals) const;  // of a class
};

// values: one per row of the layer's table.
Choropleth make_choropleth(std::span<const std::optional<double>> values, Classes classes,
                           std::vector<Colour> colours);

}  // namespace xiangtu::render::scene
