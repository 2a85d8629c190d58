// Small pictures of styles beside their names, and buttons that choose colours.
#pragma once

#include <imgui.h>

#include "render/scene/scene.hpp"

namespace xiangtu::viewer {

struct Swatch {
  table::GeometryKind kind = table::GeometryKind::none;
  render::scene::FeatureStyle style;
};

// What most of a layer looks like.
Swatch layer_swatch(const render::scene::MapLayer& layer);
// Draws it as high as a line of text, and as wide as asked, where the next item goes; lower by so much
// beside framed items.
void swatch(const Swatch& shown, float width, float lower = 0);

ImU32 packed(render::scene::Colour colour);
// A colour that opens a chooser; true when it was changed.
bool colour_button(const char* id, render::scene::Colour& colour, bool with_opacity);

}  // namespace xiangtu::viewer
