// FreeType's faces of a list of font files: the first that has a character gives it. For the rooms that draw,
// each of which makes of a face what it needs.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <ft2build.h>
#include FT_FREETYPE_H

#include "base/result.hpp"
#include "render/text/font_file.hpp"

namespace xiangtu::render::text {

struct FaceGlyph {
  std::size_t face = 0;
  FT_UInt index = 0;   // in the face; 0 where no font has the character: a box
  double advance = 0;  // in ems, as the font's maker gave it
};

// A handle: copies share the faces, which go with the last of them. One thread at a time.
class Faces {
 public:
  // Files that cannot be opened are left out; the error no_font names them when none is left. Of no files
  // there are no faces: texts have no glyphs and no width.
  static Result<Faces> open(const std::vector<FontFile>& files);

  std::size_t count() const;
  FT_Face face(std::size_t number) const;
  FT_Library library() const;
  // Of the face's family, "WenQuanYi Micro Hei".
  std::string family(std::size_t number) const;

  // Valid as long as the faces are.
  const FaceGlyph& find(char32_t character) const;
  bool has(char32_t character) const { return find(character).index != 0; }
  // Width of a line of UTF-8 text in the unit of the size, with the makers' advances: nothing is rounded.
  double measure(std::string_view utf8, double size) const;

 private:
  struct Opened;
  explicit Faces(std::shared_ptr<Opened> opened);
  std::shared_ptr<Opened> opened_;
};

}  // namespace xiangtu::render::text
