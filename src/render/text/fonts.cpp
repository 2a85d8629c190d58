#include "render/text/fonts.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <string>
#include <tuple>
#include <unordered_map>
#include <utility>

#include <ft2build.h>
#include FT_FREETYPE_H
#include FT_GLYPH_H
#include FT_STROKER_H

#include "render/text/characters.hpp"

namespace xiangtu::render::text {

namespace {

constexpr int atlas_columns = 1024;
constexpr int first_rows = 256;
constexpr int max_rows = 16384;
constexpr int gap = 1;  // texels between glyphs

int half_pixels(double size) {
  return std::clamp(static_cast<int>(std::lround(size * 2)), 2, 2000);
}

}  // namespace

struct Fonts::Impl {
  using Key = std::tuple<char32_t, int, int>;  // character, size and outline in half pixels

  Faces faces;
  std::vector<int> sizes;  // present size of each face, in half pixels
  FT_Stroker stroker = nullptr;
  std::map<Key, Glyph> glyphs;
  std::unordered_map<std::uint64_t, float> advances;  // by character and size
  std::vector<std::uint8_t> atlas;
  int rows = 0;
  int pen_x = gap, pen_y = gap, shelf = 0;
  std::uint64_t revision = 0;

  explicit Impl(Faces opened) : faces(std::move(opened)), sizes(faces.count(), 0) {
    FT_Stroker_New(faces.library(), &stroker);
    clear();
  }
  ~Impl() { FT_Stroker_Done(stroker); }
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;

  void clear() {
    glyphs.clear();
    rows = first_rows;
    atlas.assign(static_cast<std::size_t>(atlas_columns) * first_rows, 0);
    pen_x = pen_y = gap;
    shelf = 0;
    ++revision;
  }

  bool load(char32_t character, int size, FT_Face& face) {
    if (faces.count() == 0) return false;
    const FaceGlyph& glyph = faces.find(character);
    face = faces.face(glyph.face);
    if (std::exchange(sizes[glyph.face], size) != size)
      FT_Set_Char_Size(face, 0, size * 32, 72, 72);  // 1/64 points at 72 dpi: pixels
    return FT_Load_Glyph(face, glyph.index, FT_LOAD_TARGET_LIGHT | FT_LOAD_NO_BITMAP) == 0;
  }

  float advance(char32_t character, int size) {
    const std::uint64_t key = static_cast<std::uint64_t>(character) << 16 | static_cast<std::uint64_t>(size);
    const auto [entry, fresh] = advances.try_emplace(key, 0.0f);
    FT_Face face = nullptr;
    if (fresh && load(character, size, face)) entry->second = static_cast<float>(face->glyph->advance.x) / 64;
    return entry->second;
  }

  Glyph render(char32_t character, int size, int outline) {
    Glyph result;
    FT_Face face = nullptr;
    if (!load(character, size, face)) return result;
    result.advance = static_cast<float>(face->glyph->advance.x) / 64;
    FT_Glyph shape = nullptr;
    if (FT_Get_Glyph(face->glyph, &shape) != 0) return result;
    if (outline > 0) {
      FT_Stroker_Set(stroker, outline * 32, FT_STROKER_LINECAP_ROUND, FT_STROKER_LINEJOIN_ROUND, 0);
      FT_Glyph_StrokeBorder(&shape, stroker, 0, 1);
    }
    if (FT_Glyph_To_Bitmap(&shape, FT_RENDER_MODE_NORMAL, nullptr, 1) == 0) {
      const auto* bitmap = reinterpret_cast<FT_BitmapGlyph>(shape);
      result.left = static_cast<float>(bitmap->left);
      result.top = static_cast<float>(bitmap->top);
      place(bitmap->bitmap, result);
    }
    FT_Done_Glyph(shape);
    return result;
  }

  void place(const FT_Bitmap& bitmap, Glyph& glyph) {
    const int width = static_cast<int>(bitmap.width);
    const int height = static_cast<int>(bitmap.rows);
    if (width == 0 || height == 0 || width + 2 * gap > atlas_columns) return;
    if (pen_x + width + gap > atlas_columns) {
      pen_x = gap;
      pen_y += shelf + gap;
      shelf = 0;
    }
    while (pen_y + height + gap > rows && rows < max_rows) rows *= 2;
    if (pen_y + height + gap > rows) return;  // full: the glyph stays empty until trim()
    atlas.resize(static_cast<std::size_t>(atlas_columns) * static_cast<std::size_t>(rows), 0);
    for (int y = 0; y < height; ++y)
      std::copy_n(bitmap.buffer + y * bitmap.pitch, width,
                  atlas.begin() + static_cast<std::ptrdiff_t>(pen_y + y) * atlas_columns + pen_x);
    glyph.u = static_cast<std::uint16_t>(pen_x);
    glyph.v = static_cast<std::uint16_t>(pen_y);
    glyph.width = static_cast<std::uint16_t>(width);
    glyph.height = static_cast<std::uint16_t>(height);
    pen_x += width + gap;
    shelf = std::max(shelf, height);
    ++revision;
  }
};

Result<Fonts> Fonts::open(const std::vector<FontFile>& files) {
  Result<Faces> faces = Faces::open(files);
  if (!faces) return faces.issue();
  return Fonts{std::make_unique<Impl>(std::move(*faces))};
}

Fonts::Fonts(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Fonts::Fonts(Fonts&&) noexcept = default;
Fonts& Fonts::operator=(Fonts&&) noexcept = default;
Fonts::~Fonts() = default;

const Glyph& Fonts::glyph(char32_t character, double size, double outline) {
  const int halves = half_pixels(size);
  const int outline_halves = outline > 0 ? std::max(static_cast<int>(std::lround(outline * 2)), 1) : 0;
  const Impl::Key key{character, halves, outline_halves};
  const auto found = impl_->glyphs.find(key);
  if (found != impl_->glyphs.end()) return found->second;
  return impl_->glyphs.emplace(key, impl_->render(character, halves, outline_halves)).first->second;
}

double Fonts::measure(std::string_view utf8, double size) {
  const int halves = half_pixels(size);
  double width = 0;
  for (const char32_t character : characters(utf8)) width += impl_->advance(character, halves);
  return width;
}

bool Fonts::has(char32_t character) const {
  return impl_->faces.has(character);
}

const Faces& Fonts::faces() const {
  return impl_->faces;
}

void Fonts::trim() {
  if (impl_->pen_y > max_rows / 4 * 3) impl_->clear();
}

int Fonts::atlas_width() const {
  return atlas_columns;
}

int Fonts::atlas_height() const {
  return impl_->rows;
}

const std::vector<std::uint8_t>& Fonts::atlas() const {
  return impl_->atlas;
}

std::uint64_t Fonts::atlas_revision() const {
  return impl_->revision;
}

}  // namespace xiangtu::render::text
