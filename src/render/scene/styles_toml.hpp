// The words of style files, for reading and writing alike, and the reading of their single values.
#pragma once

#include <array>
#include <exception>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <toml++/toml.h>

#include "base/result.hpp"
#include "render/scene/styles.hpp"

namespace xiangtu::render::scene {

template <class Value>
using Word = std::pair<std::string_view, Value>;

inline constexpr std::array<Word<Shape>, 10> shape_words{{{"none", Shape::none},
                                                          {"circle", Shape::circle},
                                                          {"square", Shape::square},
                                                          {"diamond", Shape::diamond},
                                                          {"triangle", Shape::triangle},
                                                          {"drop", Shape::drop},
                                                          {"cross", Shape::cross},
                                                          {"bridge", Shape::bridge},
                                                          {"house", Shape::house},
                                                          {"star", Shape::star}}};

inline constexpr std::array<Word<Hatch>, 2> hatch_words{
    {{"none", Hatch::none}, {"diagonal", Hatch::diagonal}}};

// Where a rule keeps what a word sets.
template <class Value>
using Part = std::optional<Value>& (*)(StyleRule&);

inline constexpr std::array<Word<Part<double>>, 9> number_words{
    {{"min_zoom", [](StyleRule& rule) -> auto& {return rule.min_zoom;
}  // namespace xiangtu::render::scene
}
, {"max_zoom", [](StyleRule& rule) -> auto& {return rule.max_zoom;
}
}
, {"outline_width", [](StyleRule& rule) -> auto& {return rule.outline_width;
}
}
, {"label_min_zoom", [](StyleRule& rule) -> auto& {return rule.name.min_zoom;
}
}
, {"label_max_zoom", [](StyleRule& rule) -> auto& {return rule.name.max_zoom;
}
}
, {"label_distance", [](StyleRule& rule) -> auto& {return rule.name.distance;
}
}
, {"shield_min_zoom", [](StyleRule& rule) -> auto& {return rule.shield.min_zoom;
}
}
, {"shield_max_zoom", [](StyleRule& rule) -> auto& {return rule.shield.max_zoom;
}
}
, {
  "shield_distance", [](StyleRule & rule) -> auto& {
    return rule.shield.distance;
  }
}
}
}
;

inline constexpr std::array<Word<Part<int>>, 5> whole_number_words{
    {{"order", [](StyleRule& rule) -> auto& {return rule.order;
}
}
, {"label_priority", [](StyleRule& rule) -> auto& {return rule.name.priority;
}
}
, {"label_characters", [](StyleRule& rule) -> auto& {return rule.name.characters;
}
}
, {"shield_priority", [](StyleRule& rule) -> auto& {return rule.shield.priority;
}
}
, {
  "shield_characters", [](StyleRule & rule) -> auto& {
    return rule.shield.characters;
  }
}
}
}
;

inline constexpr std::array<Word<Part<ZoomSize>>, 5> size_words{
    {{"width", [](StyleRule& rule) -> auto& {return rule.width;
}
}
, {"casing", [](StyleRule& rule) -> auto& {return rule.casing;
}
}
, {"size", [](StyleRule& rule) -> auto& {return rule.size;
}
}
, {"label_size", [](StyleRule& rule) -> auto& {return rule.name.size;
}
}
, {
  "shield_size", [](StyleRule & rule) -> auto& {
    return rule.shield.size;
  }
}
}
}
;

inline constexpr std::array<Word<Part<Colour>>, 10> colour_words{
    {{"colour", [](StyleRule& rule) -> auto& {return rule.colour;
}
}
, {"casing_colour", [](StyleRule& rule) -> auto& {return rule.casing_colour;
}
}
, {"fill", [](StyleRule& rule) -> auto& {return rule.fill;
}
}
, {"symbol", [](StyleRule& rule) -> auto& {return rule.symbol_colour;
}
}
, {"outline", [](StyleRule& rule) -> auto& {return rule.outline;
}
}
, {"label_colour", [](StyleRule& rule) -> auto& {return rule.name.colour;
}
}
, {"halo", [](StyleRule& rule) -> auto& {return rule.name.halo;
}
}
, {"shield_colour", [](StyleRule& rule) -> auto& {return rule.shield.colour;
}
}
, {"shield_fill", [](StyleRule& rule) -> auto& {return rule.shield_fill;
}
}
, {
  "shield_outline", [](StyleRule & rule) -> auto& {
    return rule.shield_outline;
  }
}
}
}
;

// Names of the text fields that labels are written from.
inline constexpr std::array<Word<Part<std::string>>, 2> field_words{
    {{"label", [](StyleRule& rule) -> auto& {return rule.name.field;
}
}
, {
  "shield", [](StyleRule & rule) -> auto& {
    return rule.shield.field;
  }
}
}
}
;

inline constexpr std::array<Word<Colour PaperStyle::*>, 11> paper_words{
    {{"sheet", &PaperStyle::sheet},
     {"background", &PaperStyle::background},
     {"frame", &PaperStyle::frame},
     {"text", &PaperStyle::text},
     {"quiet_text", &PaperStyle::quiet_text},
     {"panel", &PaperStyle::panel},
     {"highlight", &PaperStyle::highlight},
     {"highlight_halo", &PaperStyle::highlight_halo},
     {"unknown", &PaperStyle::unknown},
     {"unknown_hatch", &PaperStyle::unknown_hatch},
     {"graticule", &PaperStyle::graticule}}};

inline constexpr std::size_t most_rules = 63;  // a row's rules are the bits of a number

// Left by throw, caught where the reading began: keeps the readers of single values flat.
struct BadToml {
  Issue issue;
};

// Values of a TOML file that is called by a name; what does not fit is thrown with its line and column.
class TomlValues {
 public:
  explicit TomlValues(std::string_view name) : name_(name) {}

  template <class... Values>
  [[noreturn]] void fail(const toml::node& node, const char* what, const Values&... values) const {
    fail_at(node.source().begin, fmt::format(fmt::runtime(what), values...));
  }
  [[noreturn]] void fail_at(const toml::source_position& at, std::string_view what) const;

  const toml::table& table(const toml::node& node) const;
  const toml::array& array(const toml::node& node) const;
  double number(const toml::node& node) const;
  int whole_number(const toml::node& node) const;
  bool yes_or_no(const toml::node& node) const;
  std::string text(const toml::node& node) const;
  Colour colour(const toml::node& node) const;
  // A text, or an array of them; whole numbers may stand for texts.
  std::vector<std::string> texts(const toml::node& node) const;

 private:
  std::string name_;
};

// Lays the tables of a style file over a sheet.
void read_styles(const toml::table& root, const TomlValues& values, Theme theme, StyleSheet& sheet);

// As it stands in a file.
std::string toml_colour(Colour colour);

}  // namespace xiangtu::render::scene
