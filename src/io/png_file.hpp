// Pictures as PNG files.
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "base/progress.hpp"
#include "base/result.hpp"

namespace xiangtu::io {

// An RGBA picture, 8 bits a channel, rows from the top, with its resolution; without alpha where all of it is
// opaque. The same bytes for the same picture on the same kind of processor. The width and the height are at
// least 1. Errors: cancelled, output_unwritable.
Status write_png(const std::string& path, std::span<const std::uint8_t> rgba, int width, int height,
                 double dpi, const Progress& progress);

}  // namespace xiangtu::io
