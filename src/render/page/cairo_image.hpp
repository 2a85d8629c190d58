// Pictures in memory as cairo takes them, and as PNG inside of other files.
#pragma once

#include <memory>
#include <string>

#include <cairo.h>

#include "render/scene/image.hpp"

namespace xiangtu::render::page {

template <class T, void (*destroy)(T*)>
struct CairoDestroy {
  void operator()(T* object) const { destroy(object); }
};
using CairoSurface = std::unique_ptr<cairo_surface_t, CairoDestroy<cairo_surface_t, cairo_surface_destroy>>;

// A copy of the picture.
CairoSurface surface_of(const scene::Image& image);

// "data:image/png;base64,…"
std::string png_address(const scene::Image& image);

}  // namespace xiangtu::render::page
