// Reads assets/styles.toml. Every key is known or refused with its line and column.
#include <algorithm>
#include <array>
#include <cmath>
#include <exception>
#include <fstream>
#include <iterator>
#include <string>
#include <utility>

#include <toml++/toml.h>

#include "render/scene/styles.hpp"

namespace xiangtu::render::scene {

namespace {

// Left by throw, caught in parse(): keeps the readers of single values flat.
struct BadStyle {
  Issue issue;
};

constexpr std::array<std::pair<std::string_view, Shape>, 10> shapes{{{"none", Shape::none},
                                                                     {"circle", Shape::circle},
                                                                     {"square", Shape::square},
                                                                     {"diamond", Shape::diamond},
                                                                     {"triangle", Shape::triangle},
                                                                     {"drop", Shape::drop},
                                                                     {"cross", Shape::cross},
                                                                     {"bridge", Shape::bridge},
                                                                     {"house", Shape::house},
                                                                     {"star", Shape::star}}};

class Reader {
 public:
  Reader(std::string_view name, Theme theme) : name_(name), theme_(theme) {}

  StyleSheet sheet(const toml::table& root) {
    StyleSheet result;
    for (const auto& [key, node] : root) {
      if (key.str() == "paper") {
        paper(result.paper, as_table(node));
      } else if (LayerStyle* style = layer_of(result, key.str())) {
        *style = layer(as_table(node));
      } else {
        fail(node, "unknown layer \"{0}\"", key.str());
      }
    }
    return result;
  }

  template <class... Values>
  [[noreturn]] void fail(const toml::node& node, const char* what, const Values&... values) const {
    const toml::source_position at = node.source().begin;
    fail_at(at, fmt::format(fmt::runtime(what), values...));
  }

  [[noreturn]] void fail_at(const toml::source_position& at, std::string_view what) const {
    throw BadStyle{Issue{IssueCode::input_bad_definition,
                         "style file {0}, line {1}, column {2}: {3}; correct it or restore the file", name_,
                         at.line, at.column, what}};
  }

 private:
  static LayerStyle* layer_of(StyleSheet& sheet, std::string_view key) {
    if (const auto role = table::role_from_name(key)) return &sheet.roles[static_cast<std::size_t>(*role)];
    if (key == "other_points") return &sheet.other[static_cast<std::size_t>(table::GeometryKind::point)];
    if (key == "other_lines") return &sheet.other[static_cast<std::size_t>(table::GeometryKind::line)];
    if (key == "other_polygons") return &sheet.other[static_cast<std::size_t>(table::GeometryKind::polygon)];
    return nullptr;
  }

  const toml::table& as_table(const toml::node& node) const {
    if (const toml::table* table = node.as_table()) return *table;
    fail(node, "a table is needed here");
  }

  void paper(PaperStyle& paper, const toml::table& table) {
    const std::array<std::pair<std::string_view, Colour*>, 11> colours{
        {{"sheet", &paper.sheet},
         {"background", &paper.background},
         {"frame", &paper.frame},
         {"text", &paper.text},
         {"quiet_text", &paper.quiet_text},
         {"panel", &paper.panel},
         {"highlight", &paper.highlight},
         {"highlight_halo", &paper.highlight_halo},
         {"unknown", &paper.unknown},
         {"unknown_hatch", &paper.unknown_hatch},
         {"graticule", &paper.graticule}}};
    for (const auto& [key, node] : table) {
      if (key.str() == "dark") continue;
      const auto found = std::find_if(colours.begin(), colours.end(),
                                      [&](const auto& entry) { return entry.first == key.str(); });
      if (found == colours.end()) fail(node, "unknown key \"{0}\"", key.str());
      *found->second = colour(node);
    }
    if (const toml::node* dark = table.get("dark")) {
      PaperStyle darker = paper;
      this->paper(darker, as_table(*dark));
      if (theme_ == Theme::dark) paper = darker;
    }
  }

  LayerStyle layer(const toml::table& table) {
    LayerStyle result;
    for (const auto& [key, node] : table) {
      if (key.str() == "importance") {
        result.importance = text(node);
      } else if (key.str() == "label_endings") {
        label_endings(result, node);
      } else if (key.str() == "rule") {
        const toml::array* rules = node.as_array();
        if (!rules || rules->size() > 63) fail(node, "rules are an array of at most 63 tables");
        for (const toml::node& item : *rules) result.rules.push_back(rule(as_table(item)));
      } else if (key.str() != "dark") {
        property(result.base, key.str(), node);
      }
    }
    darken(result.base, table);
    return result;
  }

