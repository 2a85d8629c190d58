// Writes what styles_reader.cpp reads.
#include <algorithm>

#include <fmt/format.h>

#include "base/text.hpp"
#include "base/toml_text.hpp"
#include "render/scene/styles_toml.hpp"

namespace xiangtu::render::scene {

namespace {

template <class Words, class Value>
std::string_view word_of(const Words& words, Value value) {
  for (const auto& [name, known] : words)
    if (known == value) return name;
  return words.front().first;
}

// A number is written only where it is read as this size.
std::string toml_size(const ZoomSize& size) {
  const auto& stops = size.stops();
  if (stops.empty()) return "0";
  if (stops.size() == 1 && stops[0].zoom == 0 && stops[0].pixels > 0) return format_exact(stops[0].pixels);
  std::string text;
  for (const ZoomSize::Stop& stop : stops)
    text += fmt::format("{}[{}, {}]", text.empty() ? "" : ", ", format_exact(stop.zoom),
                        format_exact(stop.pixels));
  return "[" + text + "]";
}

std::string toml_list(const std::vector<std::string>& values) {
  if (values.size() == 1) return toml_text(values[0]);
  std::string text;
  for (const std::string& value : values) text += (text.empty() ? "" : ", ") + toml_text(value);
  return "[" + text + "]";
}

class Writer {
 public:
  std::string layer(const LayerStyle& style, std::string_view path, const LayerStyle* dark) {
    out_ = fmt::format("[{}]\n", path);
    if (!style.importance.empty()) line("importance", toml_text(style.importance));
    if (!style.label_endings.empty()) line("label_endings", endings(style));
    rule(style.base);
    if (dark) out_ += fmt::format("[{}.dark]\n{}", path, dark_colours(style.base, dark->base, "\n"));
    for (std::size_t i = 0; i < style.rules.size(); ++i) {
      out_ += fmt::format("[[{}.rule]]\n", path);
      conditions(style.rules[i]);
      rule(style.rules[i]);
      const std::string colours =
          dark ? dark_colours(style.rules[i], dark->rules.at(i), ", ") : std::string{};
      if (!colours.empty()) line("dark", "{ " + colours.substr(0, colours.size() - 2) + " }");
    }
    return std::move(out_);
  }

 private:
  void line(std::string_view key, std::string_view value) { out_ += fmt::format("{} = {}\n", key, value); }

  static std::string endings(const LayerStyle& style) {
    std::string text;
    for (const auto& [ending, shorter] : style.label_endings)
      text += fmt::format("{}[{}, {}]", text.empty() ? "" : ", ", toml_text(ending), toml_text(shorter));
    return "[" + text + "]";
  }

  // Those that differ, each with an end.
  static std::string dark_colours(StyleRule rule, StyleRule dark, std::string_view end) {
    std::string text;
    for (const auto& [key, part] : colour_words)
      if (part(dark) && part(dark) != part(rule))
        text += fmt::format("{} = {}{}", key, toml_colour(*part(dark)), end);
    return text;
  }

  void conditions(const StyleRule& rule) {
    std::string fields;
    for (const RuleCondition& condition : rule.when) {
      if (condition.missing)
        line("missing", toml_text(condition.field));
      else
        fields += fmt::format("{}{} = {}", fields.empty() ? "" : ", ", toml_text(condition.field),
                              toml_list(condition.values));
    }
    if (!fields.empty()) line("when", "{ " + fields + " }");
  }

  void rule(StyleRule rule) {
    if (!rule.label_zh.empty()) line("zh", toml_text(rule.label_zh));
    if (!rule.label_en.empty()) line("en", toml_text(rule.label_en));
    for (const auto& [key, part] : number_words)
      if (part(rule)) line(key, format_exact(*part(rule)));
    for (const auto& [key, part] : whole_number_words)
      if (part(rule)) line(key, fmt::format("{}", *part(rule)));
    for (const auto& [key, part] : size_words)
      if (part(rule)) line(key, toml_size(*part(rule)));
    for (const auto& [key, part] : colour_words)
      if (part(rule)) line(key, toml_colour(*part(rule)));
    for (const auto& [key, part] : field_words)
      if (part(rule)) line(key, toml_text(*part(rule)));
    if (rule.dash_on || rule.dash_off)
      line("dash", fmt::format("[{}, {}]", format_exact(rule.dash_on.value_or(0)),
                               format_exact(rule.dash_off.value_or(0))));
    if (rule.shape) line("shape", toml_text(word_of(shape_words, *rule.shape)));
    if (rule.hatch) line("hatch", toml_text(word_of(hatch_words, *rule.hatch)));
  }

  std::string out_;
};

std::string paper_toml(const PaperStyle& paper, const PaperStyle& under) {
  std::string text;
  for (const auto& [key, member] : paper_words)
    if (paper.*member != under.*member) text += fmt::format("{} = {}\n", key, toml_colour(paper.*member));
  return text.empty() ? text : "[paper]\n" + text;
}

}  // namespace

std::string toml_colour(Colour colour) {
  std::string text = fmt::format("\"#{:02x}{:02x}{:02x}", colour.r, colour.g, colour.b);
  if (colour.a != 255) text += fmt::format("{:02x}", colour.a);
  return text + "\"";
}

std::string to_toml(const LayerStyle& style, std::string_view path, const LayerStyle* dark) {
  return Writer{}.layer(style, path, dark);
}

std::string to_toml(const StyleSheet& sheet, const StyleSheet& under) {
  std::string text = paper_toml(sheet.paper, under.paper);
  for (std::size_t i = 0; i < sheet.roles.size(); ++i)
    if (sheet.roles[i] != under.roles[i])
      text += to_toml(sheet.roles[i], table::role_name(static_cast<table::Role>(i)));
  using enum table::GeometryKind;
  for (const auto kind : {point, line, polygon})
    if (sheet.of(std::nullopt, kind) != under.of(std::nullopt, kind))
      text += to_toml(sheet.of(std::nullopt, kind), style_name(std::nullopt, kind));
  return text;
}

}  // namespace xiangtu::render::scene
