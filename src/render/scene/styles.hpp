// How layers look: assets/styles.toml, read into rules by role.
//
// A role has a base style and rules. Every rule whose condition a row meets is laid over the base in
// the order of the file, so that one rule can give the width (by class) and another the colour (by
// surface). A rule with a label is an entry of the legend. Colours may have a variant for the dark theme.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/catalogue.hpp"
#include "base/result.hpp"
#include "render/scene/colour.hpp"
#include "table/geometry.hpp"
#include "table/role.hpp"

namespace xiangtu::render::scene {

// A size in style pixels that depends on the zoom: linear between stops, constant outside.
class ZoomSize {
 public:
  struct Stop {
    double zoom;
    double pixels;
    bool operator==(const Stop&) const = default;
  };
  ZoomSize() = default;
  explicit ZoomSize(double pixels) : stops_{{0, pixels}} {}
  explicit ZoomSize(std::vector<Stop> stops) : stops_(std::move(stops)) {}
  double at(double zoom) const;
  bool zero() const { return stops_.empty(); }
  const std::vector<Stop>& stops() const { return stops_; }
  bool operator==(const ZoomSize&) const = default;

 private:
  std::vector<Stop> stops_;  // by zoom
};

enum class Shape : std::uint8_t { none, circle, square, diamond, triangle, drop, cross, bridge, house, star };
enum class Hatch : std::uint8_t { none, diagonal };

struct LineStyle {
  ZoomSize width;
  Colour colour;
  ZoomSize casing;  // added on each side; none when empty
  Colour casing_colour;
  double dash_on = 0, dash_off = 0;  // multiples of the width; 0: solid
  bool operator==(const LineStyle&) const = default;
};

struct FillStyle {
  Colour colour{0, 0, 0, 0};
  Hatch hatch = Hatch::none;
  bool operator==(const FillStyle&) const = default;
};

struct SymbolStyle {
  Shape shape = Shape::none;
  ZoomSize size;  // diameter
  Colour colour;
  Colour outline{255, 255, 255, 255};
  double outline_width = 1;
  bool operator==(const SymbolStyle&) const = default;
};

struct LabelStyle {
  std::string field = "name";  // canonical name of the text field that is written
  ZoomSize size;               // none: no labels
  Colour colour{40, 40, 40, 255};
  Colour halo{255, 255, 255, 220};
  double min_zoom = 0;
  double max_zoom = 24;
  int priority = 0;       // higher is placed first
  double distance = 360;  // style pixels: on lines, the least between two equal texts
  int characters = 0;     // writes at most so many; 0: all

  bool visible_at(double zoom) const { return !size.zero() && zoom >= min_zoom && zoom < max_zoom; }
  bool operator==(const LabelStyle&) const = default;
};

// A short text in a box that stands upright on a line: a road's code.
struct ShieldStyle {
  LabelStyle label;
  Colour fill{255, 255, 255, 255};
  Colour outline{90, 90, 90, 255};
  bool operator==(const ShieldStyle&) const = default;
};

// Everything that a feature may be drawn with; its geometry decides what is used.
struct FeatureStyle {
  double min_zoom = 0;   // shown from this zoom …
  double max_zoom = 30;  // … to below this one
  int order = 0;         // within the layer: higher is drawn later
  LineStyle line;        // lines, and outlines of polygons
  FillStyle fill;
  SymbolStyle symbol;  // points; on lines and polygons at the representative position
  // Beside a symbol, in the middle of a polygon without one, along a line without one.
  LabelStyle label;
  ShieldStyle shield;  // lines without symbol

  bool visible_at(double zoom) const { return zoom >= min_zoom && zoom < max_zoom; }
  bool operator==(const FeatureStyle&) const = default;
};

// One condition on one field; all conditions of a rule must hold.
struct RuleCondition {
  std::string field;                // canonical name
  std::vector<std::string> values;  // any of these (numbers compare as numbers)
  bool missing = false;             // or: the cell is missing (also when there is no such column)
  bool operator==(const RuleCondition&) const = default;
};

// Only what the rule sets is present.
struct LabelRule {
  std::optional<std::string> field;
  std::optional<ZoomSize> size;
  std::optional<Colour> colour, halo;
  std::optional<double> min_zoom, max_zoom, distance;
  std::optional<int> priority, characters;

