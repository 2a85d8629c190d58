// Many lines of text in one draw call.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "render/gl/handles.hpp"
#include "render/gl/program.hpp"
#include "render/scene/camera.hpp"
#include "render/scene/colour.hpp"
#include "render/text/fonts.hpp"

namespace xiangtu::render::gl {

class TextBatch {
 public:
  // The halo of all texts goes under all texts. halo_px 0 or a transparent halo: none.
  void add(text::Fonts& fonts, std::string_view utf8, scene::ScreenPoint left_baseline, double size,
           scene::Colour colour, scene::Colour halo, double halo_px);
  // Turned clockwise about its beginning, by radians.
  void add_turned(text::Fonts& fonts, std::string_view utf8, scene::ScreenPoint left_baseline, double angle,
                  double size, scene::Colour colour, scene::Colour halo, double halo_px);
  // Draws and forgets what was added.
  void draw(text::Fonts& fonts, Program& program, int width, int height);

 private:
  struct Vertex {
    float x, y, u, v;
    scene::Colour colour;
  };
  void add_glyphs(text::Fonts& fonts, std::string_view utf8, scene::ScreenPoint left_baseline, double size,
                  scene::Colour colour, double outline, std::vector<Vertex>& vertices);
  void add_turned_glyphs(text::Fonts& fonts, std::string_view utf8, scene::ScreenPoint left_baseline,
                         double angle, double size, scene::Colour colour, double outline,
                         std::vector<Vertex>& vertices);
  void upload_atlas(const text::Fonts& fonts);

  std::vector<Vertex> halos_, texts_;
  Buffer buffer_;
  VertexArray array_;
  Texture atlas_;
  std::uint64_t atlas_revision_ = 0;
};

}  // namespace xiangtu::render::gl
