#include "cli/map_reading.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "render/scene/piece.hpp"
#include "render/scene/pyramid.hpp"

namespace xiangtu::cli {

namespace {

namespace scene = render::scene;
using atlas::Atlas;
using table::Role;
using workspace::Workspace;

double zoom_of(const geodesy::LonLatBox& extent, const PictureWanted& wanted) {
  scene::MapSheet sheet = wanted.sheet;
  print::show(extent, wanted.size, sheet);
  return scene::camera_of(sheet, extent).zoom();
}

class Reader {
 public:
  Reader(const PictureWanted& wanted, const Workspace& workspace, const scene::StyleSheet& styles,
         Progress& progress)
      : wanted_(wanted), workspace_(workspace), styles_(styles), progress_(progress) {}

  // With a level of detail only the rows that the styles show there, with the fields that are drawn there.
  Result<Atlas> read(const std::set<Role>& roles, std::optional<int> level,
                     const std::optional<geodesy::LonLatBox>& view) const {
    if (wanted_.figures) return workspace_.read_all(progress_);
    const auto to_draw = [&](Role role) -> std::optional<Workspace::ToDraw> {
      if (!roles.contains(role)) return std::nullopt;
      const scene::LayerStyle& style = style_of(role);
      const bool all_zooms = !level || *level == scene::max_level;
      return Workspace::ToDraw{style.fields(all_zooms ? std::nullopt : std::optional<double>(*level)),
                               level ? scene::rows_shown_at(style, *level) : std::nullopt};
    };
    return workspace_.read_to_draw(to_draw, wanted_.unit ? Workspace::Units::placed : Workspace::Units::none,
                                   view, progress_);
  }

  // Reads more than the picture only where that does not tell.
  Result<bool> blank_as_a_whole(const Atlas& picture) const {
    const std::set<Role> all = workspace_.drawn_roles();
    const std::optional<geodesy::LonLatBox> extent = workspace_.extent(all);
    const double zoom = extent ? zoom_of(*extent, wanted_) : 0;  // at least
    if (has_layer_shown_throughout(all, zoom) || shows_something(picture, zoom)) return false;
    if (wanted_.figures || (!wanted_.view && wanted_.roles == all)) return is_blank(picture, extent);
    const auto whole = read(all, extent ? std::optional{scene::level_of(zoom)} : std::nullopt, std::nullopt);
    if (!whole) return whole.issue();
    return is_blank(*whole, extent);
  }

 private:
  const scene::LayerStyle& style_of(Role role) const { return styles_.of(role, table::GeometryKind::none); }

  // A layer of which the styles show every row at a zoom, and which has rows.
  bool has_layer_shown_throughout(const std::set<Role>& roles, double zoom) const {
    return std::any_of(roles.begin(), roles.end(), [&](Role role) {
      if (scene::rows_shown_at(style_of(role), static_cast<int>(std::floor(zoom)))) return false;
      const auto extent = workspace_.extent({role});
      return extent && !extent->empty();
    });
  }

  bool is_blank(const Atlas& whole, const std::optional<geodesy::LonLatBox>& extent) const {
    return !shows_something(whole, zoom_of(extent.value_or(extent_of(whole)), wanted_));
  }

  bool shows_something(const Atlas& atlas, double zoom) const {
    return std::any_of(atlas.layers.begin(), atlas.layers.end(), [&](const atlas::Layer& layer) {
      return layer.table.has_geometry() &&
             scene::shows_rows_at(layer.table, scene::style_rows(layer.table, style_of(layer.role)), zoom);
    });
  }

  const PictureWanted& wanted_;
  const Workspace& workspace_;
  const scene::StyleSheet& styles_;
  Progress& progress_;
};

}  // namespace

geodesy::LonLatBox extent_of(const Atlas& atlas) {
  geodesy::LonLatBox box;
  for (const atlas::Layer& layer : atlas.layers) box.add(layer.table.geometry.box());
  return box;
}

Result<PictureTables> read_for_picture(const PictureWanted& wanted, const Workspace& workspace,
                                       const scene::StyleSheet& styles, Progress& progress) {
  const Reader reader(wanted, workspace, styles, progress);
  std::optional<geodesy::LonLatBox> view;
  std::optional<int> level;
  if (wanted.view) view = scene::view_of(wanted.sheet);
  if (wanted.sheet.extent)
    level = scene::level_of(scene::camera_of(wanted.sheet, *wanted.sheet.extent).zoom());
  auto tables = reader.read(wanted.roles, level, view);
  if (!tables) return tables.issue();
  const auto blank = reader.blank_as_a_whole(*tables);
  if (!blank) return blank.issue();
  if (*blank && level) tables = reader.read(wanted.roles, std::nullopt, view);
  if (tables && wanted.view &&
      !extent_of(*tables).intersects(*wanted.view))  // to say where there is something
    tables = reader.read(wanted.roles, std::nullopt, std::nullopt);
  if (!tables) return tables.issue();
  return PictureTables{std::move(*tables), *blank};
}

}  // namespace xiangtu::cli
