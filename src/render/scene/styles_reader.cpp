// Reads assets/styles.toml. Every key is known or refused with its line and column.
#include <algorithm>
#include <cmath>
#include <fstream>
#include <iterator>
#include <string>
#include <utility>

#include "base/assets.hpp"
#include "base/user_folders.hpp"
#include "render/scene/styles_toml.hpp"

namespace xiangtu::render::scene {

namespace {

class Reader {
 public:
  Reader(const TomlValues& values, Theme theme) : values_(values), theme_(theme) {}

  void sheet(const toml::table& root, StyleSheet& result) const {
    for (const auto& [key, node] : root) {
      if (key.str() == "paper") {
        paper(result.paper, values_.table(node));
      } else if (LayerStyle* style = result.find(key.str())) {
        *style = layer(values_.table(node));
      } else {
        values_.fail(node, "unknown layer \"{0}\"", key.str());
      }
    }
  }

 private:
  void paper(PaperStyle& paper, const toml::table& table) const {
    for (const auto& [key, node] : table)
      if (key.str() != "dark" &&
          !take(paper_words, key.str(), [&](auto member) { paper.*member = values_.colour(node); }))
        fail(node, "unknown key \"{0}\"", key.str());
    if (const toml::node* dark = table.get("dark")) {
      PaperStyle darker = paper;
      this->paper(darker, values_.table(*dark));
      if (theme_ == Theme::dark) paper = darker;
    }
  }

