#version 330 core
in float along;

uniform vec4 colour;
uniform vec2 dash;

out vec4 premultiplied;

void main() {
  if (dash.y > 0.0 && mod(along, dash.x + dash.y) > dash.x) discard;
  premultiplied = vec4(colour.rgb, 1.0) * colour.a;
}
