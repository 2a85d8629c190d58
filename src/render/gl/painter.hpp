// The drawing of one picture: programs, the transformation of a piece to the screen, and the single
// operations that passes are made of. Internal to this room.
#pragma once

#include "render/gl/gpu_piece.hpp"
#include "render/gl/map_renderer.hpp"
#include "render/gl/program.hpp"
#include "render/scene/paint.hpp"

namespace xiangtu::render::gl {

struct Programs {
  Program fill, line, hairline, symbol, text, flat, sheet, picture, raster, box;
  static Result<Programs> load();
};

// Sets the state that all passes share: blending of premultiplied colours; everything else off.
void begin_drawing();
// The state that MapRenderer promises to leave.
void end_drawing();

class Painter {
 public:
  Painter(Programs& programs, DrawCounts& counts, int width, int height)
      : programs_(programs), counts_(counts), width_(width), height_(height) {}

  // texture: of the quad's image.
  void tile(GLuint texture, const scene::TileQuad& quad, const scene::Camera& camera, double opacity);
  void fills(GpuPiece& gpu, const scene::Piece& piece, const scene::Camera& camera, double opacity);
  void thick_lines(GpuPiece& gpu, const scene::Piece& piece, const scene::Camera& camera,
                   const scene::StyleRun& run, const scene::LinePaint& paint);
  void hairlines(GpuPiece& gpu, const scene::Piece& piece, const scene::Camera& camera,
                 const scene::StyleRun& run, const scene::LinePaint& paint);
  void symbols(GpuPiece& gpu, const scene::Piece& piece, const scene::Camera& camera,
               const scene::StyleRun& run, const scene::SymbolPaint& paint);

 private:
  void place(Program& program, const scene::Piece& piece, const scene::Camera& camera);

  Programs& programs_;
  DrawCounts& counts_;
  int width_;
  int height_;
};

}  // namespace xiangtu::render::gl
