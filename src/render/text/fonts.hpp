// Glyphs as pixels: a list of font files, the first that has a character gives it.
// The atlas (one byte a texel) grows with the texts that are asked for.
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "render/text/faces.hpp"
#include "render/text/font_file.hpp"

namespace xiangtu::render::text {

// A glyph in the atlas, at one pixel size.
struct Glyph {
  std::uint16_t u = 0, v = 0;           // upper left texel
  std::uint16_t width = 0, height = 0;  // texels
  float left = 0, top = 0;              // of the bitmap, from the pen, y up
  float advance = 0;
};

class Fonts {
 public:
  // Files that cannot be opened are left out; the error no_font names them when none is left. Of no files
  // there are no glyphs.
  static Result<Fonts> open(const std::vector<FontFile>& files);
  Fonts(Fonts&&) noexcept;
  Fonts& operator=(Fonts&&) noexcept;
  ~Fonts();

  // Rendered on first use. size in device pixels, rounded to half pixels. outline: the wider shape
  // that is drawn under the glyph as its halo, by so many pixels on each side; 0 for the glyph itself.
  const Glyph& glyph(char32_t character, double size, double outline = 0);
  // Width of a line of UTF-8 text in device pixels.
  double measure(std::string_view utf8, double size);
  // Whether some font has the character.
  bool has(char32_t character) const;
  // They are set to other sizes as glyphs are rendered.
  const Faces& faces() const;

  // Forgets all glyphs when the atlas is nearly full: between two pictures, never within one.
  void trim();

  // The atlas: width and height in texels, and a number that changes with its content.
  int atlas_width() const;
  int atlas_height() const;
  const std::vector<std::uint8_t>& atlas() const;
  std::uint64_t atlas_revision() const;

 private:
  struct Impl;
  explicit Fonts(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace xiangtu::render::text
