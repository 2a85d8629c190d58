// The passes of a picture: fills of polygons, their outlines, then lines and symbols layer by layer,
// the selection, the names.
#include "render/gl/map_renderer.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

#include "render/gl/context.hpp"
#include "render/gl/painter.hpp"
#include "render/gl/target.hpp"

namespace xiangtu::render::gl {

using scene::Camera;
using scene::Colour;
using scene::FeatureStyle;
using scene::MapLayer;
using scene::Piece;
using scene::StyleRun;
using table::GeometryKind;

namespace {

using Pieces = std::vector<std::shared_ptr<const Piece>>;

bool is_polygon(const MapLayer& layer) {
  return layer.table->geometry.kind() == GeometryKind::polygon;
}

struct LayerPieces {
  const MapLayer* layer;
  Pieces pieces;
};

}  // namespace

struct MapRenderer::Impl {
  Fonts fonts;
  Programs programs;
  GpuPieces gpu_pieces;
  RowColours row_colours;
  TextBatch text_batch;
  Buffer flat_buffer;
  VertexArray flat_array, empty_array;
  std::optional<OffscreenTarget> apart;  // for layers that are not opaque
  DrawCounts counts;

  struct Highlight {
    std::uint64_t selection = 0;
    int level = -1;
    std::vector<std::pair<scene::LayerId, std::shared_ptr<const Piece>>> pieces;
  } highlight;

  // Of the picture that is being drawn.
  struct Picture {
    const scene::Scene& scene;
    const Camera& camera;
    Painter painter;
    std::size_t thick_left;  // thick segments that may still be drawn
    bool limited;
  };

  Impl(Fonts opened, Programs loaded) : fonts(std::move(opened)), programs(std::move(loaded)) {}

  void background(const Colour& colour, int x, int y, const Camera& camera) const {
    glEnable(GL_SCISSOR_TEST);
    glScissor(x, y, camera.width(), camera.height());
    glClearColor(colour.r / 255.0f, colour.g / 255.0f, colour.b / 255.0f, 1);
    glClear(GL_COLOR_BUFFER_BIT);
    glDisable(GL_SCISSOR_TEST);
  }

  void draw_fills(Picture& picture, const LayerPieces& entry) {
    const MapLayer& layer = *entry.layer;
    if (!row_colours.bind(layer, picture.scene.styles().paper, picture.camera.zoom())) return;
    for (const auto& piece : entry.pieces)
      if (!piece->fills.empty())
        picture.painter.fills(gpu_pieces.of(piece), *piece, picture.camera, layer.look.opacity);
  }

  void draw_lines(Picture& picture, const LayerPieces& entry, double opacity) {
    const MapLayer& layer = *entry.layer;
    const double zoom = picture.camera.zoom();
    const double ratio = picture.camera.pixel_ratio();
    const auto& styles = layer.rows->styles;
    const std::vector<bool> hairline = hairline_styles(picture, entry);
    for (std::size_t i = 0; i < styles.size(); ++i) {
      const FeatureStyle& style = styles[i];
      if (!style.visible_at(zoom) || style.line.width.zero()) continue;
      const double width = style.line.width.at(zoom) * ratio;
      const double casing = hairline[i] ? 0 : style.line.casing.at(zoom) * ratio;
      LinePaint paint{width, layer.look.tint.value_or(style.line.colour).with_alpha(opacity),
                      style.line.dash_on * std::max(width, ratio),
                      style.line.dash_off * std::max(width, ratio)};
      if (casing > 0)
        draw_style(picture, entry, i,
                   {width + 2 * casing, style.line.casing_colour.with_alpha(opacity), 0, 0}, false);
      draw_style(picture, entry, i, paint, hairline[i]);
    }
  }

