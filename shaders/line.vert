#version 330 core
// One thick segment an instance: a quad around it, with room for round ends.
layout(location = 0) in vec3 a;  // level pixels from the piece's origin; length of the line up to here
layout(location = 1) in vec3 b;

uniform vec3 place;
uniform vec2 viewport;
uniform float half_width;  // pixels

out vec2 at;            // pixels along and across the segment, from its beginning
flat out float extent;  // its length in pixels
flat out float begin;   // length of the line before it

void main() {
  vec2 from = place.xy + a.xy * place.z;
  vec2 to = place.xy + b.xy * place.z;
  vec2 along = to - from;
  extent = length(along);
  begin = a.z * place.z;
  vec2 direction = extent > 0.0 ? along / extent : vec2(1.0, 0.0);
  vec2 normal = vec2(-direction.y, direction.x);
  float reach = half_width + 1.0;
  float side = (gl_VertexID & 1) == 0 ? -reach : reach;
  float end = (gl_VertexID & 2) == 0 ? -reach : extent + reach;
  at = vec2(end, side);
  vec2 pixel = from + direction * end + normal * side;
  gl_Position = vec4(pixel.x / viewport.x * 2.0 - 1.0, 1.0 - pixel.y / viewport.y * 2.0, 0.0, 1.0);
}
