// A picture in memory.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace xiangtu::raster {

// Rows from the top; four bytes (red, green, blue, alpha, not premultiplied) a pixel, no padding.
struct Image {
  int width = 0;
  int height = 0;
  std::vector<std::uint8_t> rgba;

  bool empty() const { return rgba.empty(); }
  const std::uint8_t* pixel(int x, int y) const { return rgba.data() + offset(x, y); }
  std::uint8_t* pixel(int x, int y) { return rgba.data() + offset(x, y); }

 private:
  std::size_t offset(int x, int y) const {
    return 4 * (static_cast<std::size_t>(y) * static_cast<std::size_t>(width) + static_cast<std::size_t>(x));
  }
};

}  // namespace xiangtu::raster
