// What is on the map: layers in drawing order, and the geometry built for the present view.
//
// Thread rules: a Scene belongs to one thread (the window's). It has one background thread of its own
// that builds tiles from the immutable tables; update() only fetches what is ready and asks for what is
// missing, so a frame never waits. settle() builds everything that a view needs before it returns.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/ids.hpp"
#include "base/progress.hpp"
#include "render/scene/backgrounds.hpp"
#include "render/scene/camera.hpp"
#include "render/scene/choropleth.hpp"
#include "render/scene/highlight.hpp"
#include "render/scene/piece.hpp"
#include "render/scene/styles.hpp"
#include "table/feature_table.hpp"
#include "table/role.hpp"

namespace xiangtu::render::scene {

// Stable while the layer is in the scene, whatever its position. Never reused.
using LayerId = Index<struct MapLayerTag>;

// What a user may change about a layer at any time; nothing is rebuilt for it.
struct LayerLook {
  bool visible = true;
  double opacity = 1;          // of the layer as a whole
  std::optional<Colour> tint;  // replaces line, fill and symbol colours
  bool labels = true;
  std::shared_ptr<const Choropleth> choropleth;  // polygons only; null: by style

  bool operator==(const LayerLook&) const = default;
};

struct MapLayer {
  LayerId id;
  std::string name;  // for legend and lists, in the user's language
  std::optional<table::Role> role;
  std::shared_ptr<const table::FeatureTable> table;  // geometry of kind point, line or polygon
  LayerLook look;
  RowMarks filter;                         // set by Scene::filter
  bool at_every_zoom = false;              // set by Scene::show_at_every_zoom
  std::shared_ptr<const StyledRows> rows;  // made by Scene::add; at every zoom where one of both says so
  geodesy::LonLatBox box;                  // made by Scene::add
};

// A layer made ready for a scene, on any thread: adding it then costs nothing.
struct PreparedLayer {
  std::optional<table::Role> role;
  std::shared_ptr<const table::FeatureTable> table;
  std::shared_ptr<const StyledRows> rows;
  geodesy::LonLatBox box;
};
// The table has geometry.
PreparedLayer prepare(std::optional<table::Role> role, std::shared_ptr<const table::FeatureTable> table,
                      const StyleSheet& styles);

// Selected rows of a layer, ascending.
struct LayerRows {
  LayerId layer;
  std::vector<RowIx> rows;
};

// The default place of a role in the drawing order: polygons < roads < bridges < points.
int default_order(std::optional<table::Role> role, table::GeometryKind kind);

class TileStore;

class Scene {
 public:
  explicit Scene(std::shared_ptr<const StyleSheet> styles);
  ~Scene();
  Scene(const Scene&) = delete;
  Scene& operator=(const Scene&) = delete;

  // Puts a layer at its role's default place. A table without geometry is not drawn and gets no id.
  // To take a table out of an atlas without copying: shared_ptr<const FeatureTable>(atlas, &layer.table).
  LayerId add(std::string name, std::optional<table::Role> role,
              std::shared_ptr<const table::FeatureTable> table);
  LayerId add(std::string name, PreparedLayer prepared);
  void remove(LayerId id);
  void clear();
  // Position 0 is drawn first (lowest).
  void move(LayerId id, std::size_t position);
  const std::vector<MapLayer>& layers() const { return layers_; }  // in drawing order
  const MapLayer* find(LayerId id) const;
  // Null when there is no such layer.
  LayerLook* look(LayerId id);
  void rename(LayerId id, std::string name);
  // Only the rows that are marked are on the map, at every zoom, none thinned while they are few; null: all.
  void filter(LayerId id, RowMarks marks);
  // Whether the styles show a row of some layer at a zoom, with no regard to looks and filters. A map that is
  // blank as a whole would seem empty: what opens one shows its layers at every zoom instead.
  bool shows_something_at(double zoom) const;
  // All layers that there are, whatever zooms their styles say, thinned as usual; false: as their styles say.
  void show_at_every_zoom(bool every);

  // Under all layers; clear() leaves them.
  Backgrounds& backgrounds() { return backgrounds_; }
  const Backgrounds& backgrounds() const { return backgrounds_; }

  const StyleSheet& styles() const { return *styles_; }
  const std::shared_ptr<const StyleSheet>& shared_styles() const { return styles_; }
  // Other styles. Colours and widths are there with the next frame; where other rows or shapes are needed,
  // what was built stays until the new is complete.
  void set_styles(std::shared_ptr<const StyleSheet> styles);

  void select(std::vector<LayerRows> selection);
  const std::vector<LayerRows>& selection() const { return selection_; }
  // Changes with every select().
  std::uint64_t selection_revision() const { return selection_revision_; }

  // Every layer that has geometry; where there is none, the backgrounds. Empty for an empty scene.
  geodesy::LonLatBox box() const;

  // Once a frame: fetches tiles that are ready, asks for those missing in this view.
  void update(const Camera& camera);
  // Builds all tiles of the view now, on several threads.
  void settle(const Camera& camera, Progress& progress);
  // No tile of the view given to the last update() is missing.
  bool settled() const;

  // Every visible layer has something to be drawn with in this view, be it coarse.
  bool presentable(const Camera& camera) const;

  // The tiles to draw for a layer in this view: all of one level of detail. With a reach also those around
  // it that are ready, as far away as so many style pixels.
  std::vector<std::shared_ptr<const Piece>> pieces(const MapLayer& layer, const Camera& camera,
                                                   double reach_px = 0) const;
  // The rows drawn for a layer in this view whose boxes meet a box: what can be picked there.
  std::vector<RowIx> rows_near(const MapLayer& layer, const Camera& camera, const WorldBox& box) const;
  // By number, whether one of these rows has the style.
  std::vector<bool> styles_near(const MapLayer& layer, const Camera& camera, const WorldBox& box) const;
  // The outlines and symbols of selected rows that meet an area, at the detail of this view.
  Highlight highlight_of(const MapLayer& layer, const Camera& camera, const std::vector<RowIx>& rows,
                         const WorldBox& area) const;
  // Changes whenever pieces() or a look-independent part of the picture may have changed.
  std::uint64_t revision() const { return revision_; }

 private:
  // A layer with a new style whose tiles are not built yet; until then it has an id of its own.
  struct Restyled {
    LayerId of;
    bool looks_alike = false;  // what is on the map is sorted alike and follows changes of looks meanwhile
    MapLayer layer;
  };

  MapLayer* find_mutable(LayerId id);
  const LayerStyle& style_of(const MapLayer& layer) const;
  // Of the newest style, be they on the map yet or not.
  const StyledRows& latest_rows(const MapLayer& layer) const;
  void sort_again(MapLayer& layer);
  void restyle(MapLayer& layer, const LayerStyle& before, const LayerStyle& style);
  void forget_restyled(LayerId of);
  std::vector<MapLayer> with_restyled() const;
  // Puts restyled layers that are complete in this view in their places.
  void take_restyled(const Camera& camera);

  std::shared_ptr<const StyleSheet> styles_;
  std::vector<MapLayer> layers_;
  Backgrounds backgrounds_;
  std::vector<Restyled> restyled_;
  std::vector<LayerRows> selection_;
  std::uint32_t next_id_ = 0;
  std::uint64_t revision_ = 0;
  std::uint64_t selection_revision_ = 0;
  bool settled_ = false;
  std::unique_ptr<TileStore> store_;
};

}  // namespace xiangtu::render::scene