  void lay_over(LabelStyle& style) const;
  bool operator==(const LabelRule&) const = default;
};
struct StyleRule {
  std::string label_zh, label_en;  // empty: not in the legend
  std::vector<RuleCondition> when;
  std::optional<double> min_zoom, max_zoom;
  std::optional<int> order;
  std::optional<ZoomSize> width, casing, size;
  std::optional<Colour> colour, casing_colour, fill, symbol_colour, outline;
  std::optional<double> dash_on, dash_off, outline_width;
  std::optional<Shape> shape;
  std::optional<Hatch> hatch;
  LabelRule name, shield;  // of label and shield
  std::optional<Colour> shield_fill, shield_outline;

  void lay_over(FeatureStyle& style) const;
  std::string_view label(Language language) const {
    return language == Language::chinese ? label_zh : label_en;
  }
  bool operator==(const StyleRule&) const = default;
};

inline constexpr std::size_t most_rules = 63;  // a row's rules are the bits of a number

struct LayerStyle {
  StyleRule base;
  std::vector<StyleRule> rules;  // at most most_rules
  std::string importance;        // number field that decides which points stay when thinned
  // Endings of names that labels write shorter: (ending, what is written for it); the first that fits.
  std::vector<std::pair<std::string, std::string>> label_endings;

  std::string label_text(std::string_view name) const;
  // The fields that labels are written from; with a zoom only those of labels that are shown up to it.
  std::set<std::string> label_fields(std::optional<double> zoom = std::nullopt) const;
  // The fields that a picture of such a layer depends on, those among them.
  std::set<std::string> fields(std::optional<double> zoom = std::nullopt) const;
  bool operator==(const LayerStyle&) const = default;
};

struct PaperStyle {
  Colour sheet{255, 255, 255, 255};  // around the map
  Colour background{247, 245, 239, 255};
  Colour frame{90, 90, 90, 255};
  Colour text{40, 40, 40, 255};
  Colour quiet_text{110, 110, 110, 255};
  Colour panel{255, 255, 255, 235};
  Colour highlight{255, 221, 0, 255};
  Colour highlight_halo{29, 34, 38, 240};
  Colour unknown{214, 211, 205, 255};        // choropleth: no value …
  Colour unknown_hatch{170, 166, 158, 255};  // … and the hatch over it
  Colour graticule{90, 90, 90, 110};
  bool operator==(const PaperStyle&) const = default;
};

enum class Theme : std::uint8_t { light, dark };

// For one theme. Sheets of one file differ in colours only.
struct StyleSheet {
  PaperStyle paper;
  std::array<LayerStyle, table::role_count> roles;
  std::array<LayerStyle, 4> other;  // layers without a role, by GeometryKind

  const LayerStyle& of(std::optional<table::Role> role, table::GeometryKind kind) const;
  LayerStyle& of(std::optional<table::Role> role, table::GeometryKind kind);
  // By style_name(); null where there is no layer of that name.
  const LayerStyle* find(std::string_view name) const;
  LayerStyle* find(std::string_view name);
  bool operator==(const StyleSheet&) const = default;

  // A layer that the text names is taken from it as a whole; all others, and colours of the paper that it
  // does not name, are those of `under`. The error has file, line and column.
  static Result<StyleSheet> load(const std::filesystem::path& file, Theme theme = Theme::light);
  static Result<StyleSheet> parse(std::string_view toml, std::string_view name, Theme theme = Theme::light);
  static Result<StyleSheet> parse(std::string_view toml, std::string_view name, Theme theme,
                                  StyleSheet under);
};

// The sheets of one file for both themes.
struct MapStyles {
  std::shared_ptr<const StyleSheet> light, dark;

  const std::shared_ptr<const StyleSheet>& of(Theme theme) const {
    return theme == Theme::dark ? dark : light;
  }
};

// A user's own styles: styles.toml in the user's configuration folder, which need not be there.
std::filesystem::path user_styles_file();
// The shipped sheets alone, and with the user's own file laid over them; points keep their shape where the
// file names none.
Result<MapStyles> load_shipped_styles();
Result<MapStyles> load_user_styles();

// What a style file calls the style of such a layer: its role, or "other_lines" …
std::string_view style_name(std::optional<table::Role> role, table::GeometryKind kind);

// What differs from another sheet as the text of a style file: parse(to_toml(s, u), "", u) == s for every
// sheet that was read from one. Empty where nothing differs.
std::string to_toml(const StyleSheet& sheet, const StyleSheet& under);
// One layer's style, whose tables are called by a path such as "styles.roads". With a style for the dark
// theme, which differs in colours only, its colours are written as well: at least an empty table of them.
std::string to_toml(const LayerStyle& style, std::string_view path, const LayerStyle* dark = nullptr);

}  // namespace xiangtu::render::scene
