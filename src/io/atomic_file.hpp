// Whole files, written so that after a crash there is the old file or the new one.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace xiangtu::io {

// Temporary file in the same folder, fsync, rename. The issue names the path and the cause.
Status write_file(const std::string& path, std::string_view bytes);

// An RGBA picture, 8 bits a channel, rows from the top, as a PNG with its resolution.
Status write_png(const std::string& path, std::span<const std::uint8_t> rgba, int width, int height,
                 double dpi);

// The whole file, for tests and small inputs.
Result<std::string> read_file(const std::string& path);

}  // namespace xiangtu::io