  // Which styles of a layer are too many segments for this frame: the last drawn stay thick longest.
  static std::vector<bool> hairline_styles(Picture& picture, const LayerPieces& entry) {
    const auto& styles = entry.layer->rows->styles;
    std::vector<bool> hairline(styles.size(), false);
    if (!picture.limited) return hairline;
    std::vector<std::size_t> segments(styles.size(), 0);
    for (const auto& piece : entry.pieces)
      for (const StyleRun& run : piece->segment_runs) segments[run.style.value] += run.end - run.begin;
    for (std::size_t i = styles.size(); i-- > 0;) {
      if (!styles[i].visible_at(picture.camera.zoom())) continue;
      const std::size_t cost = segments[i] * (styles[i].line.casing.zero() ? 1 : 2);
      hairline[i] = cost > picture.thick_left;
      if (!hairline[i]) picture.thick_left -= cost;
    }
    return hairline;
  }

  void draw_style(Picture& picture, const LayerPieces& entry, std::size_t style, const LinePaint& paint,
                  bool hairline) {
    for (const auto& piece : entry.pieces) {
      for (const StyleRun& run : piece->segment_runs) {
        if (run.style.value != style) continue;
        GpuPiece& gpu = gpu_pieces.of(piece);
        if (hairline)
          picture.painter.hairlines(gpu, *piece, picture.camera, run, paint);
        else
          picture.painter.thick_lines(gpu, *piece, picture.camera, run, paint);
      }
    }
  }

  void draw_symbols(Picture& picture, const LayerPieces& entry) {
    const MapLayer& layer = *entry.layer;
    const double zoom = picture.camera.zoom();
    const double ratio = picture.camera.pixel_ratio();
    const auto& styles = layer.rows->styles;
    for (std::size_t i = 0; i < styles.size(); ++i) {
      if (!styles[i].visible_at(zoom) || styles[i].symbol.shape == scene::Shape::none) continue;
      scene::SymbolStyle symbol = styles[i].symbol;
      if (layer.look.tint) symbol.colour = *layer.look.tint;
      for (const auto& piece : entry.pieces)
        for (const StyleRun& run : piece->symbol_runs)
          if (run.style.value == i)
            picture.painter.symbols(gpu_pieces.of(piece), *piece, picture.camera, run, symbol,
                                    symbol.size.at(zoom) * ratio, ratio);
    }
  }

  // Lines and symbols of a layer; when it is not opaque they are drawn apart and laid over as a whole, so
  // that nothing shows through where they overlap.
  void draw_layer(Picture& picture, const LayerPieces& entry, int x, int y) {
    const bool polygon = is_polygon(*entry.layer);
    const auto content = [&] {
      if (!polygon) draw_lines(picture, entry, 1);
      draw_symbols(picture, entry);
    };
    const double opacity = entry.layer->look.opacity;
    if (opacity >= 1) {
      content();
      return;
    }
    const Camera& camera = picture.camera;
    if (!apart || apart->width() != camera.width() || apart->height() != camera.height()) {
      Result<OffscreenTarget> target = OffscreenTarget::create(camera.width(), camera.height());
      if (!target) {
        content();
        return;
      }
      apart = std::move(*target);
    }
    GLint framebuffer = 0;
    glGetIntegerv(GL_DRAW_FRAMEBUFFER_BINDING, &framebuffer);
    apart->bind();
    glClearColor(0, 0, 0, 0);
    glClear(GL_COLOR_BUFFER_BIT);
    content();
    glBindFramebuffer(GL_FRAMEBUFFER, static_cast<GLuint>(framebuffer));
    glViewport(x, y, camera.width(), camera.height());
    glBindTexture(GL_TEXTURE_2D, apart->texture());
    glBindVertexArray(empty_array.id());
    programs.sheet.use();
    programs.sheet.set("layer", 0);
    programs.sheet.set("corner", static_cast<float>(x), static_cast<float>(y));
    programs.sheet.set("opacity", static_cast<float>(opacity));
    glDrawArrays(GL_TRIANGLES, 0, 3);
    ++counts.draw_calls;
  }

