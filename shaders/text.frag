#version 330 core
in vec2 uv;  // texels of the atlas
flat in vec4 colour;

uniform sampler2D atlas;

out vec4 premultiplied;

void main() {
  float cover = texture(atlas, uv / vec2(textureSize(atlas, 0))).r;
  premultiplied = vec4(colour.rgb, 1.0) * (colour.a * cover);
}
