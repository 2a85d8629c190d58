#include "render/scene/atlas_scene.hpp"

#include <utility>
#include <vector>

#include "base/parallel.hpp"
#include "base/text.hpp"

namespace xiangtu::render::scene {

using atlas::Atlas;
using atlas::Level;

namespace {

std::optional<table::Role> role_of(Level level) {
  if (level == Level::county) return table::Role::counties;
  if (level == Level::township) return table::Role::townships;
  return std::nullopt;
}

}  // namespace

std::vector<PreparedLayer> prepare(const std::shared_ptr<const Atlas>& atlas, const StyleSheet& styles) {
  std::vector<const atlas::Layer*> drawn;
  for (const atlas::Layer& layer : atlas->layers)
    if (layer.table.has_geometry()) drawn.push_back(&layer);
  std::vector<PreparedLayer> prepared(drawn.size());
  parallel_for(drawn.size(), 1, Progress{}, [&](std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i)
      prepared[i] = prepare(drawn[i]->role,
                            std::shared_ptr<const table::FeatureTable>(atlas, &drawn[i]->table), styles);
  });
  return prepared;
}

void add_atlas(Scene& scene, std::shared_ptr<const Atlas> atlas,
               const std::function<std::string(table::Role)>& name_of) {
  for (PreparedLayer& layer : prepare(atlas, scene.styles())) {
    std::string name = name_of(*layer.role);
    scene.add(std::move(name), std::move(layer));
  }
}

std::optional<LayerId> unit_layer(const Scene& scene, Level level) {
  const auto role = role_of(level);
  for (const MapLayer& layer : scene.layers())
    if (role && layer.role == role && layer.table->geometry.kind() == table::GeometryKind::polygon)
      return layer.id;
  return std::nullopt;
}

namespace {

std::optional<double> shown_of(const indicators::Figure& figure, Shown shown) {
  if (shown == Shown::value) return figure.value;
  return figure.denominator > 0 ? std::optional{figure.unknown / figure.denominator} : std::nullopt;
}

}  // namespace

std::shared_ptr<const Choropleth> unit_choropleth(const Atlas& atlas, const indicators::CoverageTable& table,
                                                  std::size_t indicator, Level level, const Catalogue& texts,
                                                  const ChoroplethSettings& settings) {
  const auto role = role_of(level);
  const atlas::Layer* layer = role ? atlas.layer(*role) : nullptr;
  if (!layer) return nullptr;
  std::vector<std::optional<double>> of_unit(atlas.hierarchy.size()), of_row(layer->table.size());
  for (std::size_t row = 0; row < table.units.size(); ++row)
    of_unit[table.units[row].value] = shown_of(table.figure(row, indicator), settings.shown);
  for (std::size_t row = 0; row < of_row.size(); ++row)
    if (atlas.hierarchy[layer->unit_of[row]].level == level) of_row[row] = of_unit[layer->unit_of[row].value];

  const Classes limits = classify(of_row, settings);
  const int count = static_cast<int>(limits.count());
  Choropleth choropleth = make_choropleth(
      of_row, limits, count > 0 ? ramp(settings.ramp, count, settings.reversed) : std::vector<Colour>{});
  const indicators::IndicatorInfo& info = table.indicators[indicator];
  const Language language = texts.language();
  const bool percent = info.fraction || settings.shown == Shown::unknown_share;
  choropleth.shown = settings.shown;
  choropleth.title = settings.shown == Shown::unknown_share
                         ? Message("{0}: share not known", info.name(language)).in(texts)
                         : info.name(language) + (percent ? "" : " (" + info.unit(language) + ")");
  choropleth.by = texts(level == Level::county ? "by county" : "by township");
  choropleth.unknown_label = texts("unknown");
  choropleth.format = [percent, length = info.unit_en == "km"](double value, int decimals) {
    if (percent) return format_fixed(value * 100, decimals) + "%";
    return length ? format_fixed(value, decimals) : format_number(value, decimals);
  };
  return std::make_shared<const Choropleth>(std::move(choropleth));
}

}  // namespace xiangtu::render::scene
