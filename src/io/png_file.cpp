#include "io/png_file.hpp"

#include <png.h>

#include <cmath>
#include <csetjmp>
#include <utility>
#include <vector>

#include "io/atomic_file.hpp"

namespace xiangtu::io {

namespace {

constexpr int compression =
    3;  // of 9: maps are a little larger than by zlib's own choice, 6, in half the time
constexpr double metres_per_inch = 0.0254;

struct Picture {
  const std::uint8_t* pixels;
  int width, height, channels;
  std::uint32_t pixels_per_metre;
};

void append(png_structp png, png_bytep bytes, std::size_t count) {
  static_cast<std::string*>(png_get_io_ptr(png))->append(reinterpret_cast<const char*>(bytes), count);
}

[[noreturn]] void fail(png_structp png, png_const_charp) {
  png_longjmp(png, 1);
}

// libpng leaves by longjmp when something fails: nothing here has a destructor.
bool encode(const Picture& picture, std::string& encoded) {
  png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, nullptr, fail, nullptr);
  png_infop info = png ? png_create_info_struct(png) : nullptr;
  if (!info || setjmp(png_jmpbuf(png))) {
    png_destroy_write_struct(&png, &info);
    return false;
  }
  png_set_write_fn(png, &encoded, append, nullptr);
  png_set_compression_level(png, compression);
  png_set_filter(png, PNG_FILTER_TYPE_BASE, PNG_FILTER_SUB);
  png_set_IHDR(png, info, static_cast<png_uint_32>(picture.width), static_cast<png_uint_32>(picture.height),
               8, picture.channels == 4 ? PNG_COLOR_TYPE_RGBA : PNG_COLOR_TYPE_RGB, PNG_INTERLACE_NONE,
               PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
  png_set_pHYs(png, info, picture.pixels_per_metre, picture.pixels_per_metre, PNG_RESOLUTION_METER);
  png_write_info(png, info);
  const std::size_t row_bytes = static_cast<std::size_t>(picture.width) * picture.channels;
  for (int row = 0; row < picture.height; ++row) png_write_row(png, picture.pixels + row * row_bytes);
  png_write_end(png, info);
  png_destroy_write_struct(&png, &info);
  return true;
}

// The picture without alpha; empty where it is not opaque.
std::vector<std::uint8_t> opaque(std::span<const std::uint8_t> rgba) {
  std::vector<std::uint8_t> rgb(rgba.size() / 4 * 3);
  for (std::size_t pixel = 0; pixel < rgba.size() / 4; ++pixel) {
    if (rgba[4 * pixel + 3] != 255) return {};
    for (std::size_t channel = 0; channel < 3; ++channel)
      rgb[3 * pixel + channel] = rgba[4 * pixel + channel];
  }
  return rgb;
}

}  // namespace

Status write_png(const std::string& path, std::span<const std::uint8_t> rgba, int width, int height,
                 double dpi, std::stop_token stop) {
  const std::vector<std::uint8_t> rgb = opaque(rgba);
  const auto per_metre = static_cast<std::uint32_t>(std::lround(dpi / metres_per_inch));
  const Picture picture{rgb.empty() ? rgba.data() : rgb.data(), width, height, rgb.empty() ? 4 : 3,
                        per_metre};
  std::string encoded;
  if (!encode(picture, encoded))
    return Issue{IssueCode::output_unwritable,
                 "{0} cannot be written: {1}; choose another place or make room", path,
                 "the picture could not be encoded"};
  return write_file(path, encoded, std::move(stop));
}

}  // namespace xiangtu::io