  void label_endings(LayerStyle& style, const toml::node& node) const {
    const toml::array* list = node.as_array();
    if (!list) fail(node, "endings are [[ending, shorter], …]");
    for (const toml::node& item : *list) {
      const toml::array* pair = item.as_array();
      if (!pair || pair->size() != 2) fail(item, "an ending is [ending, shorter]");
      style.label_endings.push_back({text((*pair)[0]), text((*pair)[1])});
    }
  }

  StyleRule rule(const toml::table& table) {
    StyleRule result;
    for (const auto& [key, node] : table) {
      if (key.str() == "when") {
        for (const auto& [field, values] : as_table(node))
          result.when.push_back({std::string{field.str()}, texts(values), false});
      } else if (key.str() == "missing") {
        result.when.push_back({text(node), {}, true});
      } else if (key.str() != "dark") {
        property(result, key.str(), node);
      }
    }
    darken(result, table);
    return result;
  }

  // Lays the colours for the dark theme over the others; in the light theme it only checks them.
  void darken(StyleRule& rule, const toml::table& table) {
    const toml::node* dark = table.get("dark");
    if (!dark) return;
    StyleRule darker = rule;
    for (const auto& [key, node] : as_table(*dark))
      if (!colour_property(darker, key.str(), node)) fail(node, "\"{0}\" is no colour of a style", key.str());
    if (theme_ == Theme::dark) rule = darker;
  }

  void property(StyleRule& rule, std::string_view key, const toml::node& node) {
    if (key == "zh") {
      rule.label_zh = text(node);
    } else if (key == "en") {
      rule.label_en = text(node);
    } else if (key == "order") {
      rule.order = static_cast<int>(number(node));
    } else if (key == "shape") {
      rule.shape = shape(node);
    } else if (key == "hatch") {
      rule.hatch = text(node) == "diagonal" ? Hatch::diagonal : Hatch::none;
    } else if (key == "dash") {
      dash(rule, node);
    } else if (key == "label") {
      rule.name.field = text(node);
    } else if (key == "shield") {
      rule.shield.field = text(node);
    } else if (!number_property(rule, key, node) && !size_property(rule, key, node) &&
               !colour_property(rule, key, node) && !label_property(rule.name, "label_", key, node) &&
               !label_property(rule.shield, "shield_", key, node)) {
      fail(node, "unknown key \"{0}\"", key);
    }
  }

  bool number_property(StyleRule& rule, std::string_view key, const toml::node& node) {
    const std::array<std::pair<std::string_view, std::optional<double>*>, 3> numbers{
        {{"min_zoom", &rule.min_zoom}, {"max_zoom", &rule.max_zoom}, {"outline_width", &rule.outline_width}}};
    for (const auto& [name, target] : numbers)
      if (name == key) *target = number(node);
    return std::any_of(numbers.begin(), numbers.end(), [&](const auto& entry) { return entry.first == key; });
  }

  bool size_property(StyleRule& rule, std::string_view key, const toml::node& node) {
    const std::array<std::pair<std::string_view, std::optional<ZoomSize>*>, 3> sizes{
        {{"width", &rule.width}, {"casing", &rule.casing}, {"size", &rule.size}}};
    for (const auto& [name, target] : sizes)
      if (name == key) *target = zoom_size(node);
    return std::any_of(sizes.begin(), sizes.end(), [&](const auto& entry) { return entry.first == key; });
  }

  bool colour_property(StyleRule& rule, std::string_view key, const toml::node& node) {
    const std::array<std::pair<std::string_view, std::optional<Colour>*>, 10> colours{
        {{"colour", &rule.colour},
         {"casing_colour", &rule.casing_colour},
         {"fill", &rule.fill},
         {"symbol", &rule.symbol_colour},
         {"outline", &rule.outline},
         {"label_colour", &rule.name.colour},
         {"halo", &rule.name.halo},
         {"shield_colour", &rule.shield.colour},
         {"shield_fill", &rule.shield_fill},
         {"shield_outline", &rule.shield_outline}}};
    for (const auto& [name, target] : colours)
      if (name == key) *target = colour(node);
    return std::any_of(colours.begin(), colours.end(), [&](const auto& entry) { return entry.first == key; });
  }