  void update_highlight(const scene::Scene& scene, const Camera& camera) {
    const int level = static_cast<int>(std::ceil(camera.zoom()));
    if (highlight.selection == scene.selection_revision() && highlight.level == level) return;
    highlight = {scene.selection_revision(), level, {}};
    for (const scene::LayerRows& rows : scene.selection())
      if (const MapLayer* layer = scene.find(rows.layer))
        highlight.pieces.push_back(
            {rows.layer, std::make_shared<const Piece>(scene.piece_of(*layer, camera, rows.rows))});
  }

  void draw_highlight(Picture& picture) {
    update_highlight(picture.scene, picture.camera);
    const scene::PaperStyle& paper = picture.scene.styles().paper;
    const double ratio = picture.camera.pixel_ratio();
    const double zoom = picture.camera.zoom();
    for (const auto& [id, piece] : highlight.pieces) {
      const MapLayer* layer = picture.scene.find(id);
      if (!layer || !layer->look.visible) continue;
      GpuPiece& gpu = gpu_pieces.of(piece);
      for (const bool halo : {true, false}) {
        for (const StyleRun& run : piece->segment_runs) {
          const double width = std::max(layer->rows->styles[run.style.value].line.width.at(zoom), 1.5);
          const LinePaint paint{(width + (halo ? 5.0 : 1.5)) * ratio,
                                halo ? paper.highlight_halo : paper.highlight, 0, 0};
          picture.painter.thick_lines(gpu, *piece, picture.camera, run, paint);
        }
      }
      for (const StyleRun& run : piece->symbol_runs) {
        scene::SymbolStyle ring = layer->rows->styles[run.style.value].symbol;
        const double size = std::max(ring.size.at(zoom), 6.0);
        scene::SymbolStyle halo{scene::Shape::circle, {}, paper.highlight_halo, paper.highlight_halo, 0};
        picture.painter.symbols(gpu, *piece, picture.camera, run, halo, (size + 13) * ratio, ratio);
        halo.colour = paper.highlight;
        picture.painter.symbols(gpu, *piece, picture.camera, run, halo, (size + 9) * ratio, ratio);
        picture.painter.symbols(gpu, *piece, picture.camera, run, ring, size * ratio, ratio);
      }
    }
  }

  void draw_labels(Picture& picture) {
    const double ratio = picture.camera.pixel_ratio();
    const auto measure = [this](std::string_view text, double size) { return fonts.measure(text, size); };
    for (const scene::PlacedLabel& label : scene::place_labels(picture.scene, picture.camera, measure)) {
      text_batch.add(fonts, label.text, label.left_baseline, label.size, label.colour, label.halo,
                     1.5 * ratio);
      ++counts.labels;
    }
    text_batch.draw(fonts, programs.text, picture.camera.width(), picture.camera.height());
  }

  void draw_map(const scene::Scene& scene, const Camera& camera, int x, int y, const DrawOptions& options) {
    begin_drawing();
    glViewport(x, y, camera.width(), camera.height());
    fonts.trim();
    gpu_pieces.sweep();
    row_colours.keep_only(scene.layers());
    counts = {};
    if (options.background) background(scene.styles().paper.background, x, y, camera);
    Picture picture{scene, camera, Painter{programs, counts, camera.width(), camera.height()},
                    options.thick_segments, options.thick_segments > 0};
    std::vector<LayerPieces> layers;
    for (const MapLayer& layer : scene.layers())
      if (layer.look.visible && layer.look.opacity > 0)
        layers.push_back({&layer, scene.pieces(layer, camera)});
    for (const LayerPieces& entry : layers) counts.tiles += entry.pieces.size();
    for (const LayerPieces& entry : layers)
      if (is_polygon(*entry.layer)) draw_fills(picture, entry);
    // Counties lie under townships, but their borders over them.
    for (auto entry = layers.rbegin(); entry != layers.rend(); ++entry)
      if (is_polygon(*entry->layer)) draw_lines(picture, *entry, entry->layer->look.opacity);
    for (const LayerPieces& entry : layers) draw_layer(picture, entry, x, y);
    draw_highlight(picture);
    if (options.labels) draw_labels(picture);
    end_drawing();
  }

