// From an atlas and its figures to what is on the map; window and `map` command alike.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "atlas/atlas.hpp"
#include "indicators/coverage.hpp"
#include "render/scene/scene.hpp"

namespace xiangtu::render::scene {

// Every layer of the atlas that has geometry, ready for a scene; each keeps the atlas. On any thread.
std::vector<PreparedLayer> prepare(const std::shared_ptr<const atlas::Atlas>& atlas,
                                   const StyleSheet& styles);

// Adds every layer of the atlas that has geometry, named by name_of.
void add_atlas(Scene& scene, std::shared_ptr<const atlas::Atlas> atlas,
               const std::function<std::string(table::Role)>& name_of);

// The layer whose polygons are the units of a level; none when the region has no such polygons.
std::optional<LayerId> unit_layer(const Scene& scene, atlas::Level level);

// Colours for that layer's polygons by one indicator; titles and labels in the catalogue's language.
std::shared_ptr<const Choropleth> unit_choropleth(const atlas::Atlas& atlas,
                                                  const indicators::CoverageTable& table,
                                                  std::size_t indicator, atlas::Level level,
                                                  const Catalogue& texts,
                                                  const ChoroplethSettings& settings = {});

}  // namespace xiangtu::render::scene
