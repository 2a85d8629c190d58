// The fonts of this machine for tests.
#pragma once

#include <filesystem>
#include <vector>

#include "render/text/font_file.hpp"

namespace xiangtu::test {

inline std::vector<render::text::FontFile> test_fonts() {
  std::vector<render::text::FontFile> fonts;
  for (const char* path : {"/usr/share/fonts/truetype/wqy/wqy-microhei.ttc",
                           "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
                           "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf"})
    if (std::filesystem::exists(path)) fonts.push_back({path, 0});
  return fonts;
}

}  // namespace xiangtu::test
