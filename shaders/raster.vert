#version 330 core
// A tile of a background, or a part of one, as a rectangle.
uniform vec2 upper_left, lower_right;  // screen pixels
uniform vec2 first, last;              // shares of the tile
uniform vec2 viewport;

out vec2 uv;

void main() {
  vec2 share = vec2((gl_VertexID & 1) == 0 ? 0.0 : 1.0, (gl_VertexID & 2) == 0 ? 0.0 : 1.0);
  uv = mix(first, last, share);
  vec2 pixel = mix(upper_left, lower_right, share);
  gl_Position = vec4(pixel.x / viewport.x * 2.0 - 1.0, 1.0 - pixel.y / viewport.y * 2.0, 0.0, 1.0);
}