  // What names and shields have in common, under keys of their own.
  bool label_property(LabelRule& rule, std::string_view prefix, std::string_view key,
                      const toml::node& node) {
    if (!key.starts_with(prefix)) return false;
    key.remove_prefix(prefix.size());
    if (key == "size")
      rule.size = zoom_size(node);
    else if (key == "min_zoom")
      rule.min_zoom = number(node);
    else if (key == "max_zoom")
      rule.max_zoom = number(node);
    else if (key == "distance")
      rule.distance = number(node);
    else if (key == "priority")
      rule.priority = static_cast<int>(number(node));
    else if (key == "characters")
      rule.characters = static_cast<int>(number(node));
    else
      return false;
    return true;
  }

  void dash(StyleRule& rule, const toml::node& node) {
    const toml::array* pair = node.as_array();
    if (!pair || pair->size() != 2) fail(node, "a dash is [on, off] in multiples of the line's width");
    rule.dash_on = number((*pair)[0]);
    rule.dash_off = number((*pair)[1]);
  }

  Shape shape(const toml::node& node) const {
    const std::string wanted = text(node);
    const auto found =
        std::find_if(shapes.begin(), shapes.end(), [&](const auto& entry) { return entry.first == wanted; });
    if (found == shapes.end()) fail(node, "unknown shape \"{0}\"", wanted);
    return found->second;
  }

  // A number, or [[zoom, pixels], …] by ascending zoom.
  ZoomSize zoom_size(const toml::node& node) const {
    if (node.is_number()) {
      const double pixels = number(node);
      return pixels > 0 ? ZoomSize{pixels} : ZoomSize{};
    }
    const toml::array* list = node.as_array();
    if (!list || list->empty()) fail(node, "a size is a number or [[zoom, pixels], …]");
    std::vector<ZoomSize::Stop> stops;
    for (const toml::node& item : *list) {
      const toml::array* pair = item.as_array();
      if (!pair || pair->size() != 2) fail(item, "a stop is [zoom, pixels]");
      stops.push_back({number((*pair)[0]), number((*pair)[1])});
      if (stops.size() > 1 && stops.back().zoom <= stops[stops.size() - 2].zoom)
        fail(item, "zooms must ascend");
    }
    return ZoomSize{std::move(stops)};
  }

  Colour colour(const toml::node& node) const {
    if (const auto parsed = parse_colour(text(node))) return *parsed;
    fail(node, "\"{0}\" is no colour; write #rrggbb or #rrggbbaa", text(node));
  }

  double number(const toml::node& node) const {
    const auto value = node.value<double>();
    if (!value || !std::isfinite(*value)) fail(node, "a number is needed here");
    return *value;
  }

  std::string text(const toml::node& node) const {
    if (const auto value = node.value<std::string>(); value && node.is_string()) return *value;
    fail(node, "a text in quotes is needed here");
  }

  std::string value_text(const toml::node& node) const {
    return node.is_integer() ? std::to_string(*node.value<long long>()) : text(node);
  }

  std::vector<std::string> texts(const toml::node& node) const {
    if (!node.is_array()) return {value_text(node)};
    std::vector<std::string> result;
    for (const toml::node& item : *node.as_array()) result.push_back(value_text(item));
    return result;
  }

  std::string name_;
  Theme theme_;
};

}  // namespace

Result<StyleSheet> StyleSheet::parse(std::string_view toml, std::string_view name, Theme theme) {
  Reader reader{name, theme};
  try {
    try {
      return reader.sheet(toml::parse(toml));
    } catch (const toml::parse_error& error) {
      reader.fail_at(error.source().begin, error.description());
    }
  } catch (const BadStyle& bad) {
    return bad.issue;
  }
}

Result<StyleSheet> StyleSheet::load(const std::filesystem::path& file, Theme theme) {
  std::ifstream stream{file, std::ios::binary};
  if (!stream)
    return Issue{
        IssueCode::input_missing,
        "the style file {0} cannot be read; reinstall the program or set XIANGTU_ASSETS to its assets "
        "folder",
        file.string()};
  const std::string text{std::istreambuf_iterator<char>{stream}, std::istreambuf_iterator<char>{}};
  return parse(text, file.string(), theme);
}

}  // namespace xiangtu::render::scene
