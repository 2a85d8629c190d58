// Rows of a layer → vertices of a piece.
#include <algorithm>
#include <cmath>

#include "render/scene/label_anchors.hpp"
#include "render/scene/nearby_projection.hpp"
#include "render/scene/pyramid.hpp"
#include "render/scene/simplify.hpp"
#include "render/scene/tessellate.hpp"

namespace xiangtu::render::scene {

namespace {

using table::GeometryKind;

constexpr float tolerance = 0.33f;    // level pixels
constexpr double most_wrong = 0.001;  // level pixels: a place may be off
constexpr float tiny_ring = 0.5f;     // rings with a smaller box are left out

class PieceBuilder {
 public:
  PieceBuilder(const LayerGeometry& layer, int level, PieceParts parts)
      : layer_(layer), parts_(parts), texts_(label_texts(*layer.table, *layer.styled)) {
    piece_.level = level;
    scale_ = level_pixels_per_world(level);
  }

  Piece build(std::span<const RowIx> rows) {
    for (const RowIx row : rows) piece_.box.add(layer_.boxes[row.value]);
    if (piece_.box.empty()) return std::move(piece_);
    piece_.origin = piece_.box.centre();
    projection_ = NearbyProjection{piece_.box, most_wrong / scale_};
    std::vector<RowIx> sorted = by_style(rows);
    for (std::size_t begin = 0; begin < sorted.size();) {
      const StyleIx style = layer_.styled->style_of(sorted[begin]);
      std::size_t end = begin;
      while (end < sorted.size() && layer_.styled->style_of(sorted[end]) == style) ++end;
      add_run(style, std::span{sorted}.subspan(begin, end - begin));
      begin = end;
    }
    add_segment_boxes();
    add_line_anchors(layer_, texts_, rows, piece_);
    order_anchors(layer_, piece_);
    return std::move(piece_);
  }

 private:
  std::vector<RowIx> by_style(std::span<const RowIx> rows) const {
    std::vector<RowIx> sorted{rows.begin(), rows.end()};
    std::stable_sort(sorted.begin(), sorted.end(), [&](RowIx a, RowIx b) {
      return layer_.styled->style_of_row[a.value] < layer_.styled->style_of_row[b.value];
    });
    return sorted;
  }

  void add_run(StyleIx style_ix, std::span<const RowIx> rows) {
    const FeatureStyle& style = layer_.styled->styles[style_ix.value];
    StyleRun segments{style_ix, static_cast<std::uint32_t>(piece_.segments.size()), 0};
    StyleRun symbols{style_ix, static_cast<std::uint32_t>(piece_.symbols.size()), 0};
    for (const RowIx row : rows) {
      if (layer_.boxes[row.value].empty()) continue;
      const Point anchor = add_row(row);
      if (style.symbol.shape != Shape::none) piece_.symbols.push_back({anchor.x, anchor.y});
      add_label(row, style, anchor);
    }
    segments.end = static_cast<std::uint32_t>(piece_.segments.size());
    symbols.end = static_cast<std::uint32_t>(piece_.symbols.size());
    if (segments.end > segments.begin) piece_.segment_runs.push_back(segments);
    if (symbols.end > symbols.begin) piece_.symbol_runs.push_back(symbols);
  }

  // Returns the place of the row's symbol and name.
  Point add_row(RowIx row) {
    const table::GeometryColumn& geometry = layer_.table->geometry;
    switch (geometry.kind()) {
      case GeometryKind::point:
        return local(geometry.vertices_of(row.value).front());
      case GeometryKind::line:
        add_lines(row.value);
        return local(geometry.representative(row.value));
      case GeometryKind::polygon:
        return add_polygon(row.value);
      case GeometryKind::none:
        break;
    }
    return {};
  }

  void add_lines(std::size_t row) {
    const table::GeometryColumn& geometry = layer_.table->geometry;
    for (std::size_t part = geometry.part_begin(row); part < geometry.part_end(row); ++part) {
      project(geometry.part(part), line_);
      add_segments(line_);
    }
  }

  Point add_polygon(std::size_t row) {
    const table::GeometryColumn& geometry = layer_.table->geometry;
    rings_.clear();
    for (std::size_t part = geometry.part_begin(row); part < geometry.part_end(row); ++part) {
      project(geometry.part(part), line_);
      if (too_small(line_)) continue;
      const auto begin = static_cast<std::uint32_t>(piece_.segments.size());
      add_segments(line_);
      piece_.rings.push_back(
          {static_cast<std::uint32_t>(row), begin, static_cast<std::uint32_t>(piece_.segments.size())});
      rings_.push_back(line_);
    }
    if (rings_.empty() && layer_.filter) add_speck(row);
    if (parts_ == PieceParts::outlines) return local(geometry.representative(row));
    triangles_.clear();
    tessellate(rings_, triangles_);
    for (const Point& p : triangles_) piece_.fills.push_back({p.x, p.y, static_cast<std::uint32_t>(row)});
    return rings_.empty() ? local(geometry.representative(row)) : label_place(rings_);
  }

