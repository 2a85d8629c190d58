#include "render/page/sheet_painter.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <memory>

#include "render/page/ground.hpp"
#include "render/page/view.hpp"
#include "render/scene/graticule.hpp"

namespace xiangtu::render::page {

using scene::Camera;
using scene::DrawingPass;
using scene::LinePaint;
using scene::MapLayer;
using scene::Piece;
using scene::StyleRun;

namespace {

// Longer paths are drawn in parts: viewers get slow where a single path has all roads of a province.
constexpr std::size_t most_points = 5000;
constexpr double seam = 0.2;  // style pixels by which polygons reach under their neighbours

std::string class_of(const MapLayer& layer, const char* part) {
  const std::string name = layer.role ? std::string{table::role_name(*layer.role)} : "layer";
  return name + " " + part;
}

class SheetPainter {
 public:
  SheetPainter(const scene::Scene& scene, const scene::MapSheet& sheet, const Camera& camera, Pen& pen)
      : scene_(scene),
        sheet_(sheet),
        camera_(camera),
        pen_(pen),
        paper_(scene.styles().paper),
        place_(scene::map_place(sheet)) {}

  Status paint_map(const scene::Furniture& around, const scene::MeasureText& measure, Progress& progress) {
    pen_.begin_clip(place_);
    Path frame;
    frame.add_rect(place_);
    pen_.fill(frame, {paper_.background, {0, 0, 0, 0}});
    paint_ground();
    const std::vector<DrawingPass> passes = scene::drawing_passes(scene_);
    progress.begin("Drawing", passes.size());
    for (const DrawingPass& pass : passes) {
      paint(pass, progress);
      if (progress.stop_requested()) return cancelled_issue();
      progress.advance();
    }
    paint_highlight();
    scene::LabelOptions options{false, scene::covered_map(sheet_, around)};
    if (sheet_.graticule) paint_graticule(measure, options);
    if (sheet_.labels) paint_labels(measure, options);
    pen_.end_clip();
    return {};
  }

  void paint_furniture(const scene::Furniture& furniture, const char* name) {
    const double ratio = sheet_.pixel_ratio();
    pen_.begin_group(name, 1);
    for (const scene::FurnitureBox& box : furniture.boxes) paint_box(box);
    for (const scene::FurnitureTriangle& triangle : furniture.triangles) {
      Path path;
      path.add_polygon({triangle.a, triangle.b, triangle.c});
      pen_.fill(path, {triangle.colour, {0, 0, 0, 0}});
    }
    for (const scene::FurnitureLine& line : furniture.lines) {
      Path path;
      path.move_to(line.a);
      path.line_to(line.b);
      const scene::StyledLine paint = scene::line_of(line);
      if (paint.casing) pen_.stroke(path, *paint.casing, 0);
      flush(path, paint.line, 0);
    }
    for (const scene::FurnitureSymbol& symbol : furniture.symbols)
      pen_.symbols(scene::symbol_of(symbol, ratio), std::span{&symbol.centre, 1});
    std::vector<TextLine> lines;
    for (const scene::FurnitureText& text : furniture.texts)
      lines.push_back(
          {text.text, text.left_baseline, text.size, text.colour, text.halo, scene::text_halo * ratio, {}});
    pen_.texts(lines);
    pen_.end_group();
  }

 private:
  using Pieces = std::vector<std::shared_ptr<const Piece>>;

  const Pieces& pieces_of(const MapLayer& layer) {
    const auto [found, fresh] = pieces_.try_emplace(layer.id);
    if (fresh) found->second = scene_.pieces(layer, camera_);
    return found->second;
  }

  PieceView view_of(const Piece& piece, double reach) const {
    return {piece, camera_, {place_.x, place_.y}, reach};
  }

  void paint(const DrawingPass& pass, const Progress& progress) {
    const MapLayer& layer = *pass.layer;
    if (pass.kind == DrawingPass::Kind::fills) paint_fills(layer, progress);
    if (pass.kind == DrawingPass::Kind::outlines) {
      pen_.begin_group(class_of(layer, "outlines"), 1);
      paint_lines(layer, layer.look.opacity, progress);
      pen_.end_group();
    }
    if (pass.kind == DrawingPass::Kind::features) {
      // When the layer is not opaque nothing shows through where its features overlap.
      pen_.begin_group(class_of(layer, "features"), layer.look.opacity);
      if (!scene::has_polygons(layer)) paint_lines(layer, 1, progress);
      paint_symbols(layer, progress);
      pen_.end_group();
    }
  }