  LayerStyle layer(const toml::table& table) const {
    LayerStyle result;
    for (const auto& [key, node] : table) {
      if (key.str() == "importance") {
        result.importance = text(node);
      } else if (key.str() == "label_endings") {
        label_endings(result, node);
      } else if (key.str() == "rule") {
        const toml::array* rules = node.as_array();
        if (!rules || rules->size() > most_rules)
          fail(node, "rules are an array of at most {0} tables", most_rules);
        for (const toml::node& item : *rules) result.rules.push_back(rule(values_.table(item)));
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

  StyleRule rule(const toml::table& table) const {
    StyleRule result;
    for (const auto& [key, node] : table) {
      if (key.str() == "when") {
        for (const auto& [field, values] : values_.table(node))
          result.when.push_back({std::string{field.str()}, values_.texts(values), false});
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
  void darken(StyleRule& rule, const toml::table& table) const {
    const toml::node* dark = table.get("dark");
    if (!dark) return;
    StyleRule darker = rule;
    for (const auto& [key, node] : values_.table(*dark))
      if (!take(colour_words, key.str(), [&](auto part) { part(darker) = values_.colour(node); }))
        fail(node, "\"{0}\" is no colour of a style", key.str());
    if (theme_ == Theme::dark) rule = darker;
  }

  // Gives the member of a known word to `set`; whether the word is known.
  template <class Words, class Set>
  static bool take(const Words& words, std::string_view key, const Set& set) {
    const auto found =
        std::find_if(words.begin(), words.end(), [&](const auto& word) { return word.first == key; });
    if (found == words.end()) return false;
    set(found->second);
    return true;
  }

  template <class Value, std::size_t count>
  Value word(const std::array<Word<Value>, count>& words, const toml::node& node, const char* unknown) const {
    const std::string wanted = text(node);
    for (const auto& [name, value] : words)
      if (name == wanted) return value;
    fail(node, unknown, wanted);
  }

  void property(StyleRule& rule, std::string_view key, const toml::node& node) const {
    if (key == "zh") {
      rule.label_zh = text(node);
    } else if (key == "en") {
      rule.label_en = text(node);
    } else if (key == "shape") {
      rule.shape = word(shape_words, node, "unknown shape \"{0}\"");
    } else if (key == "hatch") {
      rule.hatch = word(hatch_words, node, "unknown hatch \"{0}\"");
    } else if (key == "dash") {
      dash(rule, node);
    } else if (!take(number_words, key, [&](auto part) { part(rule) = number(node); }) &&
               !take(whole_number_words, key, [&](auto part) { part(rule) = values_.whole_number(node); }) &&
               !take(size_words, key, [&](auto part) { part(rule) = zoom_size(node); }) &&
               !take(colour_words, key, [&](auto part) { part(rule) = values_.colour(node); }) &&
               !take(field_words, key, [&](auto part) { part(rule) = text(node); })) {
      fail(node, "unknown key \"{0}\"", key);
    }
  }

  void dash(StyleRule& rule, const toml::node& node) const {
    const toml::array* pair = node.as_array();
    if (!pair || pair->size() != 2) fail(node, "a dash is [on, off] in multiples of the line's width");
    rule.dash_on = number((*pair)[0]);
    rule.dash_off = number((*pair)[1]);
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

  template <class... Parts>
  [[noreturn]] void fail(const toml::node& node, const char* what, const Parts&... parts) const {
    values_.fail(node, what, parts...);
  }
  double number(const toml::node& node) const { return values_.number(node); }
  std::string text(const toml::node& node) const { return values_.text(node); }

  const TomlValues& values_;
  Theme theme_;
};

}  // namespace

void TomlValues::fail_at(const toml::source_position& at, std::string_view what) const {
  throw BadToml{Issue{IssueCode::input_bad_definition,
                      "style file {0}, line {1}, column {2}: {3}; correct it or restore the file", name_,
                      at.line, at.column, what}};
}

const toml::table& TomlValues::table(const toml::node& node) const {
  if (const toml::table* table = node.as_table()) return *table;
  fail(node, "a table is needed here");
}

const toml::array& TomlValues::array(const toml::node& node) const {
  if (const toml::array* array = node.as_array()) return *array;
  fail(node, "an array is needed here");
}

double TomlValues::number(const toml::node& node) const {
  const auto value = node.value<double>();
  if (!value || !std::isfinite(*value)) fail(node, "a number is needed here");
  return *value;
}

int TomlValues::whole_number(const toml::node& node) const {
  const double value = number(node);
  if (std::abs(value) > 1e6) fail(node, "a number up to a million is needed here");
  return static_cast<int>(value);
}

bool TomlValues::yes_or_no(const toml::node& node) const {
  if (const auto value = node.value_exact<bool>()) return *value;
  fail(node, "true or false is needed here");
}

std::string TomlValues::text(const toml::node& node) const {
  if (const auto value = node.value_exact<std::string>()) return *value;
  fail(node, "a text in quotes is needed here");
}

Colour TomlValues::colour(const toml::node& node) const {
  if (const auto parsed = parse_colour(text(node))) return *parsed;
  fail(node, "\"{0}\" is no colour; write #rrggbb or #rrggbbaa", text(node));
}

std::vector<std::string> TomlValues::texts(const toml::node& node) const {
  const auto value_text = [this](const toml::node& item) {
    return item.is_integer() ? std::to_string(*item.value<long long>()) : text(item);
  };
  if (!node.is_array()) return {value_text(node)};
  std::vector<std::string> result;
  for (const toml::node& item : *node.as_array()) result.push_back(value_text(item));
  return result;
}

void read_styles(const toml::table& root, const TomlValues& values, Theme theme, StyleSheet& sheet) {
  Reader{values, theme}.sheet(root, sheet);
}

Result<StyleSheet> StyleSheet::parse(std::string_view toml, std::string_view name, Theme theme) {
  return parse(toml, name, theme, StyleSheet{});
}

Result<StyleSheet> StyleSheet::parse(std::string_view toml, std::string_view name, Theme theme,
                                     StyleSheet under) {
  const TomlValues values{name};
  try {
    try {
      read_styles(toml::parse(toml), values, theme, under);
      return under;
    } catch (const toml::parse_error& error) {
      values.fail_at(error.source().begin, error.description());
    }
  } catch (const BadToml& bad) {
    return bad.issue;
  }
}

namespace {

Result<std::string> text_of(const std::filesystem::path& file) {
  std::ifstream stream{file, std::ios::binary};
  if (stream) return std::string{std::istreambuf_iterator<char>{stream}, std::istreambuf_iterator<char>{}};
  return Issue{IssueCode::input_missing,
               "the style file {0} cannot be read; reinstall the program or set XIANGTU_ASSETS to its assets "
               "folder",
               file.string()};
}

// Points without a shape would not be drawn at all: one that is not named is that of the sheet below.
void take_shapes(const StyleSheet& below, StyleSheet& sheet) {
  const auto has_shape = [](const StyleRule& rule) { return rule.shape.has_value(); };
  for (std::size_t role = 0; role < sheet.roles.size(); ++role) {
    LayerStyle& style = sheet.roles[role];
    if (!has_shape(style.base) && std::ranges::none_of(style.rules, has_shape))
      style.base.shape = below.roles[role].base.shape;
  }
}

}  // namespace

std::filesystem::path user_styles_file() {
  const std::filesystem::path folder = config_folder();
  return folder.empty() ? folder : folder / "styles.toml";
}

Result<MapStyles> load_shipped_styles() {
  const std::filesystem::path file = assets_folder() / "styles.toml";
  Result<StyleSheet> light = StyleSheet::load(file, Theme::light);
  if (!light) return light.issue();
  Result<StyleSheet> dark = StyleSheet::load(file, Theme::dark);
  if (!dark) return dark.issue();
  return MapStyles{std::make_shared<const StyleSheet>(std::move(*light)),
                   std::make_shared<const StyleSheet>(std::move(*dark))};
}

Result<MapStyles> load_user_styles() {
  const Result<MapStyles> shipped = load_shipped_styles();
  const std::filesystem::path own = user_styles_file();
  std::error_code error;
  if (!shipped || own.empty() || !std::filesystem::exists(own, error)) return shipped;
  const Result<std::string> text = text_of(own);
  if (!text) return text.issue();
  MapStyles styles;
  for (const auto& [theme, sheet] :
       {std::pair{Theme::light, &styles.light}, std::pair{Theme::dark, &styles.dark}}) {
    Result<StyleSheet> laid_over = StyleSheet::parse(*text, own.string(), theme, *shipped->of(theme));
    if (!laid_over) return laid_over.issue();
    take_shapes(*shipped->of(theme), *laid_over);
    *sheet = std::make_shared<const StyleSheet>(std::move(*laid_over));
  }
  return styles;
}

Result<StyleSheet> StyleSheet::load(const std::filesystem::path& file, Theme theme) {
  const Result<std::string> text = text_of(file);
  if (!text) return text.issue();
  return parse(*text, file.string(), theme);
}

}  // namespace xiangtu::render::scene
