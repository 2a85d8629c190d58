#include "render/gl/painter.hpp"

#include <algorithm>

#include "base/assets.hpp"

namespace xiangtu::render::gl {

Result<Programs> Programs::load() {
  Programs programs;
  const std::filesystem::path folder = shaders_folder();
  const std::pair<const char*, Program*> all[] = {
      {"fill", &programs.fill},     {"line", &programs.line},       {"hairline", &programs.hairline},
      {"symbol", &programs.symbol}, {"text", &programs.text},       {"flat", &programs.flat},
      {"sheet", &programs.sheet},   {"picture", &programs.picture}, {"raster", &programs.raster},
      {"box", &programs.box}};
  for (const auto& [name, program] : all) {
    Result<Program> loaded = Program::load(folder, name);
    if (!loaded) return loaded.issue();
    *program = std::move(*loaded);
  }
  return programs;
}

void begin_drawing() {
  glDisable(GL_DEPTH_TEST);
  glDisable(GL_STENCIL_TEST);
  glDisable(GL_SCISSOR_TEST);
  glDisable(GL_CULL_FACE);
  glDisable(GL_PRIMITIVE_RESTART);
  glColorMask(GL_TRUE, GL_TRUE, GL_TRUE, GL_TRUE);
  glPolygonMode(GL_FRONT_AND_BACK, GL_FILL);
  glEnable(GL_BLEND);
  glBlendEquation(GL_FUNC_ADD);
  glBlendFunc(GL_ONE, GL_ONE_MINUS_SRC_ALPHA);
  glLineWidth(1);
  glActiveTexture(GL_TEXTURE0);
  glBindSampler(0, 0);
}

void end_drawing() {
  glUseProgram(0);
  glBindVertexArray(0);
  glBindBuffer(GL_ARRAY_BUFFER, 0);
  glBindTexture(GL_TEXTURE_2D, 0);
  glPixelStorei(GL_UNPACK_ALIGNMENT, 4);
  glBlendFuncSeparate(GL_SRC_ALPHA, GL_ONE_MINUS_SRC_ALPHA, GL_ONE, GL_ONE_MINUS_SRC_ALPHA);
}

void Painter::place(Program& program, const scene::Piece& piece, const scene::Camera& camera) {
  const scene::ScreenPoint origin = camera.to_screen(piece.origin);
  program.set("place", static_cast<float>(origin.x), static_cast<float>(origin.y),
              static_cast<float>(camera.pixels_per_world() / piece.pixels_per_world()));
  program.set("viewport", static_cast<float>(width_), static_cast<float>(height_));
  ++counts_.draw_calls;
}

void Painter::tile(GLuint texture, const scene::TileQuad& quad, const scene::Camera& camera, double opacity) {
  const scene::ScreenPoint from = camera.to_screen(quad.box.min), to = camera.to_screen(quad.box.max);
  Program& program = programs_.raster;
  glBindTexture(GL_TEXTURE_2D, texture);
  program.use();
  program.set("tile", 0);
  program.set("upper_left", static_cast<float>(from.x), static_cast<float>(from.y));
  program.set("lower_right", static_cast<float>(to.x), static_cast<float>(to.y));
  program.set("first", static_cast<float>(quad.left), static_cast<float>(quad.top));
  program.set("last", static_cast<float>(quad.right), static_cast<float>(quad.bottom));
  program.set("viewport", static_cast<float>(width_), static_cast<float>(height_));
  program.set("opacity", static_cast<float>(opacity));
  glDrawArrays(GL_TRIANGLE_STRIP, 0, 4);
  ++counts_.draw_calls;
}

void Painter::fills(GpuPiece& gpu, const scene::Piece& piece, const scene::Camera& camera, double opacity) {
  gpu.bind_fills();
  programs_.fill.use();
  place(programs_.fill, piece, camera);
  programs_.fill.set("row_colours", 0);
  programs_.fill.set("opacity", static_cast<float>(opacity));
  programs_.fill.set("hatch_period", static_cast<float>(scene::hatch_period * camera.pixel_ratio()));
  glDrawArrays(GL_TRIANGLES, 0, static_cast<GLsizei>(piece.fills.size()));
  counts_.triangles += piece.fills.size() / 3;
}

void Painter::thick_lines(GpuPiece& gpu, const scene::Piece& piece, const scene::Camera& camera,
                          const scene::StyleRun& run, const scene::LinePaint& paint) {
  gpu.bind_thick_segments(run.begin);
  programs_.line.use();
  place(programs_.line, piece, camera);
  // Below one pixel a line gets paler instead of thinner.
  programs_.line.set("half_width", static_cast<float>(std::max(paint.width, 1.0) / 2));
  programs_.line.set("colour", paint.colour, std::min(paint.width, 1.0));
  programs_.line.set("dash", static_cast<float>(paint.dash_on), static_cast<float>(paint.dash_off));
  glDrawArraysInstanced(GL_TRIANGLE_STRIP, 0, 4, static_cast<GLsizei>(run.end - run.begin));
  counts_.segments += run.end - run.begin;
}

void Painter::hairlines(GpuPiece& gpu, const scene::Piece& piece, const scene::Camera& camera,
                        const scene::StyleRun& run, const scene::LinePaint& paint) {
  gpu.bind_hairlines();
  programs_.hairline.use();
  place(programs_.hairline, piece, camera);
  programs_.hairline.set("colour", paint.colour, std::clamp(paint.width, 0.3, 1.0));
  programs_.hairline.set("dash", static_cast<float>(paint.dash_on), static_cast<float>(paint.dash_off));
  glDrawArrays(GL_LINES, static_cast<GLint>(run.begin * 2), static_cast<GLsizei>((run.end - run.begin) * 2));
  counts_.segments += run.end - run.begin;
}

void Painter::symbols(GpuPiece& gpu, const scene::Piece& piece, const scene::Camera& camera,
                      const scene::StyleRun& run, const scene::SymbolPaint& paint) {
  gpu.bind_symbols(run.begin);
  Program& program = programs_.symbol;
  program.use();
  place(program, piece, camera);
  program.set("shape", static_cast<int>(paint.shape));
  program.set("radius", static_cast<float>(paint.size / 2));
  program.set("outline_width", static_cast<float>(paint.outline_width));
  program.set("colour", paint.colour);
  program.set("outline", paint.outline);
  glDrawArraysInstanced(GL_TRIANGLE_STRIP, 0, 4, static_cast<GLsizei>(run.end - run.begin));
  counts_.symbols += run.end - run.begin;
}

}  // namespace xiangtu::render::gl