  void paint_ground() {
    for (const scene::Background& background : scene_.backgrounds().all()) {
      if (!background.look.visible || background.look.opacity <= 0) continue;
      const auto picture = ground_picture(scene_.backgrounds(), background, camera_);
      if (!picture) continue;
      on_ground_ = true;
      pen_.image(*picture, place_, background.look.opacity);
    }
  }

  void paint_fills(const MapLayer& layer, const Progress& progress) {
    if (on_ground_ && scene::is_paper(layer)) return;
    std::vector<bool> visible;
    for (const scene::FeatureStyle& style : layer.rows->styles)
      visible.push_back(style.visible_at(camera_.zoom()));
    pen_.begin_group(class_of(layer, "fills"), scene::fill_opacity(layer, camera_.zoom(), on_ground_));
    for (const auto& piece : pieces_of(layer)) {
      const PieceView view = view_of(*piece, 2 * sheet_.pixel_ratio());
      for (std::size_t at = 0; at < piece->rings.size() && !progress.stop_requested();) {
        const std::uint32_t row = piece->rings[at].row;
        const Path path = view.rings_of_row(at);
        const scene::FillPaint paint =
            scene::fill_of(layer, row, visible[layer.rows->style_of_row[row]], paper_);
        if (!path.empty() && (paint.colour.a > 0 || paint.hatch.a > 0))
          pen_.fill(path, paint, seam * sheet_.pixel_ratio());
      }
    }
    pen_.end_group();
  }

  void paint_lines(const MapLayer& layer, double opacity, const Progress& progress) {
    const auto& styles = layer.rows->styles;
    for (std::size_t i = 0; i < styles.size(); ++i) {
      const auto paint = scene::line_of(styles[i], layer.look, camera_, opacity);
      if (!paint) continue;
      for (const std::optional<LinePaint>& coat : {paint->casing, std::optional{paint->line}})
        for (const auto& piece : pieces_of(layer))
          for (const StyleRun& run : piece->segment_runs)
            if (coat && run.style.value == i && !progress.stop_requested()) stroke(*piece, run, *coat);
    }
  }

  void stroke(const Piece& piece, const StyleRun& run, const LinePaint& paint) {
    if (paint.colour.a == 0) return;
    const double period = paint.dash_on + paint.dash_off;
    const bool dashed = paint.dash_on > 0 && paint.dash_off > 0;
    Path path;
    view_of(piece, paint.width).for_lines(run, [&](const PieceView::Line& line) {
      // What begins within the dashes is a path of its own, for all of a path begins alike.
      const double begin = dashed ? std::fmod(line.along, period) : 0;
      if (begin > 0 || path.points().size() > most_points) flush(path, paint, 0);
      path.move_to(line.points.front());
      for (std::size_t i = 1; i < line.points.size(); ++i) path.line_to(line.points[i]);
      if (begin > 0) flush(path, paint, begin);
    });
    flush(path, paint, 0);
  }

  // Below one pixel a line gets paler instead of thinner, as in pixels: most viewers show no thinner ones.
  void flush(Path& path, LinePaint paint, double dash_begin) {
    paint.colour = paint.colour.with_alpha(std::min(paint.width, 1.0));
    paint.width = std::max(paint.width, 1.0);
    if (!path.empty()) pen_.stroke(path, paint, dash_begin);
    path.clear();
  }

  void paint_symbols(const MapLayer& layer, const Progress& progress) {
    const auto& styles = layer.rows->styles;
    for (std::size_t i = 0; i < styles.size(); ++i) {
      const auto paint = scene::symbol_of(styles[i], layer.look, camera_);
      if (!paint) continue;
      for (const auto& piece : pieces_of(layer))
        for (const StyleRun& run : piece->symbol_runs)
          if (run.style.value == i && !progress.stop_requested())
            pen_.symbols(*paint, symbols_of(*piece, run, *paint));
    }
  }

  std::vector<ScreenPoint> symbols_of(const Piece& piece, const StyleRun& run,
                                      const scene::SymbolPaint& paint) const {
    return view_of(piece, paint.size + paint.outline_width).symbols(run);
  }

