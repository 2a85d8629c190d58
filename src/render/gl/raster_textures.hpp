// Tiles of backgrounds on the graphics card: uploaded on first use, forgotten when their image is gone or
// when they have not been drawn for long and the budget is used up.
#pragma once

#include <cstdint>
#include <map>
#include <memory>

#include "raster/image.hpp"
#include "render/gl/handles.hpp"

namespace xiangtu::render::gl {

class RasterTextures {
 public:
  // With premultiplied colours. May be left bound to unit 0.
  GLuint of(const std::shared_ptr<const raster::Image>& image);
  // Once a picture.
  void sweep();

 private:
  struct Entry {
    std::weak_ptr<const raster::Image> alive;
    Texture texture;
    std::size_t bytes = 0;
    std::uint64_t last_used = 0;
  };
  std::map<const raster::Image*, Entry> entries_;
  std::uint64_t picture_ = 0;
  std::size_t bytes_ = 0;
};

}  // namespace xiangtu::render::gl
