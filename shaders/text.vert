#version 330 core
layout(location = 0) in vec2 pixel;
layout(location = 1) in vec2 texel;
layout(location = 2) in vec4 paint;

uniform vec2 viewport;

out vec2 uv;
flat out vec4 colour;

void main() {
  uv = texel;
  colour = paint;
  gl_Position = vec4(pixel.x / viewport.x * 2.0 - 1.0, 1.0 - pixel.y / viewport.y * 2.0, 0.0, 1.0);
}
