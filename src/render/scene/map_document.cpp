#include "render/scene/map_document.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "base/text.hpp"
#include "base/toml_text.hpp"
#include "render/scene/styles_toml.hpp"

namespace xiangtu::render::scene {

namespace {

// To a tenth of a metre. None where that is no box on the earth.
std::optional<geodesy::LonLatBox> as_written(const geodesy::LonLatBox& exact) {
  const auto rounded = [](double degrees) { return std::round(degrees * 1e6) / 1e6; };
  const geodesy::LonLatBox box{{rounded(exact.min.lon), rounded(exact.min.lat)},
                               {rounded(exact.max.lon), rounded(exact.max.lat)}};
  const bool on_earth = box.min.lon >= -180 && box.min.lat >= -90 && box.max.lon <= 180 && box.max.lat <= 90;
  if (on_earth && box.min.lon < box.max.lon && box.min.lat < box.max.lat) return box;
  return std::nullopt;
}

// Reads [map]; every key is known or refused.
class MapReader {
 public:
  explicit MapReader(const TomlValues& values) : values_(values) {}

  void map(const toml::table& table, SavedMap& into) const {
    MapDocument& document = into.document;
    std::optional<double> zoom;
    std::optional<geodesy::LonLat> centre;
    for (const auto& [key, node] : table) {
      if (key.str() == "centre")
        centre = position(node);
      else if (key.str() == "zoom")
        zoom = values_.number(node);
      else if (key.str() == "extent")
        into.extent = extent(node);
      else if (key.str() == "order")
        document.order = values_.texts(node);
      else if (key.str() == "indicator")
        document.indicator = values_.text(node);
      else if (key.str() == "coloured")
        document.coloured = values_.yes_or_no(node);
      else if (key.str() == "level")
        into.looked_at.level = level(node);
      else if (key.str() == "unit")
        into.looked_at.unit = values_.text(node);
      else if (key.str() == "tables")
        tables(values_.table(node), into.looked_at);
      else if (key.str() == "graticule")
        document.graticule = values_.yes_or_no(node);
      else if (key.str() == "layers")
        for (const auto& [name, choice] : values_.table(node))
          document.layers[std::string{name.str()}] = layer(values_.table(choice));
      else if (key.str() == "backgrounds")
        for (const toml::node& background : values_.array(node)) add_background(background, document);
      else if (key.str() == "choropleths")
        for (const auto& [name, settings] : values_.table(node))
          document.choropleths[std::string{name.str()}] = choropleth(values_.table(settings));
      else
        values_.fail(node, "unknown key \"{0}\"", key.str());
    }
    if (centre && zoom) into.view = MapView{*centre, std::clamp(*zoom, 1.0, 22.0)};
  }

 private:
  geodesy::LonLat position(const toml::node& node) const {
    const toml::array& pair = values_.array(node);
    if (pair.size() != 2) values_.fail(node, "a position is [longitude, latitude]");
    const geodesy::LonLat position{values_.number(pair[0]), values_.number(pair[1])};
    if (std::abs(position.lon) > 180 || std::abs(position.lat) > 90)
      values_.fail(node, "a position is [longitude, latitude] in degrees");
    return position;
  }

  geodesy::LonLatBox extent(const toml::node& node) const {
    const toml::array& sides = values_.array(node);
    const auto side = [&](std::size_t i) { return sides.size() == 4 ? values_.number(sides[i]) : 0; };
    if (const auto box = as_written({{side(0), side(1)}, {side(2), side(3)}})) return *box;
    values_.fail(node, "an extent is [west, south, east, north] in degrees");
  }

  atlas::Level level(const toml::node& node) const {
    const auto known = atlas::level_from_name(values_.text(node));
    if (known != atlas::Level::county && known != atlas::Level::township)
      values_.fail(node, "unknown level \"{0}\"; there are county and township", values_.text(node));
    return *known;
  }

  void tables(const toml::table& table, LookedAt& into) const {
    for (const auto& [key, node] : table) {
      if (key.str() == "figures")
        into.parent = values_.text(node);
      else if (key.str() == "attributes")
        into.attributes = values_.text(node);
      else if (key.str() == "in_front")
        into.attributes_in_front = values_.text(node) == "attributes";
      else if (key.str() == "chart")
        into.chart = values_.text(node);
      else
        values_.fail(node, "unknown key \"{0}\"", key.str());
    }
  }

