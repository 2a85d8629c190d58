// Pictures as PNG files.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>

#include "base/progress.hpp"
#include "base/result.hpp"

namespace xiangtu::io {

// A picture in the making: its rows come in strips, in any order and from several threads, and are encoded as
// they come. The same bytes for the same strips on the same kind of processor.
class PngPicture {
 public:
  // opaque: alpha is 255 throughout, and is left out. Width and height are at least 1.
  PngPicture(int width, int height, double dpi, bool opaque);
  ~PngPicture();
  PngPicture(PngPicture&&) noexcept;
  PngPicture& operator=(PngPicture&&) noexcept;

  // Whole rows, RGBA with 8 bits a channel, from this one downwards. Each row is given once.
  void add(int first_row, std::span<const std::uint8_t> rgba);
  // When all rows are there. Errors: cancelled, output_unwritable.
  Status write(const std::string& path, const Progress& progress) const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

// A picture that is there already; without alpha where all of it is opaque. Errors: the same.
Status write_png(const std::string& path, std::span<const std::uint8_t> rgba, int width, int height,
                 double dpi, const Progress& progress);

}  // namespace xiangtu::io
