#include "render/scene/scene.hpp"

#include <algorithm>
#include <utility>

#include "render/scene/tile_store.hpp"

namespace xiangtu::render::scene {

using table::GeometryKind;
using table::Role;

namespace {

// Rows that the user filters for are on the map at every zoom.
StyledRows as_shown(StyledRows rows, const MapLayer& layer) {
  return layer.filter || layer.at_every_zoom ? shown_at_every_zoom(std::move(rows)) : std::move(rows);
}

}  // namespace

int default_order(std::optional<Role> role, GeometryKind kind) {
  const int by_kind = kind == GeometryKind::polygon ? 0 : kind == GeometryKind::line ? 100 : 200;
  if (!role) return by_kind + 40;
  switch (*role) {
    case Role::counties:
      return by_kind;
    case Role::townships:
      return by_kind + 10;
    case Role::villages:
    case Role::admin_villages:
      return by_kind + 22;
    case Role::natural_villages:
      return by_kind + 20;
    case Role::roads:
      return by_kind + 50;
    case Role::bridges:  // lines, but over all roads; points, but under villages
      return 190;
    case Role::rivers:
      return by_kind + 40;
    case Role::projects:
      return by_kind + 60;
    case Role::housing:
      return by_kind + 64;
    case Role::sanitation:
      return by_kind + 66;
    case Role::water_projects:
      return by_kind + 68;
  }
  return by_kind;
}

Scene::Scene(std::shared_ptr<const StyleSheet> styles)
    : styles_(std::move(styles)), store_(std::make_unique<TileStore>()) {}

Scene::~Scene() = default;

PreparedLayer prepare(std::optional<Role> role, std::shared_ptr<const table::FeatureTable> table,
                      const StyleSheet& styles) {
  const table::GeometryColumn& geometry = table->geometry;
  auto rows = std::make_shared<const StyledRows>(style_rows(*table, styles.of(role, geometry.kind())));
  return {role, table, std::move(rows), geometry.box()};
}

LayerId Scene::add(std::string name, std::optional<Role> role,
                   std::shared_ptr<const table::FeatureTable> table) {
  if (!table || !table->has_geometry()) return LayerId::none();
  return add(std::move(name), prepare(role, std::move(table), *styles_));
}

LayerId Scene::add(std::string name, PreparedLayer prepared) {
  const GeometryKind kind = prepared.table->geometry.kind();
  MapLayer layer;
  layer.id = LayerId{std::size_t{next_id_++}};
  layer.name = std::move(name);
  layer.role = prepared.role;
  layer.table = std::move(prepared.table);
  layer.rows = std::move(prepared.rows);
  layer.box = prepared.box;
  const int order = default_order(layer.role, kind);
  const auto place = std::find_if(layers_.begin(), layers_.end(), [&](const MapLayer& other) {
    return default_order(other.role, other.table->geometry.kind()) > order;
  });
  store_->set_layer(layer);
  ++revision_;
  const LayerId id = layer.id;
  layers_.insert(place, std::move(layer));
  return id;
}

void Scene::remove(LayerId id) {
  forget_restyled(id);
  store_->remove(id);
  std::erase_if(layers_, [id](const MapLayer& layer) { return layer.id == id; });
  std::erase_if(selection_, [id](const LayerRows& rows) { return rows.layer == id; });
  ++revision_;
  ++selection_revision_;
}

void Scene::clear() {
  for (const MapLayer& layer : with_restyled()) store_->remove(layer.id);
  restyled_.clear();
  layers_.clear();
  select({});
  ++revision_;
}

void Scene::move(LayerId id, std::size_t position) {
  const auto from =
      std::find_if(layers_.begin(), layers_.end(), [id](const MapLayer& layer) { return layer.id == id; });
  if (from == layers_.end()) return;
  const auto to = layers_.begin() + static_cast<std::ptrdiff_t>(std::min(position, layers_.size() - 1));
  if (from < to)
    std::rotate(from, from + 1, to + 1);
  else
    std::rotate(to, from, from + 1);
  ++revision_;
}

const MapLayer* Scene::find(LayerId id) const {
  const auto found =
      std::find_if(layers_.begin(), layers_.end(), [id](const MapLayer& layer) { return layer.id == id; });
  return found == layers_.end() ? nullptr : &*found;
}

MapLayer* Scene::find_mutable(LayerId id) {
  return const_cast<MapLayer*>(find(id));
}

LayerLook* Scene::look(LayerId id) {
  MapLayer* layer = find_mutable(id);
  return layer ? &layer->look : nullptr;
}

void Scene::rename(LayerId id, std::string name) {
  if (MapLayer* layer = find_mutable(id)) layer->name = std::move(name);
}

void Scene::filter(LayerId id, RowMarks marks) {
  MapLayer* layer = find_mutable(id);
  if (!layer || layer->filter == marks) return;
  layer->filter = std::move(marks);
  sort_again(*layer);
}

bool Scene::shows_something_at(double zoom) const {
  return std::any_of(layers_.begin(), layers_.end(), [&](const MapLayer& layer) {
    return shows_rows_at(*layer.table, restyled(latest_rows(layer), style_of(layer)), zoom);
  });
}

void Scene::show_at_every_zoom(bool every) {
  for (MapLayer& layer : layers_)
    if (std::exchange(layer.at_every_zoom, every) != every) sort_again(layer);
}

const LayerStyle& Scene::style_of(const MapLayer& layer) const {
  return styles_->of(layer.role, layer.table->geometry.kind());
}

const StyledRows& Scene::latest_rows(const MapLayer& layer) const {
  const auto coming = std::find_if(restyled_.begin(), restyled_.end(),
                                   [&](const Restyled& each) { return each.of == layer.id; });
  return coming == restyled_.end() ? *layer.rows : *coming->layer.rows;
}

void Scene::sort_again(MapLayer& layer) {
  forget_restyled(layer.id);
  layer.rows = std::make_shared<const StyledRows>(as_shown(style_rows(*layer.table, style_of(layer)), layer));
  store_->set_layer(layer);
  ++revision_;
}

void Scene::set_styles(std::shared_ptr<const StyleSheet> styles) {
  const std::shared_ptr<const StyleSheet> before = std::exchange(styles_, std::move(styles));
  for (MapLayer& layer : layers_) {
    const GeometryKind kind = layer.table->geometry.kind();
    const LayerStyle& style = styles_->of(layer.role, kind);
    if (before->of(layer.role, kind) != style) restyle(layer, before->of(layer.role, kind), style);
  }
  ++revision_;
}

void Scene::restyle(MapLayer& layer, const LayerStyle& before, const LayerStyle& style) {
  const auto coming = std::find_if(restyled_.begin(), restyled_.end(),
                                   [&](const Restyled& each) { return each.of == layer.id; });
  const bool is_coming = coming != restyled_.end();
  const StyledRows& latest = latest_rows(layer);
  const bool alike = sort_alike(before, style);
  StyledRows rows = as_shown(alike ? restyled(latest, style) : style_rows(*layer.table, style), layer);
  const bool same = alike && same_pieces(latest, rows);
  const bool reordered = alike && !std::is_sorted(rows.styles.begin(), rows.styles.end(),
                                                  [](const FeatureStyle& a, const FeatureStyle& b) {
                                                    return a.order < b.order;
                                                  });
  if (reordered) rows = as_shown(style_rows(*layer.table, style), layer);
  // What is on the map has the new look already, as far as its pieces go.
  if (alike && (!is_coming || coming->looks_alike))
    layer.rows = std::make_shared<const StyledRows>(as_shown(restyled(*layer.rows, style), layer));
  if (same && is_coming) coming->layer.rows = std::make_shared<const StyledRows>(std::move(rows));
  if (same) return;
  const bool looks_alike = alike && (!is_coming || coming->looks_alike);
  forget_restyled(layer.id);
  Restyled fresh{layer.id, looks_alike, layer};
  fresh.layer.id = LayerId{std::size_t{next_id_++}};
  fresh.layer.rows = std::make_shared<const StyledRows>(std::move(rows));
  store_->set_layer(fresh.layer);
  restyled_.push_back(std::move(fresh));
}

void Scene::forget_restyled(LayerId of) {
  std::erase_if(restyled_, [&](const Restyled& each) {
    if (each.of != of) return false;
    store_->remove(each.layer.id);
    return true;
  });
}

std::vector<MapLayer> Scene::with_restyled() const {
  std::vector<MapLayer> all = layers_;
  for (const Restyled& each : restyled_) {
    all.push_back(each.layer);
    all.back().look = find(each.of)->look;
  }
  return all;
}

void Scene::take_restyled(const Camera& camera) {
  std::erase_if(restyled_, [&](const Restyled& each) {
    MapLayer& layer = *find_mutable(each.of);
    if (layer.look.visible && !store_->complete(each.layer, camera)) return false;
    store_->adopt(each.layer.id, each.of);
    layer.rows = each.layer.rows;
    ++revision_;
    ++selection_revision_;  // its styles may have other numbers now
    return true;
  });
}

void Scene::select(std::vector<LayerRows> selection) {
  selection_ = std::move(selection);
  ++selection_revision_;
}

geodesy::LonLatBox Scene::box() const {
  geodesy::LonLatBox box;
  for (const MapLayer& layer : layers_) box.add(layer.box);
  return box.empty() ? backgrounds_.box() : box;
}

void Scene::update(const Camera& camera) {
  if (store_->collect()) ++revision_;
  if (backgrounds_.update(camera)) ++revision_;
  settled_ = restyled_.empty() ? store_->request(layers_, camera) : store_->request(with_restyled(), camera);
  take_restyled(camera);
}

void Scene::settle(const Camera& camera, Progress& progress) {
  store_->build_all(with_restyled(), camera, progress);
  take_restyled(camera);
  backgrounds_.settle(camera, progress);
  settled_ = !progress.stop_requested();
  ++revision_;
}

bool Scene::settled() const {
  return settled_ && restyled_.empty() && backgrounds_.settled();
}

bool Scene::presentable(const Camera& camera) const {
  return std::all_of(layers_.begin(), layers_.end(), [&](const MapLayer& layer) {
    return !layer.look.visible || store_->drawable(layer, camera);
  });
}

std::vector<std::shared_ptr<const Piece>> Scene::pieces(const MapLayer& layer, const Camera& camera,
                                                        double reach_px) const {
  return store_->pieces(layer, camera, reach_px);
}

std::vector<RowIx> Scene::rows_near(const MapLayer& layer, const Camera& camera, const WorldBox& box) const {
  return store_->rows_near(layer, camera, box);
}

std::vector<bool> Scene::styles_near(const MapLayer& layer, const Camera& camera, const WorldBox& box) const {
  return store_->styles_near(layer, camera, box);
}

Highlight Scene::highlight_of(const MapLayer& layer, const Camera& camera, const std::vector<RowIx>& rows,
                              const WorldBox& area) const {
  std::size_t selected = 0;
  for (const LayerRows& part : selection_) selected += part.rows.size();
  return build_highlight(store_->geometry_of(layer), level_of(camera.zoom()), rows, area, selected);
}

}  // namespace xiangtu::render::scene
