// Many boxes with round corners in one draw call: what labels stand in.
#pragma once

#include <vector>

#include "render/gl/handles.hpp"
#include "render/gl/program.hpp"
#include "render/scene/labels.hpp"

namespace xiangtu::render::gl {

class BoxBatch {
 public:
  void add(const scene::LabelBox& box);
  // Draws and forgets what was added.
  void draw(Program& program, int width, int height);

 private:
  struct Vertex {
    float x, y, middle_x, middle_y, half_width, half_height, radius, outline_width;
    scene::Colour fill, outline;
  };
  std::vector<Vertex> vertices_;
  Buffer buffer_;
  VertexArray array_;
};

}  // namespace xiangtu::render::gl
