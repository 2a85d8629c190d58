#version 330 core
// Triangles of polygons; the colour of a row is looked up, so that a new choropleth rebuilds nothing.
layout(location = 0) in vec2 offset;  // level pixels from the piece's origin
layout(location = 1) in uint row;

uniform vec3 place;     // screen pixels: the origin's x, y; scale
uniform vec2 viewport;  // pixels
uniform sampler2D row_colours;  // two texels a row: colour, hatch

flat out vec4 colour;
flat out vec4 hatch;

void main() {
  int texel = int(row) * 2;
  int width = textureSize(row_colours, 0).x;
  colour = texelFetch(row_colours, ivec2(texel % width, texel / width), 0);
  hatch = texelFetch(row_colours, ivec2((texel + 1) % width, (texel + 1) / width), 0);
  vec2 pixel = place.xy + offset * place.z;
  gl_Position = vec4(pixel.x / viewport.x * 2.0 - 1.0, 1.0 - pixel.y / viewport.y * 2.0, 0.0, 1.0);
}
