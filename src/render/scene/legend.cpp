#include <algorithm>
#include <cstdint>
#include <set>

#include "render/scene/furniture.hpp"
#include "render/scene/paint.hpp"

namespace xiangtu::render::scene {

namespace {

using table::GeometryKind;

// Styles of which something is drawn in this view.
std::set<StyleIx> styles_in_view(const Scene& scene, const MapLayer& layer, const Camera& camera) {
  const std::vector<bool> seen = scene.styles_near(layer, camera, camera.view());
  std::set<StyleIx> used;
  for (std::size_t i = 0; i < seen.size(); ++i)
    if (seen[i] && layer.rows->styles[i].visible_at(camera.zoom())) used.insert(StyleIx{i});
  return used;
}

LegendEntry::Kind kind_of(const MapLayer& layer, const FeatureStyle& style) {
  if (style.symbol.shape != Shape::none) return LegendEntry::Kind::symbol;
  const bool filled = layer.table->geometry.kind() == GeometryKind::polygon && style.fill.colour.a > 0;
  return filled && style.line.width.zero() ? LegendEntry::Kind::fill : LegendEntry::Kind::line;
}

FeatureStyle tinted(FeatureStyle style, const LayerLook& look) {
  if (look.tint) style.line.colour = style.symbol.colour = style.fill.colour = *look.tint;
  return style;
}

// As pale as the units are at this scale, or no colour of the map would be found in the legend.
void add_choropleth(const Choropleth& choropleth, double opacity, const PaperStyle& paper,
                    std::vector<LegendEntry>& legend) {
  legend.push_back({LegendEntry::Kind::heading, choropleth.title, {}, false});
  if (!choropleth.by.empty()) legend.push_back({LegendEntry::Kind::note, choropleth.by, {}, false});
  for (const Choropleth::LegendEntry& entry : choropleth.legend()) {
    FeatureStyle style;
    style.fill = {(entry.hatched ? paper.unknown : entry.colour).with_alpha(opacity),
                  entry.hatched ? Hatch::diagonal : Hatch::none};
    legend.push_back({LegendEntry::Kind::fill, entry.text, std::move(style), false});
  }
}

void add_layer(const Scene& scene, const MapLayer& layer, const Camera& camera, Language language,
               std::vector<LegendEntry>& legend) {
  const std::set<StyleIx> used = styles_in_view(scene, layer, camera);
  if (used.empty()) return;
  const LayerStyle& style = scene.styles().of(layer.role, layer.table->geometry.kind());
  std::uint64_t rules = 0;
  for (const StyleIx ix : used) rules |= layer.rows->rules[ix.value];
  std::vector<LegendEntry> entries;
  for (std::size_t i = 0; i < style.rules.size(); ++i) {
    const StyleRule& rule = style.rules[i];
    if (!(rules >> i & 1) || rule.label(language).empty()) continue;
    FeatureStyle look;
    style.base.lay_over(look);
    rule.lay_over(look);
    look = tinted(std::move(look), layer.look);
    const LegendEntry::Kind kind = kind_of(layer, look);
    // Two rules may say the same about different rows: one entry, at the later rule's place.
    std::erase_if(entries, [&](const LegendEntry& entry) { return entry.text == rule.label(language); });
    entries.push_back({kind, std::string{rule.label(language)}, std::move(look), false});
  }
  // Rows that no labelled rule is about look as the base says.
  const bool plain = std::any_of(used.begin(), used.end(), [&](StyleIx ix) {
    for (std::size_t i = 0; i < style.rules.size(); ++i)
      if ((layer.rows->rules[ix.value] >> i & 1) && !style.rules[i].label(language).empty()) return false;
    return true;
  });
  if (plain && !entries.empty()) {
    FeatureStyle look;
    style.base.lay_over(look);
    look = tinted(std::move(look), layer.look);
    const LegendEntry::Kind kind = kind_of(layer, look);
    const std::string_view label = style.base.label(language);
    entries.push_back({kind, label.empty() ? layer.name : std::string{label}, std::move(look), false});
  }
  if (entries.empty()) {
    FeatureStyle look = tinted(layer.rows->styles[used.begin()->value], layer.look);
    const LegendEntry::Kind kind = kind_of(layer, look);
    legend.push_back({kind, layer.name, std::move(look), true});
    return;
  }
  legend.push_back({LegendEntry::Kind::heading, layer.name, {}, false});
  std::move(entries.begin(), entries.end(), std::back_inserter(legend));
}

}  // namespace

std::vector<LegendEntry> legend_of(const Scene& scene, const Camera& camera, Language language) {
  std::vector<LegendEntry> legend;
  const auto& layers = scene.layers();
  const auto& backgrounds = scene.backgrounds().all();
  const bool on_ground = std::any_of(backgrounds.begin(), backgrounds.end(), [](const Background& each) {
    return each.look.visible && each.look.opacity > 0;
  });
  for (auto layer = layers.rbegin(); layer != layers.rend(); ++layer)
    if (layer->look.visible && layer->look.choropleth)
      add_choropleth(*layer->look.choropleth, fill_opacity(*layer, camera.zoom(), on_ground),
                     scene.styles().paper, legend);
  for (auto layer = layers.rbegin(); layer != layers.rend(); ++layer)
    if (layer->look.visible) add_layer(scene, *layer, camera, language, legend);
  return legend;
}

}  // namespace xiangtu::render::scene
