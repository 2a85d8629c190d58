#version 330 core
in vec2 uv;

uniform sampler2D layer;

out vec4 premultiplied;

void main() {
  premultiplied = vec4(texture(layer, uv).rgb, 1.0);
}
