#version 330 core
// Plain triangles in pixels: panels, scale bar, north arrow.
layout(location = 0) in vec2 pixel;
layout(location = 1) in vec4 paint;

uniform vec2 viewport;

flat out vec4 colour;

void main() {
  colour = paint;
  gl_Position = vec4(pixel.x / viewport.x * 2.0 - 1.0, 1.0 - pixel.y / viewport.y * 2.0, 0.0, 1.0);
}