  void paint_highlight() {
    if (scene_.selection().empty()) return;
    pen_.begin_group("selection", 1);
    for (const scene::LayerRows& rows : scene_.selection()) {
      const MapLayer* layer = scene_.find(rows.layer);
      if (!layer || !layer->look.visible) continue;
      const scene::Highlight highlight = scene_.highlight_of(*layer, camera_, rows.rows, camera_.view());
      const Piece& piece = *highlight.piece;
      const auto& styles = layer->rows->styles;
      for (std::size_t coat = 0; coat < scene::highlight_coats; ++coat)
        for (const StyleRun& run : piece.segment_runs)
          stroke(piece, run, scene::highlight_lines(styles[run.style.value], paper_, camera_)[coat]);
      for (const StyleRun& run : piece.symbol_runs)
        for (const scene::SymbolPaint& paint :
             scene::highlight_symbols(styles[run.style.value], paper_, camera_))
          if (paint.shape != scene::Shape::none) pen_.symbols(paint, symbols_of(piece, run, paint));
    }
    pen_.end_group();
  }

  ScreenPoint on_sheet(ScreenPoint on_map) const { return {place_.x + on_map.x, place_.y + on_map.y}; }

  void paint_graticule(const scene::MeasureText& measure, scene::LabelOptions& labels) {
    scene::Furniture lines = scene::graticule(camera_, paper_);
    const auto degrees = scene::degree_boxes(lines, measure);
    labels.keep_free.insert(labels.keep_free.end(), degrees.begin(), degrees.end());
    for (scene::FurnitureLine& line : lines.lines) line.a = on_sheet(line.a), line.b = on_sheet(line.b);
    for (scene::FurnitureText& text : lines.texts) text.left_baseline = on_sheet(text.left_baseline);
    paint_furniture(lines, "graticule");
  }

  void paint_labels(const scene::MeasureText& measure, const scene::LabelOptions& options) {
    std::vector<TextLine> lines;
    pen_.begin_group("labels", 1);
    for (scene::PlacedLabel& label : scene::place_labels(scene_, camera_, measure, options)) {
      if (label.box) paint_label_box(*label.box);
      for (scene::LabelGlyph& glyph : label.glyphs) glyph.left_baseline = on_sheet(glyph.left_baseline);
      lines.push_back({std::move(label.text), on_sheet(label.left_baseline), label.size, label.colour,
                       label.halo, scene::text_halo * sheet_.pixel_ratio(), std::move(label.glyphs)});
    }
    pen_.texts(lines);
    pen_.end_group();
  }

  // Its outline lies within.
  void paint_label_box(const scene::LabelBox& box) {
    const ScreenPoint corner = on_sheet(box.min);
    const double width = box.max.x - box.min.x, height = box.max.y - box.min.y, edge = box.outline_width;
    Path path;
    path.add_round_rect({corner.x, corner.y, width, height}, box.radius);
    pen_.fill(path, {box.outline, {0, 0, 0, 0}});
    path.clear();
    path.add_round_rect({corner.x + edge, corner.y + edge, width - 2 * edge, height - 2 * edge},
                        box.radius - edge);
    pen_.fill(path, {box.fill, {0, 0, 0, 0}});
  }

  void paint_box(const scene::FurnitureBox& box) {
    const scene::FillPaint paint = scene::fill_of(box);
    Path path;
    path.add_rect(box.rect);
    if (paint.colour.a > 0 || paint.hatch.a > 0) pen_.fill(path, paint);
    if (box.outline_width <= 0 || box.outline.a == 0) return;
    // Within the box, with sharp corners.
    const double width = box.outline_width;
    path.add_rect(
        {box.rect.x + width, box.rect.y + width, box.rect.width - 2 * width, box.rect.height - 2 * width});
    pen_.fill(path, {box.outline, {0, 0, 0, 0}});
  }

  const scene::Scene& scene_;
  const scene::MapSheet& sheet_;
  const Camera& camera_;
  Pen& pen_;
  const scene::PaperStyle& paper_;
  const scene::Rect place_;
  bool on_ground_ = false;  // over a background, which fills must not hide
  std::map<scene::LayerId, Pieces> pieces_;
};

}  // namespace

Status paint_sheet(const scene::Scene& scene, const scene::MapSheet& sheet, const Camera& camera,
                   const scene::MeasureText& measure, Pen& pen, Progress& progress) {
  SheetPainter painter{scene, sheet, camera, pen};
  const scene::Furniture furniture = scene::furniture_of(sheet, scene, camera, measure);
  if (const Status drawn = painter.paint_map(furniture, measure, progress); !drawn) return drawn;
  painter.paint_furniture(furniture, "furniture");
  return {};
}

}  // namespace xiangtu::render::page
