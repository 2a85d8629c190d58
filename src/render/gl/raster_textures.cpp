#include "render/gl/raster_textures.hpp"

#include <vector>

namespace xiangtu::render::gl {

namespace {

constexpr std::size_t byte_budget = std::size_t{192} << 20;
constexpr std::uint64_t keep_pictures = 20;

// So that colours of transparent pixels do not bleed into their neighbours when tiles are scaled.
std::vector<std::uint8_t> premultiplied(const std::vector<std::uint8_t>& rgba) {
  std::vector<std::uint8_t> result = rgba;
  for (std::size_t i = 0; i < result.size(); i += 4) {
    const unsigned alpha = result[i + 3];
    if (alpha == 255) continue;
    for (std::size_t c = 0; c < 3; ++c)
      result[i + c] = static_cast<std::uint8_t>((result[i + c] * alpha + 127) / 255);
  }
  return result;
}

void upload(GLuint texture, const raster::Image& image) {
  const std::vector<std::uint8_t> pixels = premultiplied(image.rgba);
  glBindTexture(GL_TEXTURE_2D, texture);
  glPixelStorei(GL_UNPACK_ALIGNMENT, 4);
  glTexImage2D(GL_TEXTURE_2D, 0, GL_RGBA8, image.width, image.height, 0, GL_RGBA, GL_UNSIGNED_BYTE,
               pixels.data());
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, GL_LINEAR);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAG_FILTER, GL_LINEAR);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_S, GL_CLAMP_TO_EDGE);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_T, GL_CLAMP_TO_EDGE);
}

}  // namespace

GLuint RasterTextures::of(const std::shared_ptr<const raster::Image>& image) {
  Entry& entry = entries_[image.get()];
  if (entry.alive.lock() != image) {  // new, or another image at the address of one that is gone
    bytes_ -= entry.bytes;
    entry.alive = image;
    entry.bytes = image->rgba.size();
    bytes_ += entry.bytes;
    upload(entry.texture.id(), *image);
  }
  entry.last_used = picture_;
  return entry.texture.id();
}

void RasterTextures::sweep() {
  ++picture_;
  const bool over = bytes_ > byte_budget;
  std::erase_if(entries_, [&](const auto& item) {
    const Entry& entry = item.second;
    const bool drop = entry.alive.expired() || (over && entry.last_used + keep_pictures < picture_);
    if (drop) bytes_ -= entry.bytes;
    return drop;
  });
}

}  // namespace xiangtu::render::gl
