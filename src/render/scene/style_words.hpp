// The words of style files and what each sets: for reading, writing and editing alike.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

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

// Where a rule keeps what a word sets: in itself, in its names, or in its shields.
template <class Value>
using Part = std::optional<Value>& (*)(StyleRule&);
template <auto member>
constexpr auto& own(StyleRule& rule) {
  return rule.*member;
}
template <auto member>
constexpr auto& in_name(StyleRule& rule) {
  return rule.name.*member;
}
template <auto member>
constexpr auto& in_shield(StyleRule& rule) {
  return rule.shield.*member;
}

inline constexpr std::array<Word<Part<double>>, 9> number_words{
    {{"min_zoom", own<&StyleRule::min_zoom>},
     {"max_zoom", own<&StyleRule::max_zoom>},
     {"outline_width", own<&StyleRule::outline_width>},
     {"label_min_zoom", in_name<&LabelRule::min_zoom>},
     {"label_max_zoom", in_name<&LabelRule::max_zoom>},
     {"label_distance", in_name<&LabelRule::distance>},
     {"shield_min_zoom", in_shield<&LabelRule::min_zoom>},
     {"shield_max_zoom", in_shield<&LabelRule::max_zoom>},
     {"shield_distance", in_shield<&LabelRule::distance>}}};

inline constexpr std::array<Word<Part<int>>, 5> whole_number_words{
    {{"order", own<&StyleRule::order>},
     {"label_priority", in_name<&LabelRule::priority>},
     {"label_characters", in_name<&LabelRule::characters>},
     {"shield_priority", in_shield<&LabelRule::priority>},
     {"shield_characters", in_shield<&LabelRule::characters>}}};

inline constexpr std::array<Word<Part<ZoomSize>>, 5> size_words{
    {{"width", own<&StyleRule::width>},
     {"casing", own<&StyleRule::casing>},
     {"size", own<&StyleRule::size>},
     {"label_size", in_name<&LabelRule::size>},
     {"shield_size", in_shield<&LabelRule::size>}}};

inline constexpr std::array<Word<Part<Colour>>, 10> colour_words{
    {{"colour", own<&StyleRule::colour>},
     {"casing_colour", own<&StyleRule::casing_colour>},
     {"fill", own<&StyleRule::fill>},
     {"symbol", own<&StyleRule::symbol_colour>},
     {"outline", own<&StyleRule::outline>},
     {"label_colour", in_name<&LabelRule::colour>},
     {"halo", in_name<&LabelRule::halo>},
     {"shield_colour", in_shield<&LabelRule::colour>},
     {"shield_fill", own<&StyleRule::shield_fill>},
     {"shield_outline", own<&StyleRule::shield_outline>}}};

// Names of the text fields that labels are written from.
inline constexpr std::array<Word<Part<std::string>>, 2> field_words{
    {{"label", in_name<&LabelRule::field>}, {"shield", in_shield<&LabelRule::field>}}};

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

}  // namespace xiangtu::render::scene