  LayerChoice layer(const toml::table& table) const {
    LayerChoice choice;
    for (const auto& [key, node] : table) {
      if (key.str() == "visible")
        choice.visible = values_.yes_or_no(node);
      else if (key.str() == "opacity")
        choice.opacity = std::clamp(values_.number(node), 0.0, 1.0);
      else if (key.str() == "tint")
        choice.tint = values_.colour(node);
      else if (key.str() == "names")
        choice.names = values_.yes_or_no(node);
      else
        values_.fail(node, "unknown key \"{0}\"", key.str());
    }
    return choice;
  }

  void add_background(const toml::node& entry, MapDocument& document) const {
    BackgroundChoice choice;
    for (const auto& [key, node] : values_.table(entry)) {
      if (key.str() == "source")
        choice.source = values_.text(node);
      else if (key.str() == "visible")
        choice.visible = values_.yes_or_no(node);
      else if (key.str() == "opacity")
        choice.opacity = std::clamp(values_.number(node), 0.0, 1.0);
      else if (key.str() == "drawing")
        choice.drawing = drawing(node);
      else
        values_.fail(node, "unknown key \"{0}\"", key.str());
    }
    if (choice.source.empty()) values_.fail(entry, "a background needs a source, such as \"heights.tif\"");
    const auto same = [&](const BackgroundChoice& other) { return other.source == choice.source; };
    if (std::none_of(document.backgrounds.begin(), document.backgrounds.end(), same))
      document.backgrounds.push_back(std::move(choice));
  }

  raster::Drawing drawing(const toml::node& node) const {
    const auto known =
        std::find(std::begin(raster::drawing_names), std::end(raster::drawing_names), values_.text(node));
    if (known == std::end(raster::drawing_names))
      values_.fail(node, "unknown drawing \"{0}\"; there are picture, hillshade and relief",
                   values_.text(node));
    return static_cast<raster::Drawing>(known - std::begin(raster::drawing_names));
  }

  ChoroplethSettings choropleth(const toml::table& table) const {
    ChoroplethSettings settings;
    for (const auto& [key, node] : table) {
      if (key.str() == "method")
        settings.method = method(node);
      else if (key.str() == "classes")
        settings.count = std::clamp(values_.whole_number(node), 1, max_classes);
      else if (key.str() == "limits")
        settings.limits = limits(node);
      else if (key.str() == "ramp")
        settings.ramp = ramp(node);
      else if (key.str() == "reversed")
        settings.reversed = values_.yes_or_no(node);
      else if (key.str() == "shows")
        settings.shown = shown(node);
      else
        values_.fail(node, "unknown key \"{0}\"", key.str());
    }
    return settings;
  }

  ClassMethod method(const toml::node& node) const {
    if (const auto known = class_method_from_name(values_.text(node))) return *known;
    values_.fail(node, "unknown method \"{0}\"; there are quantile, equal, natural and manual",
                 values_.text(node));
  }

  Shown shown(const toml::node& node) const {
    const std::string name = values_.text(node);
    if (name == "value") return Shown::value;
    if (name == "unknown") return Shown::unknown_share;
    values_.fail(node, "\"{0}\" cannot be shown; there are value and unknown", name);
  }

  std::string ramp(const toml::node& node) const {
    const std::string name = values_.text(node);
    const auto names = ramp_names();
    if (std::find(names.begin(), names.end(), name) == names.end())
      values_.fail(node, "unknown ramp \"{0}\"", name);
    return name;
  }

  std::vector<double> limits(const toml::node& node) const {
    std::vector<double> limits;
    for (const toml::node& item : values_.array(node)) limits.push_back(values_.number(item));
    if (limits.size() >= static_cast<std::size_t>(max_classes))
      values_.fail(node, "at most {0} classes can be told apart", max_classes);
    if (!std::is_sorted(limits.begin(), limits.end())) values_.fail(node, "limits ascend");
    return limits;
  }

