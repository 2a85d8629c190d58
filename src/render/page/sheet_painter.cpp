#include "render/page/sheet_painter.hpp"

#include <algorithm>
#include <cmath>
#include <memory>

#include "render/page/view.hpp"

namespace xiangtu::render::page {

using scene::DrawingPass;
using scene::LinePaint;
using scene::MapLayer;
using scene::Piece;
using scene::StyleRun;

namespace {

// Longer paths are drawn in parts: viewers get slow where a single path has all roads of a province.
constexpr std::size_t most_points = 5000;
constexpr double seam = 0.2;  // style pixels by which polygons reach under their neighbours

using Pieces = std::vector<std::shared_ptr<const Piece>>;

scene::Rect intersection(const scene::Rect& a, const scene::Rect& b) {
  const double left = std::max(a.x, b.x), top = std::max(a.y, b.y);
  const double right = std::min(a.x + a.width, b.x + b.width),
               bottom = std::min(a.y + a.height, b.y + b.height);
  return {left, top, right - left, bottom - top};
}

std::string class_of(const MapLayer& layer, const char* part) {
  const std::string name = layer.role ? std::string{table::role_name(*layer.role)} : "layer";
  return name + " " + part;
}

class SheetPainter {
 public:
  SheetPainter(const SheetContent& content, const scene::Rect& part, Pen& pen)
      : content_(content),
        camera_(content.camera),
        ratio_(content.sheet.pixel_ratio()),
        part_(part),
        seen_(intersection(part, content.place)),
        pen_(pen) {}

  Status paint_all(Progress& progress) {
    if (seen_.width > 0 && seen_.height > 0)
      if (const Status painted = paint_map(progress); !painted) return painted;
    paint_furniture(content_.furniture, "furniture");
    return {};
  }

 private:
  Status paint_map(Progress& progress) {
    pen_.begin_clip(content_.place);
    Path frame;
    frame.add_rect(content_.place);
    pen_.fill(frame, {content_.paper.background, {0, 0, 0, 0}});
    for (const SheetContent::Ground& ground : content_.grounds) paint_ground(ground);
    for (const SheetContent::Drawing& drawing : content_.drawings) {
      paint_layer(drawing, progress);
      if (progress.stop_requested()) return cancelled_issue();
      progress.advance();
    }
    paint_selection();
    if (content_.sheet.graticule) paint_furniture(content_.graticule, "graticule");
    paint_names();
    pen_.end_clip();
    return {};
  }

  void paint_furniture(const scene::Furniture& furniture, const char* name) {
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
      pen_.symbols(scene::symbol_of(symbol, ratio_), std::span{&symbol.centre, 1});
    std::vector<TextLine> lines;
    for (const scene::FurnitureText& text : furniture.texts)
      lines.push_back(
          {text.text, text.left_baseline, text.size, text.colour, text.halo, scene::text_halo * ratio_, {}});
    std::erase_if(lines, [&](const TextLine& line) { return !reaches_in(line); });
    pen_.texts(lines);
    pen_.end_group();
  }

  PieceView view_of(const Piece& piece, double reach) const {
    return {piece, camera_, {content_.place.x, content_.place.y}, seen_, reach};
  }

  // No part of a text is further from where it begins than twice its size, up or down.
  bool reaches_in(const TextLine& line) const {
    const double reach = 2 * line.size + line.halo_width;
    const auto near = [&](ScreenPoint p) {
      return p.y + reach > part_.y && p.y - reach < part_.y + part_.height;
    };
    if (line.glyphs.empty()) return near(line.left_baseline);
    return std::any_of(line.glyphs.begin(), line.glyphs.end(),
                       [&](const scene::LabelGlyph& glyph) { return near(glyph.left_baseline); });
  }

  void paint_layer(const SheetContent::Drawing& drawing, const Progress& progress) {
    const MapLayer& layer = *drawing.pass.layer;
    if (drawing.pass.kind == DrawingPass::Kind::fills) paint_fills(layer, drawing.pieces, progress);
    if (drawing.pass.kind == DrawingPass::Kind::outlines) {
      pen_.begin_group(class_of(layer, "outlines"), 1);
      paint_lines(layer, drawing.pieces, layer.look.opacity, progress);
      pen_.end_group();
    }
    if (drawing.pass.kind == DrawingPass::Kind::features) {
      // When the layer is not opaque nothing shows through where its features overlap.
      pen_.begin_group(class_of(layer, "features"), layer.look.opacity);
      if (!scene::has_polygons(layer)) paint_lines(layer, drawing.pieces, 1, progress);
      paint_symbols(layer, drawing.pieces, progress);
      pen_.end_group();
    }
  }

  // Its pictures have the map's pixels, of which the rows in this part are taken.
  void paint_ground(const SheetContent::Ground& ground) {
    const int first = static_cast<int>(std::floor(seen_.y - content_.place.y));
    const int end = static_cast<int>(std::ceil(seen_.y + seen_.height - content_.place.y));
    const std::size_t row = 4 * static_cast<std::size_t>(ground.picture.width);
    const auto begin = ground.picture.rgba.begin();
    scene::Image rows{ground.picture.width, end - first, {}};
    rows.rgba.assign(begin + static_cast<std::ptrdiff_t>(row) * first,
                     begin + static_cast<std::ptrdiff_t>(row) * end);
    const scene::Rect place{content_.place.x, content_.place.y + first, static_cast<double>(rows.width),
                            static_cast<double>(rows.height)};
    pen_.image(rows, place, ground.opacity);
  }

