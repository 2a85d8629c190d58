// Which fonts texts are drawn with: files, the first that has a character gives it.
#pragma once

#include <filesystem>

namespace xiangtu::render::text {

struct FontFile {
  std::filesystem::path path;
  int face = 0;  // index in a collection (.ttc)
  bool operator==(const FontFile&) const = default;
};

}  // namespace xiangtu::render::text
