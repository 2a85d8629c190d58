#version 330 core
in vec2 at;
flat in float extent;
flat in float begin;

uniform float half_width;
uniform vec4 colour;
uniform vec2 dash;  // on, off in pixels; 0, 0: solid

out vec4 premultiplied;

void main() {
  float past = at.x - clamp(at.x, 0.0, extent);
  float distance = length(vec2(past, at.y));
  float cover = clamp(half_width + 0.5 - distance, 0.0, 1.0);
  if (dash.y > 0.0) {
    float phase = mod(begin + clamp(at.x, 0.0, extent), dash.x + dash.y);
    cover *= clamp(min(phase, dash.x - phase) + 0.5, 0.0, 1.0);
  }
  if (cover <= 0.0) discard;
  premultiplied = vec4(colour.rgb, 1.0) * (colour.a * cover);
}
