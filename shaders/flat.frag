#version 330 core
flat in vec4 colour;

uniform vec4 hatch;  // alpha 0: none
uniform float hatch_period;

out vec4 premultiplied;

void main() {
  vec4 paint = colour;
  if (hatch.a > 0.0) {
    float across = mod(gl_FragCoord.x + gl_FragCoord.y, hatch_period);
    float line = clamp(hatch_period * 0.16 + 0.5 - abs(across - hatch_period * 0.5) * 0.7071, 0.0, 1.0);
    paint = mix(paint, vec4(hatch.rgb, 1.0), line * hatch.a);
  }
  premultiplied = vec4(paint.rgb, 1.0) * paint.a;
}
