#version 330 core
// The same segments as thin lines of one pixel, for speed.
layout(location = 0) in vec3 a;

uniform vec3 place;
uniform vec2 viewport;

out float along;

void main() {
  vec2 pixel = place.xy + a.xy * place.z;
  along = a.z * place.z;
  gl_Position = vec4(pixel.x / viewport.x * 2.0 - 1.0, 1.0 - pixel.y / viewport.y * 2.0, 0.0, 1.0);
}
