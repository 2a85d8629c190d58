#version 330 core
// A finished picture as a rectangle, moved and scaled to where the camera is now.
uniform vec3 place;     // upper left corner in pixels; scale
uniform vec2 size;      // of the picture in its own pixels
uniform vec2 viewport;

out vec2 uv;

void main() {
  vec2 share = vec2((gl_VertexID & 1) == 0 ? 0.0 : 1.0, (gl_VertexID & 2) == 0 ? 0.0 : 1.0);
  uv = vec2(share.x, 1.0 - share.y);
  vec2 pixel = place.xy + share * size * place.z;
  gl_Position = vec4(pixel.x / viewport.x * 2.0 - 1.0, 1.0 - pixel.y / viewport.y * 2.0, 0.0, 1.0);
}
