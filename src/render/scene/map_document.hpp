// How a map is set up, apart from its data: all that a user decides about it, takes back and saves. A value.
//
// In a workspace file:
//   [map]
//   centre = [109.7, 38.3]            # longitude, latitude
//   zoom = 8.4
//   extent = [109.1, 37.9, 110.3, 38.7]  # west, south, east, north: what a picture shows; else all
//   order = ["counties", "roads"]     # layers, the lowest first
//   indicator = "tap_household_rate"  # whose classes colour the units
//   coloured = true
//   level = "township"                # whose units carry the colours
//   unit = "610826"                   # the selected one
//   graticule = true
//   [map.layers.roads]                # only what differs from how the layer comes
//   visible = false
//   opacity = 0.5
//   tint = "#1f6f9f"
//   names = false
//   [map.choropleths.tap_household_rate]
//   method = "manual"
//   limits = [0.5, 0.8]
//   ramp = "YlOrRd"
//   [[map.backgrounds]]               # the lowest first
//   source = "heights.tif"            # relative to the file
//   opacity = 0.5
//   drawing = "relief"
//   [map.tables]                      # that were open
//   figures = "610826"                # the unit whose units the table of figures shows
//   attributes = "roads"
//   in_front = "attributes"           # of the tabs; else the figures
//   chart = "distances"
//   [styles.roads]                    # as in assets/styles.toml; the layer's style as a whole. Where neither
//   it colour = "#aa3322"                # nor a rule of it says `dark`, colours that are the sheet's follow
//   the theme [styles.roads.dark] colour = "#dd6655"
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "atlas/hierarchy.hpp"
#include "base/result.hpp"
#include "render/scene/backgrounds.hpp"
#include "render/scene/choropleth.hpp"
#include "render/scene/own_style.hpp"
#include "render/scene/scene.hpp"

namespace xiangtu::render::scene {

struct LayerChoice {
  bool visible = true;
  double opacity = 1;
  std::optional<Colour> tint;
  bool names = true;
  std::shared_ptr<const OwnStyle> style;  // null: as the style sheets have it
};
bool operator==(const LayerChoice& a, const LayerChoice& b);

struct BackgroundChoice {
  std::string source;  // path or address, as it is opened
  bool visible = true;
  double opacity = 1;
  std::optional<raster::Drawing> drawing;  // else as fits it

  BackgroundLook look(const raster::SourceFacts& facts) const;
  bool operator==(const BackgroundChoice&) const = default;
};

struct MapDocument {
  std::map<std::string, LayerChoice, std::less<>>
      layers;                      // by name_of(); those that are as they come may lack
  std::vector<std::string> order;  // by name_of(), the lowest first; empty: as they come
  std::string indicator;           // its id; empty: not chosen
  bool coloured = true;
  bool graticule = false;                                              // meridians and parallels
  std::map<std::string, ChoroplethSettings, std::less<>> choropleths;  // by indicator
  std::vector<BackgroundChoice> backgrounds;                           // the lowest first, each source once

  LayerChoice layer(std::string_view name) const;
  ChoroplethSettings choropleth(std::string_view indicator) const;
  // Each path in it by what `convert` makes of it: a file has them relative to itself.
  template <class Convert>
  void convert_paths(const Convert& convert) {
    for (BackgroundChoice& background : backgrounds) background.source = convert(background.source);
  }
  bool operator==(const MapDocument&) const = default;
};

struct MapView {
  geodesy::LonLat centre;
  double zoom = 0;
  bool operator==(const MapView&) const = default;
};
// What a camera sees of the earth, as exactly as a file says it; none where that is next to nothing.
std::optional<geodesy::LonLatBox> extent_seen(const Camera& camera);

// What was looked at when a map was saved: no setup of the map, and no step back leads there.
struct LookedAt {
  std::optional<atlas::Level> level;  // county or township: whose polygons carry the colours
  std::string unit;                   // code of the selected one; empty: none
  std::string parent;                 // … of the one whose units the table of figures shows; empty: all
  std::string attributes;             // by name_of(): whose attribute table is open; empty: none is
  bool attributes_in_front = false;   // of the table of figures
  std::string chart;                  // what the chart beside it shows, as the window says it; empty: closed
  bool operator==(const LookedAt&) const = default;
};

struct SavedMap {
  MapDocument document;
  std::optional<MapView> view = {};
  // What was seen, whatever the size of window or sheet; none: everything.
  std::optional<geodesy::LonLatBox> extent = {};
  LookedAt looked_at = {};
};

// What a document calls a layer: the name of its style.
std::string name_of(const MapLayer& layer);

// The theme's sheet with the document's own styles in it.
std::shared_ptr<const StyleSheet> sheet_of(const MapDocument& document, const MapStyles& under, Theme theme);

// Sets looks, order and styles of the scene's layers; those of the theme's sheet where the document has none.
// Colours of units and backgrounds, which are to be opened first, are not touched.
void apply(const MapDocument& document, const MapStyles& styles, Theme theme, Scene& scene);

// The part of a workspace file that is about the map; read_map(to_toml(m)) == m for all that is shown by a
// map. Errors have file, line and column. Other parts of the file are not looked at.
std::string to_toml(const SavedMap& map);
Result<SavedMap> read_map(std::string_view toml, std::string_view name);

}  // namespace xiangtu::render::scene
