#include "render/scene/labels.hpp"

#include <algorithm>
#include <cmath>
#include <unordered_map>

namespace xiangtu::render::scene {

namespace {

using table::GeometryKind;

struct Candidate {
  const MapLayer* layer;
  const LabelAnchor* anchor;
  const LabelStyle* style;
  ScreenPoint at;
  double extent_px;
};

struct Box {
  double left, top, right, bottom;
  bool meets(const Box& other) const {
    return left < other.right && other.left < right && top < other.bottom && other.top < bottom;
  }
};

// Taken room, found by cells of a coarse grid.
class TakenRoom {
 public:
  bool free(const Box& box) const {
    bool result = true;
    for_cells(box, [&](std::uint64_t cell) {
      const auto found = cells_.find(cell);
      if (found == cells_.end()) return;
      for (const std::size_t i : found->second) result = result && !boxes_[i].meets(box);
    });
    return result;
  }
  void take(const Box& box) {
    boxes_.push_back(box);
    for_cells(box, [&](std::uint64_t cell) { cells_[cell].push_back(boxes_.size() - 1); });
  }

 private:
  template <class Visit>
  static void for_cells(const Box& box, const Visit& visit) {
    constexpr double cell = 64;
    const auto number = [](double v) { return static_cast<std::int64_t>(std::floor(v / cell)); };
    for (std::int64_t x = number(box.left); x <= number(box.right); ++x)
      for (std::int64_t y = number(box.top); y <= number(box.bottom); ++y)
        visit((static_cast<std::uint64_t>(x) << 32) ^ static_cast<std::uint32_t>(y));
  }
  std::vector<Box> boxes_;
  std::unordered_map<std::uint64_t, std::vector<std::size_t>> cells_;
};

std::vector<Candidate> candidates_of(const Scene& scene, const Camera& camera,
                                     std::vector<std::shared_ptr<const Piece>>& keep) {
  std::vector<Candidate> result;
  const double zoom = camera.zoom();
  for (const MapLayer& layer : scene.layers()) {
    if (!layer.look.visible || !layer.look.labels) continue;
    for (auto& piece : scene.pieces(layer, camera)) {
      const double scale = camera.pixels_per_world() / piece->pixels_per_world();
      const ScreenPoint origin = camera.to_screen(piece->origin);
      for (const LabelAnchor& anchor : piece->labels) {
        const FeatureStyle& style = layer.rows->styles[anchor.style];
        if (!style.visible_at(zoom) || zoom < style.label.min_zoom || zoom >= style.label.max_zoom) continue;
        const ScreenPoint at{origin.x + anchor.x * scale, origin.y + anchor.y * scale};
        if (at.x < 0 || at.y < 0 || at.x > camera.width() || at.y > camera.height()) continue;
        result.push_back({&layer, &anchor, &style.label, at, anchor.extent * scale});
      }
      keep.push_back(std::move(piece));
    }
  }
  std::sort(result.begin(), result.end(), [](const Candidate& a, const Candidate& b) {
    if (a.style->priority != b.style->priority) return a.style->priority > b.style->priority;
    if (a.anchor->importance != b.anchor->importance) return a.anchor->importance > b.anchor->importance;
    if (a.layer->id != b.layer->id) return a.layer->id < b.layer->id;
    return a.anchor->row < b.anchor->row;
  });
  return result;
}

// The places a name may go, best first: units in their middle, points beside, above or below the symbol.
std::vector<ScreenPoint> places(const Candidate& candidate, const FeatureStyle& style, const Camera& camera,
                                double width, double size) {
  const ScreenPoint at = candidate.at;
  const double half_height = size * 0.36;
  if (candidate.layer->table->geometry.kind() == GeometryKind::polygon && style.symbol.shape == Shape::none)
    return {{at.x - width / 2, at.y + half_height}};
  const double gap = (style.symbol.size.at(camera.zoom()) / 2 + 3.5) * camera.pixel_ratio();
  return {{at.x + gap, at.y + half_height},
          {at.x - gap - width, at.y + half_height},
          {at.x - width / 2, at.y - gap - size * 0.1},
          {at.x - width / 2, at.y + gap + size * 0.85}};
}

// No name covers a symbol that has a name itself.
void take_symbol(const Candidate& candidate, const Camera& camera, TakenRoom& taken) {
  const SymbolStyle& symbol = candidate.layer->rows->styles[candidate.anchor->style].symbol;
  if (symbol.shape == Shape::none) return;
  const double radius = symbol.size.at(camera.zoom()) / 2 * camera.pixel_ratio();
  const ScreenPoint at = candidate.at;
  taken.take({at.x - radius, at.y - radius, at.x + radius, at.y + radius});
}

std::string text_of(const Scene& scene, const Candidate& candidate) {
  const table::FeatureTable& table = *candidate.layer->table;
  const LayerStyle& style = scene.styles().of(candidate.layer->role, table.geometry.kind());
  return style.label_text(table.find("name")->text().at(candidate.anchor->row));
}

}  // namespace

std::string names_on(const Scene& scene) {
  std::string names;
  for (const MapLayer& layer : scene.layers()) {
    const table::Column* column = layer.look.visible ? layer.table->find("name") : nullptr;
    if (!column || !column->is_text()) continue;
    const table::Dictionary& texts = column->text().dictionary;
    for (std::uint32_t entry = 0; entry < texts.size(); ++entry) names += texts[entry];
  }
  return names;
}

std::vector<PlacedLabel> place_labels(const Scene& scene, const Camera& camera, const MeasureText& measure,
                                      const LabelOptions& options) {
  std::vector<std::shared_ptr<const Piece>> keep;
  const std::vector<Candidate> candidates = candidates_of(scene, camera, keep);
  const double ratio = camera.pixel_ratio();
  const double padding = 1.5 * ratio;
  TakenRoom taken;
  for (const Candidate& candidate : candidates) take_symbol(candidate, camera, taken);
  std::vector<PlacedLabel> result;
  for (const Candidate& candidate : candidates) {
    if (result.size() >= options.limit) break;
    const FeatureStyle& style = candidate.layer->rows->styles[candidate.anchor->style];
    // Whole pixels: few sizes of each glyph, and no shimmer while zooming.
    const double size = std::round(style.label.size.at(camera.zoom()) * ratio);
    const bool area = candidate.layer->table->geometry.kind() == GeometryKind::polygon;
    std::string text = text_of(scene, candidate);
    const double width = measure(text, size);
    if (area && candidate.extent_px < std::max(size * 1.2, width * 0.75)) continue;  // the unit is too small
    for (const ScreenPoint place : places(candidate, style, camera, width, size)) {
      const Box box{place.x - padding, place.y - size * 0.9 - padding, place.x + width + padding,
                    place.y + size * 0.25 + padding};
      const bool on_picture =
          box.left >= 0 && box.top >= 0 && box.right <= camera.width() && box.bottom <= camera.height();
      if (!on_picture || !taken.free(box)) continue;
      taken.take(box);
      result.push_back({std::move(text),
                        {std::round(place.x), std::round(place.y)},
                        size,
                        candidate.style->colour,
                        candidate.style->halo,
                        candidate.layer->id,
                        RowIx{candidate.anchor->row}});
      break;
    }
  }
  return result;
}

}  // namespace xiangtu::render::scene
