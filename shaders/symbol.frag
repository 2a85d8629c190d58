#version 330 core
// Symbols as signed distances (pixels, negative inside), so that any size has smooth edges.
in vec2 at;

uniform int shape;  // as in scene::Shape
uniform float radius;
uniform float outline_width;
uniform vec4 colour;
uniform vec4 outline;

out vec4 premultiplied;

float box(vec2 p, vec2 half_size) {
  vec2 d = abs(p) - half_size;
  return length(max(d, 0.0)) + min(max(d.x, d.y), 0.0);
}

// Convex polygon sides: the farthest half plane decides (exact enough for a pixel's edge).
float triangle(vec2 p, float r) {
  p.y -= r * 0.15;
  return max(max(abs(p.x) * 0.8660 - p.y * 0.5, p.y) - r * 0.55, -p.y - r);
}

float drop(vec2 p, float r) {
  p.y -= r * 0.28;
  float round_part = length(p) - r * 0.74;
  float cone = max(abs(p.x) * 0.8 - (p.y + r * 1.24) * 0.6, p.y + r * 0.44);
  return min(round_part, cone);
}

float bridge(vec2 p, float r) {  // )( turned: a deck with two flared parapets
  float deck = box(p, vec2(r * 0.95, r * 0.2));
  vec2 q = vec2(abs(p.x), abs(p.y));
  float rail = box(q - vec2(0.0, r * 0.46), vec2(r * 0.72, r * 0.14));
  vec2 e = q - vec2(r * 0.82, r * 0.62);
  float flare = box(mat2(0.7071, -0.7071, 0.7071, 0.7071) * e, vec2(r * 0.28, r * 0.13));
  return min(deck, min(rail, flare));
}

float house(vec2 p, float r) {
  float walls = box(p - vec2(0.0, r * 0.35), vec2(r * 0.62, r * 0.5));
  float roof = max((abs(p.x) - (p.y + r)) * 0.7071, p.y + r * 0.1);
  return min(walls, roof);
}

float star(vec2 p, float r) {
  float angle = atan(p.x, -p.y);
  float sector = 6.2831853 / 5.0;
  float a = abs(mod(angle + sector * 0.5, sector) - sector * 0.5);
  vec2 q = length(p) * vec2(sin(a), cos(a));
  vec2 tip = vec2(0.0, r);
  vec2 dent = 0.45 * r * vec2(sin(sector * 0.5), cos(sector * 0.5));
  vec2 edge = dent - tip;
  vec2 normal = normalize(vec2(-edge.y, edge.x));
  return dot(q - tip, normal);
}

float signed_distance(vec2 p, float r) {
  if (shape == 1) return length(p) - r;
  if (shape == 2) return box(p, vec2(r * 0.86));
  if (shape == 3) return (abs(p.x) + abs(p.y) - r * 1.1) * 0.7071;
  if (shape == 4) return triangle(p, r);
  if (shape == 5) return drop(p, r);
  if (shape == 6) return min(box(p, vec2(r, r * 0.32)), box(p, vec2(r * 0.32, r)));
  if (shape == 7) return bridge(p, r);
  if (shape == 8) return house(p, r);
  return star(p, r);
}

void main() {
  float d = signed_distance(at, radius);
  float whole = clamp(0.5 - (d - outline_width), 0.0, 1.0);
  float inner = outline_width > 0.0 ? clamp(0.5 - d, 0.0, 1.0) : whole;
  if (whole <= 0.0) discard;
  vec4 ring = vec4(outline.rgb, 1.0) * (outline.a * whole * (1.0 - inner));
  vec4 core = vec4(colour.rgb, 1.0) * (colour.a * whole * inner);
  premultiplied = ring + core;
}
