#version 330 core
// One symbol an instance.
layout(location = 0) in vec2 offset;

uniform vec3 place;
uniform vec2 viewport;
uniform float radius;  // pixels
uniform float outline_width;

out vec2 at;  // pixels from the centre, y down

void main() {
  float reach = radius * 1.2 + outline_width + 1.0;
  at = vec2((gl_VertexID & 1) == 0 ? -reach : reach, (gl_VertexID & 2) == 0 ? -reach : reach);
  vec2 pixel = place.xy + offset * place.z + at;
  gl_Position = vec4(pixel.x / viewport.x * 2.0 - 1.0, 1.0 - pixel.y / viewport.y * 2.0, 0.0, 1.0);
}
