#include "render/gl/fonts.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <string>
#include <tuple>
#include <unordered_map>

#include <ft2build.h>
#include FT_FREETYPE_H
#include FT_GLYPH_H
#include FT_STROKER_H

namespace xiangtu::render::gl {

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
  struct Face {
    FT_Face face = nullptr;
    int half_pixels = 0;  // present size
  };
  using Key = std::tuple<char32_t, int, int>;  // character, size and outline in half pixels

  FT_Library library = nullptr;
  FT_Stroker stroker = nullptr;
  std::vector<Face> faces;
  std::map<Key, Glyph> glyphs;
  std::unordered_map<std::uint64_t, float> advances;  // by character and size
  std::vector<std::uint8_t> atlas;
  int rows = 0;
  int pen_x = gap, pen_y = gap, shelf = 0;
  std::uint64_t revision = 0;

  Impl() { clear(); }
  ~Impl() {
    for (const Face& face : faces) FT_Done_Face(face.face);
    if (stroker) FT_Stroker_Done(stroker);
    if (library) FT_Done_FreeType(library);
  }
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

  // The first face with the character; the first face of all where none has it (it shows a box).
  Face& face_of(char32_t character) {
    for (Face& face : faces)
      if (FT_Get_Char_Index(face.face, character) != 0) return face;
    return faces.front();
  }

  static void set_size(Face& face, int size) {
    if (face.half_pixels == size) return;
    FT_Set_Char_Size(face.face, 0, size * 32, 72, 72);  // 1/64 points at 72 dpi: pixels
    face.half_pixels = size;
  }

  bool load(char32_t character, int size, FT_Face& face) {
    Face& chosen = face_of(character);
    set_size(chosen, size);
    face = chosen.face;
    return FT_Load_Char(face, character, FT_LOAD_TARGET_LIGHT | FT_LOAD_NO_BITMAP) == 0;
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
  auto impl = std::make_unique<Impl>();
  FT_Init_FreeType(&impl->library);
  FT_Stroker_New(impl->library, &impl->stroker);
  std::string tried;
  for (const FontFile& file : files) {
    FT_Face face = nullptr;
    if (FT_New_Face(impl->library, file.path.c_str(), file.face, &face) == 0) {
      impl->faces.push_back({face, 0});
      continue;
    }
    tried += (tried.empty() ? "" : ", ") + file.path.string();
  }
  if (!impl->faces.empty()) return Fonts{std::move(impl)};
  return Issue{IssueCode::no_font,
               "no font could be opened (tried: {0}); install one with Chinese characters, e.g. the package "
               "fonts-wqy-microhei or fonts-noto-cjk",
               tried.empty() ? "-" : tried};
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
  return std::any_of(impl_->faces.begin(), impl_->faces.end(), [character](const Impl::Face& face) {
    return FT_Get_Char_Index(face.face, character) != 0;
  });
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

std::vector<char32_t> characters(std::string_view utf8) {
  std::vector<char32_t> result;
  result.reserve(utf8.size());
  for (std::size_t i = 0; i < utf8.size();) {
    const auto lead = static_cast<unsigned char>(utf8[i]);
    const std::size_t length = lead < 0x80       ? 1
                               : lead >> 5 == 6  ? 2
                               : lead >> 4 == 14 ? 3
                               : lead >> 3 == 30 ? 4
                                                 : 0;
    bool good = length > 0 && i + length <= utf8.size();
    char32_t character = length == 1 ? lead : length == 2 ? lead & 31u : length == 3 ? lead & 15u : lead & 7u;
    for (std::size_t k = 1; good && k < length; ++k) {
      const auto byte = static_cast<unsigned char>(utf8[i + k]);
      good = (byte & 0xC0) == 0x80;
      character = character << 6 | (byte & 63u);
    }
    result.push_back(good ? character : U'\uFFFD');
    i += good ? length : 1;
  }
  return result;
}

}  // namespace xiangtu::render::gl
