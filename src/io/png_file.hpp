// Pictures as PNG files.
#pragma once

#include <cstdint>
#include <span>
#include <stop_token>
#include <string>

#include "base/result.hpp"

namespace xiangtu::io {

// An RGBA picture, 8 bits a channel, rows from the top, with its resolution; without alpha where all of it is
// opaque. The same bytes for the same picture.
Status write_png(const std::string& path, std::span<const std::uint8_t> rgba, int width, int height,
                 double dpi, std::stop_token stop = {});

}  // namespace xiangtu::io