  // A pixel for what is smaller: it is what the user filters for.
  void add_speck(std::size_t row) {
    const Point at = local(lonlat_of(layer_.boxes[row].centre()));
    add_segments({{at.x - 0.5f, at.y}, {at.x + 0.5f, at.y}});
  }

  static bool too_small(const std::vector<Point>& ring) {
    if (ring.size() < 4) return true;
    const auto [left, right] =
        std::minmax_element(ring.begin(), ring.end(), [](Point a, Point b) { return a.x < b.x; });
    const auto [top, bottom] =
        std::minmax_element(ring.begin(), ring.end(), [](Point a, Point b) { return a.y < b.y; });
    return right->x - left->x < tiny_ring && bottom->y - top->y < tiny_ring;
  }

  void project(std::span<const geodesy::LonLat> vertices, std::vector<Point>& line) {
    line.clear();
    for (const geodesy::LonLat vertex : vertices) line.push_back(local(vertex));
    simplify(line, piece_.level == max_level ? 0 : tolerance, simplifying_);
  }

  void add_segments(const std::vector<Point>& line) {
    float along = 0;
    for (std::size_t i = 0; i + 1 < line.size(); ++i) {
      const float length = std::hypot(line[i + 1].x - line[i].x, line[i + 1].y - line[i].y);
      piece_.segments.push_back(
          {{line[i].x, line[i].y, along}, {line[i + 1].x, line[i + 1].y, along + length}});
      along += length;
    }
  }

  void add_segment_boxes() {
    for (std::size_t i = 0; i < piece_.segments.size(); ++i) {
      const auto& [a, b] = piece_.segments[i];
      if (i % SegmentBox::segments == 0) piece_.segment_boxes.push_back({a.x, a.y, a.x, a.y});
      SegmentBox& box = piece_.segment_boxes.back();
      box.left = std::min({box.left, a.x, b.x});
      box.top = std::min({box.top, a.y, b.y});
      box.right = std::max({box.right, a.x, b.x});
      box.bottom = std::max({box.bottom, a.y, b.y});
    }
  }

  void add_label(RowIx row, const FeatureStyle& style, Point anchor) {
    const std::uint16_t number = layer_.styled->style_of_row[row.value];
    const LabelKind kind = label_kind(layer_.table->geometry.kind(), style);
    const table::TextColumn* names = texts_.names[number];
    if (kind == LabelKind::along || !names || !names->has(row.value)) return;
    if (!labelled_at_level(style.label, piece_.level)) return;
    const WorldBox& box = layer_.boxes[row.value];
    const double extent = std::min(box.max.x - box.min.x, box.max.y - box.min.y) * scale_;
    piece_.labels.push_back({anchor.x, anchor.y, row.value, number, kind,
                             layer_.styled->importance[row.value], static_cast<float>(extent)});
  }

  Point local(geodesy::LonLat vertex) const {
    const WorldPoint world = projection_(vertex);
    return {static_cast<float>((world.x - piece_.origin.x) * scale_),
            static_cast<float>((world.y - piece_.origin.y) * scale_)};
  }

  const LayerGeometry& layer_;
  PieceParts parts_;
  LabelTexts texts_;
  Piece piece_;
  double scale_ = 1;
  NearbyProjection projection_{{}, 0};
  std::vector<Point> line_;
  std::vector<std::size_t> simplifying_;
  std::vector<std::vector<Point>> rings_;
  std::vector<Point> triangles_;
};

}  // namespace

double Piece::pixels_per_world() const {
  return level_pixels_per_world(level);
}

std::size_t Piece::bytes() const {
  return segments.size() * sizeof(Segment) + segment_boxes.size() * sizeof(SegmentBox) +
         fills.size() * sizeof(FillVertex) + rings.size() * sizeof(RingRun) +
         symbols.size() * sizeof(SymbolVertex) + labels.size() * sizeof(LabelAnchor) +
         label_paths.size() * sizeof(LabelPath) + label_vertices.size() * sizeof(SegmentVertex);
}

Piece build_piece(const LayerGeometry& layer, int level, std::span<const RowIx> rows, PieceParts parts) {
  return PieceBuilder{layer, level, parts}.build(rows);
}

}  // namespace xiangtu::render::scene
