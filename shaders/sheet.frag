#version 330 core
// A layer that was drawn apart, laid over the map with its opacity.
uniform sampler2D layer;
uniform vec2 corner;  // of the viewport in the framebuffer
uniform float opacity;

out vec4 premultiplied;

void main() {
  premultiplied = texelFetch(layer, ivec2(gl_FragCoord.xy - corner), 0) * opacity;
}
