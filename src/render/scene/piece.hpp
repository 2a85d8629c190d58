// The geometry of one tile of one layer at one level of detail, ready for the graphics card, and the
// sorting of a layer's rows into styles that comes before it. Immutable; shared between threads.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "base/ids.hpp"
#include "render/scene/camera.hpp"
#include "render/scene/styles.hpp"
#include "table/feature_table.hpp"

namespace xiangtu::render::scene {

using StyleIx = Index<struct FeatureStyleTag>;

// Rows with the same rules share one style.
struct StyledRows {
  std::vector<FeatureStyle> styles;  // in drawing order
  std::vector<std::uint64_t> rules;  // per style: bit i = rule i of the layer's style applies
  std::vector<std::uint16_t> style_of_row;
  std::vector<float> importance;  // per row; larger stays longer when points are thinned
  StyleIx style_of(RowIx row) const { return StyleIx{style_of_row[row.value]}; }
};

StyledRows style_rows(const table::FeatureTable& table, const LayerStyle& style);
// The same at every zoom.
StyledRows shown_at_every_zoom(StyledRows rows);
// Whether some row that has a position is shown at a zoom, wherever it lies.
bool shows_rows_at(const table::FeatureTable& table, const StyledRows& rows, double zoom);

// One mark a row; 0: not on the map. Null: all rows are.
using RowMarks = std::shared_ptr<const std::vector<std::uint8_t>>;

// Whether both styles sort every table's rows into the same sets of rules: they differ in looks only.
bool sort_alike(const LayerStyle& a, const LayerStyle& b);
// Rows that were sorted by a style that sorts alike, with the looks of this one. Their order stays.
StyledRows restyled(const StyledRows& rows, const LayerStyle& style);
// Whether pieces that were built for one show the other as well. They are sorted alike.
bool same_pieces(const StyledRows& a, const StyledRows& b);

// Offsets are in pixels of the piece's level from its origin (x right, y down): small numbers that
// float32 holds exactly enough (a hundredth of a pixel at 100,000 pixels from the origin).
struct SegmentVertex {
  float x, y;
  float along;  // from the line's beginning, same unit: for dashes
};
struct Segment {  // as two vertices (thin lines) or one instance (thick ones): 24 bytes
  SegmentVertex a, b;
};
// Around some segments that follow one another, for those who look for what is in view.
struct SegmentBox {
  static constexpr std::uint32_t segments = 64;
  float left, top, right, bottom;
};
struct FillVertex {
  float x, y;
  std::uint32_t row;  // its colour is looked up by row, so that a new choropleth rebuilds nothing
};
// A ring of a polygon as its outline's segments [begin, end), for those who fill paths: inside is what an odd
// number of a row's rings is around. A row's rings follow one another.
struct RingRun {
  std::uint32_t row, begin, end;
};
struct SymbolVertex {
  float x, y;
};
// How a text is placed.
enum class LabelKind : std::uint8_t {
  beside,  // a symbol
  within,  // a polygon
  along,   // a line
  shield,  // upright in a box on a line
  count,   // beside a symbol: how many more it stands for
};
// A text and where it belongs.
struct LabelAnchor {
  float x, y;
  std::uint32_t row;
  std::uint16_t style;
  LabelKind kind;
  float importance;
  float extent;              // within: the smaller side of the polygon's box, in level pixels
  std::uint32_t path = 0;    // along: in label_paths, …
  float at = 0;              // … and how far along it the text has its middle, in level pixels
  std::uint32_t others = 0;  // count: points that the thinning left out for this one
};
// A line that names may follow: a stretch of label_vertices.
struct LabelPath {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
};

// A run of one style in an array of a piece.
struct StyleRun {
  StyleIx style;
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
};

struct Piece {
  int level = 0;  // the world is 256·2^level level pixels wide
  WorldPoint origin;
  WorldBox box;  // of the features, without symbols and line width
  std::vector<Segment> segments;
  std::vector<SegmentBox> segment_boxes;  // of each so many of them; none: not known
  std::vector<StyleRun> segment_runs;     // by style, in drawing order
  std::vector<FillVertex> fills;          // triangles
  std::vector<RingRun> rings;             // of polygons
  std::vector<SymbolVertex> symbols;
  std::vector<StyleRun> symbol_runs;
  std::vector<LabelAnchor> labels;  // most important first
  std::vector<LabelPath> label_paths;
  std::vector<SegmentVertex> label_vertices;

  double pixels_per_world() const;
  std::size_t bytes() const;
};

}  // namespace xiangtu::render::scene
