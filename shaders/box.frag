#version 330 core
in vec2 at;
flat in vec2 half_box;
flat in vec2 shape;  // radius, width of the outline
flat in vec4 fill;
flat in vec4 outline;

out vec4 premultiplied;

void main() {
  vec2 d = abs(at) - half_box + shape.x;
  float distance = length(max(d, 0.0)) + min(max(d.x, d.y), 0.0) - shape.x;
  float cover = clamp(0.5 - distance, 0.0, 1.0);
  float inner = clamp(0.5 - (distance + shape.y), 0.0, 1.0);
  vec4 colour = mix(outline, fill, inner);
  premultiplied = vec4(colour.rgb, 1.0) * (colour.a * cover);
}