  void paint_fills(const MapLayer& layer, const Pieces& pieces, const Progress& progress) {
    const bool on_ground = !content_.grounds.empty();  // which fills must not hide
    if (on_ground && scene::is_paper(layer)) return;
    std::vector<bool> visible;
    for (const scene::FeatureStyle& style : layer.rows->styles)
      visible.push_back(style.visible_at(camera_.zoom()));
    pen_.begin_group(class_of(layer, "fills"), scene::fill_opacity(layer, camera_.zoom(), on_ground));
    for (const auto& piece : pieces) {
      const PieceView view = view_of(*piece, 2 * ratio_);
      for (std::size_t at = 0; view.shows_any() && at < piece->rings.size() && !progress.stop_requested();) {
        const std::uint32_t row = piece->rings[at].row;
        const Path path = view.rings_of_row(at);
        if (path.empty()) continue;
        const scene::FillPaint paint =
            scene::fill_of(layer, row, visible[layer.rows->style_of_row[row]], content_.paper);
        if (paint.colour.a > 0 || paint.hatch.a > 0) pen_.fill(path, paint, seam * ratio_);
      }
    }
    pen_.end_group();
  }

  void paint_lines(const MapLayer& layer, const Pieces& pieces, double opacity, const Progress& progress) {
    const auto& styles = layer.rows->styles;
    for (std::size_t i = 0; i < styles.size(); ++i) {
      const auto paint = scene::line_of(styles[i], layer.look, camera_, opacity);
      if (!paint) continue;
      for (const std::optional<LinePaint>& coat : {paint->casing, std::optional{paint->line}})
        for (const auto& piece : pieces)
          for (const StyleRun& run : piece->segment_runs)
            if (coat && run.style.value == i && !progress.stop_requested()) stroke(*piece, run, *coat);
    }
  }

  void stroke(const Piece& piece, const StyleRun& run, const LinePaint& paint) {
    const PieceView view = view_of(piece, paint.width);
    if (paint.colour.a == 0 || !view.shows_any()) return;
    const double period = paint.dash_on + paint.dash_off;
    const bool dashed = paint.dash_on > 0 && paint.dash_off > 0;
    Path path;
    view.for_lines(run, [&](const PieceView::Line& line) {
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

  void paint_symbols(const MapLayer& layer, const Pieces& pieces, const Progress& progress) {
    const auto& styles = layer.rows->styles;
    for (std::size_t i = 0; i < styles.size(); ++i) {
      const auto paint = scene::symbol_of(styles[i], layer.look, camera_);
      if (!paint) continue;
      for (const auto& piece : pieces)
        for (const StyleRun& run : piece->symbol_runs)
          if (run.style.value == i && !progress.stop_requested()) stamp(*piece, run, *paint);
    }
  }

  void stamp(const Piece& piece, const StyleRun& run, const scene::SymbolPaint& paint) {
    const PieceView view = view_of(piece, paint.size + paint.outline_width);
    if (view.shows_any()) pen_.symbols(paint, view.symbols(run));
  }

  void paint_selection() {
    if (content_.selection.empty()) return;
    pen_.begin_group("selection", 1);
    for (const auto& [layer, piece] : content_.selection) {
      const auto& styles = layer.rows->styles;
      for (std::size_t coat = 0; coat < scene::highlight_coats; ++coat)
        for (const StyleRun& run : piece->segment_runs)
          stroke(*piece, run, scene::highlight_lines(styles[run.style.value], content_.paper, camera_)[coat]);
      for (const StyleRun& run : piece->symbol_runs)
        for (const scene::SymbolPaint& paint :
             scene::highlight_symbols(styles[run.style.value], content_.paper, camera_))
          if (paint.shape != scene::Shape::none) stamp(*piece, run, paint);
    }
    pen_.end_group();
  }

  void paint_names() {
    std::vector<TextLine> lines;
    pen_.begin_group("labels", 1);
    for (const SheetContent::Name& name : content_.names) {
      if (!reaches_in(name.line)) continue;
      if (name.box) paint_label_box(*name.box);
      lines.push_back(name.line);
    }
    pen_.texts(lines);
    pen_.end_group();
  }

  // Its outline lies within.
  void paint_label_box(const scene::LabelBox& box) {
    const double width = box.max.x - box.min.x, height = box.max.y - box.min.y, edge = box.outline_width;
    Path path;
    path.add_round_rect({box.min.x, box.min.y, width, height}, box.radius);
    pen_.fill(path, {box.outline, {0, 0, 0, 0}});
    path.clear();
    path.add_round_rect({box.min.x + edge, box.min.y + edge, width - 2 * edge, height - 2 * edge},
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

  const SheetContent& content_;
  const scene::Camera& camera_;
  const double ratio_;
  const scene::Rect part_;
  const scene::Rect seen_;  // of the map
  Pen& pen_;
};

}  // namespace

Status paint(const SheetContent& content, const scene::Rect& part, Pen& pen, Progress& progress) {
  return SheetPainter{content, part, pen}.paint_all(progress);
}

}  // namespace xiangtu::render::page