  const TomlValues& values_;
};

bool names_dark(const toml::table& style) {
  if (style.contains("dark")) return true;
  const toml::array* rules = style["rule"].as_array();
  return rules && std::any_of(rules->begin(), rules->end(),
                              [](const toml::node& rule) { return rule.as_table()->contains("dark"); });
}

// Layers of which [styles] names a style get it.
void take_styles(const toml::table& table, const TomlValues& values, MapDocument& document) {
  StyleSheet light, dark;
  read_styles(table, values, Theme::light, light);
  read_styles(table, values, Theme::dark, dark);
  for (const auto& [name, node] : table) {
    const LayerStyle* style = light.find(name.str());
    if (!style) continue;  // [styles.paper]
    OwnStyle own{*style, std::nullopt};
    if (names_dark(values.table(node))) own.dark = *dark.find(name.str());
    document.layers[std::string{name.str()}].style = std::make_shared<const OwnStyle>(std::move(own));
  }
}

std::string layer_text(const std::string& name, const LayerChoice& choice) {
  std::string text;
  if (!choice.visible) text += "visible = false\n";
  if (choice.opacity != 1) text += fmt::format("opacity = {}\n", format_exact(choice.opacity));
  if (choice.tint) text += fmt::format("tint = {}\n", toml_colour(*choice.tint));
  if (!choice.names) text += "names = false\n";
  return text.empty() ? text : fmt::format("[map.layers.{}]\n{}", toml_text(name), text);
}

std::string style_text(const std::string& name, const OwnStyle& style) {
  return to_toml(style.light, fmt::format("styles.{}", name), style.dark ? &*style.dark : nullptr);
}

std::string background_text(const BackgroundChoice& choice) {
  std::string text = fmt::format("[[map.backgrounds]]\nsource = {}\n", toml_text(choice.source));
  if (!choice.visible) text += "visible = false\n";
  if (choice.opacity != 1) text += fmt::format("opacity = {}\n", format_exact(choice.opacity));
  if (choice.drawing)
    text +=
        fmt::format("drawing = \"{}\"\n", raster::drawing_names[static_cast<std::size_t>(*choice.drawing)]);
  return text;
}

std::string choropleth_text(const std::string& indicator, const ChoroplethSettings& settings) {
  std::string limits;
  for (const double limit : settings.limits) limits += (limits.empty() ? "" : ", ") + format_exact(limit);
  std::string text =
      fmt::format("[map.choropleths.{}]\nmethod = {}\nclasses = {}\nramp = {}\n", toml_text(indicator),
                  toml_text(class_method_name(settings.method)), settings.count, toml_text(settings.ramp));
  if (!limits.empty()) text += fmt::format("limits = [{}]\n", limits);
  if (settings.reversed) text += "reversed = true\n";
  if (settings.shown == Shown::unknown_share) text += "shows = \"unknown\"\n";
  return text;
}

std::string tables_text(const LookedAt& looked_at) {
  std::string text;
  if (!looked_at.parent.empty()) text += fmt::format("figures = {}\n", toml_text(looked_at.parent));
  if (!looked_at.attributes.empty())
    text += fmt::format("attributes = {}\n", toml_text(looked_at.attributes));
  if (looked_at.attributes_in_front) text += "in_front = \"attributes\"\n";
  if (!looked_at.chart.empty()) text += fmt::format("chart = {}\n", toml_text(looked_at.chart));
  return text.empty() ? text : "[map.tables]\n" + text;
}

// The scene's layers in the document's order; those that it does not name keep their places among the others.
void put_in_order(const std::vector<std::string>& order, Scene& scene) {
  std::vector<std::size_t> places;
  std::vector<std::pair<std::size_t, LayerId>> named;
  const auto& layers = scene.layers();
  for (std::size_t place = 0; place < layers.size(); ++place) {
    const auto found = std::find(order.begin(), order.end(), name_of(layers[place]));
    if (found == order.end()) continue;
    places.push_back(place);
    named.emplace_back(static_cast<std::size_t>(found - order.begin()), layers[place].id);
  }
  std::stable_sort(named.begin(), named.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  for (std::size_t i = 0; i < named.size(); ++i)
    if (scene.layers()[places[i]].id != named[i].second) scene.move(named[i].second, places[i]);
}

}  // namespace

bool operator==(const LayerChoice& a, const LayerChoice& b) {
  const bool same_style = a.style == b.style || (a.style && b.style && *a.style == *b.style);
  return same_style && a.visible == b.visible && a.opacity == b.opacity && a.tint == b.tint &&
         a.names == b.names;
}

BackgroundLook BackgroundChoice::look(const raster::SourceFacts& facts) const {
  return {visible, opacity, drawing.value_or(raster::default_drawing(facts))};
}

LayerChoice MapDocument::layer(std::string_view name) const {
  const auto found = layers.find(name);
  return found == layers.end() ? LayerChoice{} : found->second;
}

ChoroplethSettings MapDocument::choropleth(std::string_view of) const {
  const auto found = choropleths.find(of);
  return found == choropleths.end() ? ChoroplethSettings{} : found->second;
}

std::optional<geodesy::LonLatBox> extent_seen(const Camera& camera) {
  const WorldBox view = camera.view();
  const geodesy::LonLat low = lonlat_of({std::max(view.min.x, 0.0), std::min(view.max.y, 1.0)}),
                        high = lonlat_of({std::min(view.max.x, 1.0), std::max(view.min.y, 0.0)});
  return as_written({low, high});
}

std::string name_of(const MapLayer& layer) {
  return std::string{style_name(layer.role, layer.table->geometry.kind())};
}

std::shared_ptr<const StyleSheet> sheet_of(const MapDocument& document, const MapStyles& under, Theme theme) {
  std::shared_ptr<StyleSheet> own;
  for (const auto& [name, choice] : document.layers) {
    const LayerStyle* light = under.light->find(name);
    if (!choice.style || !light) continue;
    if (!own) own = std::make_shared<StyleSheet>(*under.of(theme));
    LayerStyle& style = *own->find(name);
    style = theme == Theme::light ? choice.style->light
                                  : dark_style(*choice.style, *light, *under.dark->find(name));
  }
  return own ? std::shared_ptr<const StyleSheet>(std::move(own)) : under.of(theme);
}

void apply(const MapDocument& document, const MapStyles& styles, Theme theme, Scene& scene) {
  for (const MapLayer& layer : scene.layers()) {
    const LayerChoice choice = document.layer(name_of(layer));
    LayerLook& look = *scene.look(layer.id);
    look.visible = choice.visible;
    look.opacity = choice.opacity;
    look.tint = choice.tint;
    look.labels = choice.names;
  }
  put_in_order(document.order, scene);
  const std::shared_ptr<const StyleSheet> wanted = sheet_of(document, styles, theme);
  if (*wanted != scene.styles()) scene.set_styles(wanted);
}

std::string to_toml(const SavedMap& map) {
  const MapDocument& document = map.document;
  std::string text = "\n[map]\n";
  if (map.view)
    text += fmt::format("centre = [{:.6f}, {:.6f}]\nzoom = {:.3f}\n", map.view->centre.lon,
                        map.view->centre.lat, map.view->zoom);
  if (const auto& seen = map.extent)
    text += fmt::format("extent = [{:.6f}, {:.6f}, {:.6f}, {:.6f}]\n", seen->min.lon, seen->min.lat,
                        seen->max.lon, seen->max.lat);
  std::string order;
  for (const std::string& name : document.order) order += (order.empty() ? "" : ", ") + toml_text(name);
  if (!order.empty()) text += fmt::format("order = [{}]\n", order);
  if (!document.indicator.empty()) text += fmt::format("indicator = {}\n", toml_text(document.indicator));
  text += fmt::format("coloured = {}\n", document.coloured);
  if (const auto level = map.looked_at.level)
    text += fmt::format("level = \"{}\"\n", atlas::level_names[static_cast<std::size_t>(*level)]);
  if (!map.looked_at.unit.empty()) text += fmt::format("unit = {}\n", toml_text(map.looked_at.unit));
  if (document.graticule) text += "graticule = true\n";
  for (const auto& [name, choice] : document.layers) text += layer_text(name, choice);
  for (const auto& [indicator, settings] : document.choropleths) text += choropleth_text(indicator, settings);
  for (const BackgroundChoice& choice : document.backgrounds) text += background_text(choice);
  text += tables_text(map.looked_at);
  for (const auto& [name, choice] : document.layers)
    if (choice.style) text += "\n" + style_text(name, *choice.style);
  return text;
}

Result<SavedMap> read_map(std::string_view toml, std::string_view name) {
  const TomlValues values{name};
  SavedMap map;
  try {
    try {
      const toml::table root = toml::parse(toml);
      if (const toml::node* node = root.get("map")) MapReader{values}.map(values.table(*node), map);
      if (const toml::node* node = root.get("styles")) take_styles(values.table(*node), values, map.document);
    } catch (const toml::parse_error& error) {
      values.fail_at(error.source().begin, error.description());
    }
  } catch (const BadToml& bad) {
    return bad.issue;
  }
  return map;
}

}  // namespace xiangtu::render::scene
