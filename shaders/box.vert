#version 330 core
// Boxes with round corners: six corners each, in device pixels.
layout(location = 0) in vec2 pixel;
layout(location = 1) in vec2 middle;
layout(location = 2) in vec2 half_size;
layout(location = 3) in vec2 corner;  // radius, width of the outline
layout(location = 4) in vec4 paint;
layout(location = 5) in vec4 edge;

uniform vec2 viewport;

out vec2 at;  // from the middle
flat out vec2 half_box;
flat out vec2 shape;
flat out vec4 fill;
flat out vec4 outline;

void main() {
  at = pixel - middle;
  half_box = half_size;
  shape = corner;
  fill = paint;
  outline = edge;
  gl_Position = vec4(pixel.x / viewport.x * 2.0 - 1.0, 1.0 - pixel.y / viewport.y * 2.0, 0.0, 1.0);
}
