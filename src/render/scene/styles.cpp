#include "render/scene/styles.hpp"

#include <algorithm>
#include <utility>

namespace xiangtu::render::scene {

namespace {

template <class T>
void set(T& target, const std::optional<T>& value) {
  if (value) target = *value;
}

}  // namespace

double ZoomSize::at(double zoom) const {
  if (stops_.empty()) return 0;
  if (zoom <= stops_.front().zoom) return stops_.front().pixels;
  const auto above =
      std::find_if(stops_.begin(), stops_.end(), [zoom](const Stop& stop) { return stop.zoom > zoom; });
  if (above == stops_.end()) return stops_.back().pixels;
  const Stop& below = *(above - 1);
  const double share = (zoom - below.zoom) / (above->zoom - below.zoom);
  return below.pixels + share * (above->pixels - below.pixels);
}

void StyleRule::lay_over(FeatureStyle& style) const {
  set(style.min_zoom, min_zoom);
  set(style.max_zoom, max_zoom);
  set(style.order, order);
  set(style.line.width, width);
  set(style.line.colour, colour);
  set(style.line.casing, casing);
  set(style.line.casing_colour, casing_colour);
  set(style.line.dash_on, dash_on);
  set(style.line.dash_off, dash_off);
  set(style.fill.colour, fill);
  set(style.fill.hatch, hatch);
  set(style.symbol.shape, shape);
  set(style.symbol.size, size);
  set(style.symbol.colour, symbol_colour);
  set(style.symbol.outline, outline);
  set(style.symbol.outline_width, outline_width);
  name.lay_over(style.label);
  shield.lay_over(style.shield.label);
  set(style.shield.fill, shield_fill);
  set(style.shield.outline, shield_outline);
}

void LabelRule::lay_over(LabelStyle& style) const {
  set(style.field, field);
  set(style.size, size);
  set(style.colour, colour);
  set(style.halo, halo);
  set(style.min_zoom, min_zoom);
  set(style.max_zoom, max_zoom);
  set(style.distance, distance);
  set(style.priority, priority);
  set(style.characters, characters);
}

std::string LayerStyle::label_text(std::string_view name) const {
  for (const auto& [ending, shorter] : label_endings)
    if (name.size() > ending.size() && name.ends_with(ending))
      return std::string{name.substr(0, name.size() - ending.size())} + shorter;
  return std::string{name};
}

std::set<std::string> LayerStyle::fields(std::optional<double> zoom) const {
  std::set<std::string> fields = label_fields(zoom);
  if (!importance.empty()) fields.insert(importance);
  for (const StyleRule& rule : rules)
    for (const RuleCondition& condition : rule.when) fields.insert(condition.field);
  return fields;
}

std::set<std::string> LayerStyle::label_fields(std::optional<double> zoom) const {
  std::set<std::string> fields;
  const auto add = [&](LabelRule StyleRule::*label, const std::string& usual) {
    std::set<std::string> named{(base.*label).field.value_or(usual)};
    bool sized = (base.*label).size.has_value();
    double from = (base.*label).min_zoom.value_or(sized ? 0 : 1e9);  // where the first of them appears
    for (const StyleRule& rule : rules) {
      if ((rule.*label).field) named.insert(*(rule.*label).field);
      sized = sized || (rule.*label).size;
      if ((rule.*label).size || (rule.*label).min_zoom)
        from = std::min(from, (rule.*label).min_zoom.value_or(0));
    }
    named.erase("");
    if (!zoom || (sized && from <= *zoom)) fields.merge(named);
  };
  add(&StyleRule::name, LabelStyle{}.field);
  add(&StyleRule::shield, "");  // only where a rule names it
  return fields;
}

const LayerStyle& StyleSheet::of(std::optional<table::Role> role, table::GeometryKind kind) const {
  return role ? roles[static_cast<std::size_t>(*role)] : other[static_cast<std::size_t>(kind)];
}

LayerStyle& StyleSheet::of(std::optional<table::Role> role, table::GeometryKind kind) {
  return const_cast<LayerStyle&>(std::as_const(*this).of(role, kind));
}

const LayerStyle* StyleSheet::find(std::string_view name) const {
  if (const auto role = table::role_from_name(name)) return &roles[static_cast<std::size_t>(*role)];
  using enum table::GeometryKind;
  for (const auto kind : {point, line, polygon})
    if (name == style_name(std::nullopt, kind)) return &of(std::nullopt, kind);
  return nullptr;
}

LayerStyle* StyleSheet::find(std::string_view name) {
  return const_cast<LayerStyle*>(std::as_const(*this).find(name));
}

std::string_view style_name(std::optional<table::Role> role, table::GeometryKind kind) {
  if (role) return table::role_name(*role);
  switch (kind) {
    case table::GeometryKind::point:
      return "other_points";
    case table::GeometryKind::line:
      return "other_lines";
    case table::GeometryKind::polygon:
      return "other_polygons";
    case table::GeometryKind::none:
      break;
  }
  return "";
}

}  // namespace xiangtu::render::scene