  struct FlatVertex {
    float x, y;
    Colour colour;
  };

  void draw_flat(const std::vector<FlatVertex>& vertices, int width, int height, Colour hatch,
                 double period) {
    if (vertices.empty()) return;
    glBindVertexArray(flat_array.id());
    glBindBuffer(GL_ARRAY_BUFFER, flat_buffer.id());
    glBufferData(GL_ARRAY_BUFFER, static_cast<GLsizeiptr>(vertices.size() * sizeof(FlatVertex)),
                 vertices.data(), GL_STREAM_DRAW);
    glEnableVertexAttribArray(0);
    glEnableVertexAttribArray(1);
    glVertexAttribPointer(0, 2, GL_FLOAT, GL_FALSE, sizeof(FlatVertex), nullptr);
    glVertexAttribPointer(1, 4, GL_UNSIGNED_BYTE, GL_TRUE, sizeof(FlatVertex),
                          reinterpret_cast<const void*>(offsetof(FlatVertex, colour)));
    programs.flat.use();
    programs.flat.set("viewport", static_cast<float>(width), static_cast<float>(height));
    programs.flat.set("hatch", hatch);
    programs.flat.set("hatch_period", static_cast<float>(period));
    glDrawArrays(GL_TRIANGLES, 0, static_cast<GLsizei>(vertices.size()));
  }

  static void add_rect(const scene::Rect& rect, Colour colour, std::vector<FlatVertex>& vertices) {
    if (colour.a == 0) return;
    const auto left = static_cast<float>(rect.x), top = static_cast<float>(rect.y);
    const auto right = static_cast<float>(rect.x + rect.width),
               bottom = static_cast<float>(rect.y + rect.height);
    vertices.insert(vertices.end(), {{left, top, colour},
                                     {right, top, colour},
                                     {left, bottom, colour},
                                     {right, top, colour},
                                     {right, bottom, colour},
                                     {left, bottom, colour}});
  }

  static void add_outline(const scene::Rect& rect, double width, Colour colour,
                          std::vector<FlatVertex>& vertices) {
    if (width <= 0) return;
    const double w = std::max(width, 1.0);
    add_rect({rect.x, rect.y, rect.width, w}, colour, vertices);
    add_rect({rect.x, rect.y + rect.height - w, rect.width, w}, colour, vertices);
    add_rect({rect.x, rect.y + w, w, rect.height - 2 * w}, colour, vertices);
    add_rect({rect.x + rect.width - w, rect.y + w, w, rect.height - 2 * w}, colour, vertices);
  }

  void draw_furniture(const scene::Furniture& furniture, int width, int height, double ratio) {
    begin_drawing();
    glViewport(0, 0, width, height);
    Painter painter{programs, counts, width, height};
    // Lines and symbols of the legend go through the same programs as the map's: a piece that lies in
    // screen pixels, drawn by a camera for which a level pixel is a pixel.
    std::vector<FlatVertex> vertices;
    for (const scene::FurnitureBox& box : furniture.boxes) {
      if (box.hatch == scene::Hatch::none) {
        add_rect(box.rect, box.fill, vertices);
      } else {
        draw_flat(std::exchange(vertices, {}), width, height, {0, 0, 0, 0}, 1);
        add_rect(box.rect, box.fill, vertices);
        draw_flat(std::exchange(vertices, {}), width, height, box.hatch_colour, 8 * ratio);
      }
      add_outline(box.rect, box.outline_width, box.outline, vertices);
    }
    for (const scene::FurnitureTriangle& triangle : furniture.triangles)
      for (const scene::ScreenPoint p : {triangle.a, triangle.b, triangle.c})
        vertices.push_back({static_cast<float>(p.x), static_cast<float>(p.y), triangle.colour});
    draw_flat(vertices, width, height, {0, 0, 0, 0}, 1);
    for (const scene::FurnitureLine& line : furniture.lines)
      draw_furniture_line(painter, line, width, height);
    for (const scene::FurnitureSymbol& symbol : furniture.symbols)
      draw_furniture_symbol(painter, symbol, width, height, ratio);
    for (const scene::FurnitureText& text : furniture.texts)
      text_batch.add(fonts, text.text, text.left_baseline, text.size, text.colour, text.halo, 1.5 * ratio);
    text_batch.draw(fonts, programs.text, width, height);
    end_drawing();
  }

