// Title, legend, scale bar and the other things around a map.
#include <algorithm>
#include <cmath>
#include <cstddef>

#include "render/gl/renderer_state.hpp"

namespace xiangtu::render::gl {

using scene::Camera;
using scene::Colour;
using scene::Piece;
using scene::StyleRun;

namespace {

struct FlatVertex {
  float x, y;
  Colour colour;
};

void draw_flat(RendererState& state, const std::vector<FlatVertex>& vertices, int width, int height,
               Colour hatch, double period) {
  if (vertices.empty()) return;
  glBindVertexArray(state.flat_array.id());
  glBindBuffer(GL_ARRAY_BUFFER, state.flat_buffer.id());
  glBufferData(GL_ARRAY_BUFFER, static_cast<GLsizeiptr>(vertices.size() * sizeof(FlatVertex)),
               vertices.data(), GL_STREAM_DRAW);
  glEnableVertexAttribArray(0);
  glEnableVertexAttribArray(1);
  glVertexAttribPointer(0, 2, GL_FLOAT, GL_FALSE, sizeof(FlatVertex), nullptr);
  glVertexAttribPointer(1, 4, GL_UNSIGNED_BYTE, GL_TRUE, sizeof(FlatVertex),
                        reinterpret_cast<const void*>(offsetof(FlatVertex, colour)));
  state.programs.flat.use();
  state.programs.flat.set("viewport", static_cast<float>(width), static_cast<float>(height));
  state.programs.flat.set("hatch", hatch);
  state.programs.flat.set("hatch_period", static_cast<float>(period));
  glDrawArrays(GL_TRIANGLES, 0, static_cast<GLsizei>(vertices.size()));
}

void add_rect(const scene::Rect& rect, Colour colour, std::vector<FlatVertex>& vertices) {
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

void add_outline(const scene::Rect& rect, double width, Colour colour, std::vector<FlatVertex>& vertices) {
  if (width <= 0) return;
  const double w = std::max(width, 1.0);
  add_rect({rect.x, rect.y, rect.width, w}, colour, vertices);
  add_rect({rect.x, rect.y + rect.height - w, rect.width, w}, colour, vertices);
  add_rect({rect.x, rect.y + w, w, rect.height - 2 * w}, colour, vertices);
  add_rect({rect.x + rect.width - w, rect.y + w, w, rect.height - 2 * w}, colour, vertices);
}

// Lines and symbols of the legend go through the same programs as the map's: a piece that lies in screen
// pixels, drawn by a camera for which a level pixel is a pixel.
constexpr int screen_level = 10;

Camera screen_camera(int width, int height) {
  Camera camera{width, height};
  camera.set_zoom(screen_level);
  return camera;
}

Piece screen_piece(const Camera& camera) {
  Piece piece;
  piece.level = screen_level;
  piece.origin = camera.to_world({0, 0});
  return piece;
}

void draw_furniture_line(Painter& painter, const scene::FurnitureLine& line, int width, int height) {
  const Camera camera = screen_camera(width, height);
  Piece piece = screen_piece(camera);
  const auto x = [](scene::ScreenPoint p) { return static_cast<float>(p.x); };
  const auto y = [](scene::ScreenPoint p) { return static_cast<float>(p.y); };
  const auto length = static_cast<float>(std::hypot(line.b.x - line.a.x, line.b.y - line.a.y));
  piece.segments.push_back({{x(line.a), y(line.a), 0}, {x(line.b), y(line.b), length}});
  GpuPiece gpu{piece};
  const StyleRun run{{}, 0, 1};
  const scene::StyledLine paint = scene::line_of(line);
  if (paint.casing) painter.thick_lines(gpu, piece, camera, run, *paint.casing);
  painter.thick_lines(gpu, piece, camera, run, paint.line);
}

void draw_furniture_symbol(Painter& painter, const scene::FurnitureSymbol& symbol, int width, int height,
                           double ratio) {
  const Camera camera = screen_camera(width, height);
  Piece piece = screen_piece(camera);
  piece.symbols.push_back({static_cast<float>(symbol.centre.x), static_cast<float>(symbol.centre.y)});
  GpuPiece gpu{piece};
  painter.symbols(gpu, piece, camera, {{}, 0, 1}, scene::symbol_of(symbol, ratio));
}

}  // namespace

void draw_furniture(RendererState& state, const scene::Furniture& furniture, int x, int y, int width,
                    int height, double ratio) {
  begin_drawing();
  glViewport(x, y, width, height);
  Painter painter{state.programs, state.counts, width, height};
  std::vector<FlatVertex> vertices;
  for (const scene::FurnitureBox& box : furniture.boxes) {
    if (box.hatch == scene::Hatch::none) {
      add_rect(box.rect, box.fill, vertices);
    } else {
      draw_flat(state, std::exchange(vertices, {}), width, height, {0, 0, 0, 0}, 1);
      add_rect(box.rect, box.fill, vertices);
      draw_flat(state, std::exchange(vertices, {}), width, height, box.hatch_colour,
                scene::hatch_period * ratio);
    }
    add_outline(box.rect, box.outline_width, box.outline, vertices);
  }
  for (const scene::FurnitureTriangle& triangle : furniture.triangles)
    for (const scene::ScreenPoint p : {triangle.a, triangle.b, triangle.c})
      vertices.push_back({static_cast<float>(p.x), static_cast<float>(p.y), triangle.colour});
  draw_flat(state, vertices, width, height, {0, 0, 0, 0}, 1);
  for (const scene::FurnitureLine& line : furniture.lines) draw_furniture_line(painter, line, width, height);
  for (const scene::FurnitureSymbol& symbol : furniture.symbols)
    draw_furniture_symbol(painter, symbol, width, height, ratio);
  for (const scene::FurnitureText& text : furniture.texts)
    state.text_batch.add(state.fonts, text.text, text.left_baseline, text.size, text.colour, text.halo,
                         scene::text_halo * ratio);
  state.text_batch.draw(state.fonts, state.programs.text, width, height);
  end_drawing();
}

}  // namespace xiangtu::render::gl
