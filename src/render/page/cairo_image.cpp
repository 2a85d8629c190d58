#include "render/page/cairo_image.hpp"

#include <cstdint>
#include <string_view>

namespace xiangtu::render::page {

namespace {

std::uint32_t premultiplied(const std::uint8_t* rgba) {
  const auto channel = [&](int i) { return (rgba[i] * std::uint32_t{rgba[3]} + 127) / 255; };
  return std::uint32_t{rgba[3]} << 24 | channel(0) << 16 | channel(1) << 8 | channel(2);
}

std::string base64(std::string_view bytes) {
  constexpr std::string_view digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string text;
  text.reserve((bytes.size() + 2) / 3 * 4);
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    const std::string_view three = bytes.substr(i, 3);
    std::uint32_t bits = 0;
    for (std::size_t k = 0; k < 3; ++k)
      bits = bits << 8 | (k < three.size() ? static_cast<unsigned char>(three[k]) : 0u);
    for (std::size_t k = 0; k < 4; ++k) text += k <= three.size() ? digits[bits >> (18 - 6 * k) & 63] : '=';
  }
  return text;
}

cairo_status_t append(void* bytes, const unsigned char* data, unsigned int count) {
  static_cast<std::string*>(bytes)->append(reinterpret_cast<const char*>(data), count);
  return CAIRO_STATUS_SUCCESS;
}

}  // namespace

CairoSurface surface_of(const scene::Image& image) {
  CairoSurface surface{cairo_image_surface_create(CAIRO_FORMAT_ARGB32, image.width, image.height)};
  if (cairo_surface_status(surface.get()) != CAIRO_STATUS_SUCCESS) return surface;
  unsigned char* data = cairo_image_surface_get_data(surface.get());
  const std::ptrdiff_t stride = cairo_image_surface_get_stride(surface.get());
  for (int y = 0; y < image.height; ++y) {
    auto* row = reinterpret_cast<std::uint32_t*>(data + y * stride);
    for (int x = 0; x < image.width; ++x) row[x] = premultiplied(image.pixel(x, y));
  }
  cairo_surface_mark_dirty(surface.get());
  return surface;
}

std::string png_address(const scene::Image& image) {
  std::string png;
  cairo_surface_write_to_png_stream(surface_of(image).get(), append, &png);
  return "data:image/png;base64," + base64(png);
}

}  // namespace xiangtu::render::page
