// The shapes of symbols as outlines, alike to those of shaders/symbol.frag.
#pragma once

#include "render/page/path.hpp"
#include "render/scene/styles.hpp"

namespace xiangtu::render::page {

// Around a centre; parts that overlap run the same way round, so that inside is what winds around at all.
void add_shape(scene::Shape shape, ScreenPoint centre, double radius, Path& path);

}  // namespace xiangtu::render::page