  // A camera and a piece whose level pixels are the screen's pixels.
  static Camera screen_camera(int width, int height) {
    Camera camera{width, height};
    camera.set_zoom(scene_level);
    return camera;
  }
  static constexpr int scene_level = 10;

  static Piece screen_piece(const Camera& camera) {
    Piece piece;
    piece.level = scene_level;
    piece.origin = camera.to_world({0, 0});
    return piece;
  }

  static void draw_furniture_line(Painter& painter, const scene::FurnitureLine& line, int width, int height) {
    const Camera camera = screen_camera(width, height);
    Piece piece = screen_piece(camera);
    const auto x = [](scene::ScreenPoint p) { return static_cast<float>(p.x); };
    const auto y = [](scene::ScreenPoint p) { return static_cast<float>(p.y); };
    const auto length = static_cast<float>(std::hypot(line.b.x - line.a.x, line.b.y - line.a.y));
    piece.segments.push_back({{x(line.a), y(line.a), 0}, {x(line.b), y(line.b), length}});
    GpuPiece gpu{piece};
    const StyleRun run{{}, 0, 1};
    if (line.casing > 0)
      painter.thick_lines(gpu, piece, camera, run,
                          {line.width + 2 * line.casing, line.style.casing_colour, 0, 0});
    painter.thick_lines(
        gpu, piece, camera, run,
        {line.width, line.style.colour, line.style.dash_on * line.width, line.style.dash_off * line.width});
  }

  static void draw_furniture_symbol(Painter& painter, const scene::FurnitureSymbol& symbol, int width,
                                    int height, double ratio) {
    const Camera camera = screen_camera(width, height);
    Piece piece = screen_piece(camera);
    piece.symbols.push_back({static_cast<float>(symbol.centre.x), static_cast<float>(symbol.centre.y)});
    GpuPiece gpu{piece};
    painter.symbols(gpu, piece, camera, {{}, 0, 1}, symbol.style, symbol.size, ratio);
  }
};

Result<MapRenderer> MapRenderer::create(const std::vector<FontFile>& fonts) {
  if (const Status new_enough = check_opengl(); !new_enough) return new_enough.issue();
  Result<Fonts> opened = Fonts::open(fonts);
  if (!opened) return opened.issue();
  Result<Programs> programs = Programs::load();
  if (!programs) return programs.issue();
  return MapRenderer{std::make_unique<Impl>(std::move(*opened), std::move(*programs))};
}

MapRenderer::MapRenderer(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
MapRenderer::MapRenderer(MapRenderer&&) noexcept = default;
MapRenderer& MapRenderer::operator=(MapRenderer&&) noexcept = default;
MapRenderer::~MapRenderer() = default;

void MapRenderer::draw(const scene::Scene& scene, const Camera& camera, int x, int y,
                       const DrawOptions& options) {
  impl_->draw_map(scene, camera, x, y, options);
}

void MapRenderer::draw(const scene::Furniture& furniture, int width, int height, double pixel_ratio) {
  impl_->draw_furniture(furniture, width, height, pixel_ratio);
}

Fonts& MapRenderer::fonts() {
  return impl_->fonts;
}

scene::MeasureText MapRenderer::measure() {
  return [impl = impl_.get()](std::string_view text, double size) { return impl->fonts.measure(text, size); };
}

const DrawCounts& MapRenderer::counts() const {
  return impl_->counts;
}

}  // namespace xiangtu::render::gl
