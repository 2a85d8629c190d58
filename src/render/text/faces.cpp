#include "render/text/faces.hpp"

#include <unordered_map>
#include <utility>

#include "render/text/characters.hpp"

namespace xiangtu::render::text {

struct Faces::Opened {
  FT_Library library = nullptr;
  std::vector<FT_Face> faces;
  std::unordered_map<char32_t, FaceGlyph> glyphs;

  Opened() { FT_Init_FreeType(&library); }
  ~Opened() {
    for (FT_Face face : faces) FT_Done_Face(face);
    FT_Done_FreeType(library);
  }
  Opened(const Opened&) = delete;
  Opened& operator=(const Opened&) = delete;

  FaceGlyph look_up(char32_t character) const {
    FaceGlyph glyph;
    if (faces.empty()) return glyph;
    for (std::size_t i = 0; i < faces.size() && glyph.index == 0; ++i)
      glyph = {i, FT_Get_Char_Index(faces[i], character), 0};
    if (glyph.index == 0) glyph.face = 0;
    FT_Face face = faces[glyph.face];
    if (FT_Load_Glyph(face, glyph.index, FT_LOAD_NO_SCALE) == 0 && face->units_per_EM > 0)
      glyph.advance = static_cast<double>(face->glyph->advance.x) / face->units_per_EM;
    return glyph;
  }
};

Result<Faces> Faces::open(const std::vector<FontFile>& files) {
  auto opened = std::make_shared<Opened>();
  std::string tried;
  for (const FontFile& file : files) {
    FT_Face face = nullptr;
    if (FT_New_Face(opened->library, file.path.c_str(), file.face, &face) == 0)
      opened->faces.push_back(face);
    else
      tried += (tried.empty() ? "" : ", ") + file.path.string();
  }
  if (!opened->faces.empty() || files.empty()) return Faces{std::move(opened)};
  return Issue{IssueCode::no_font,
               "no font could be opened (tried: {0}); install one with Chinese characters, e.g. the package "
               "fonts-wqy-microhei or fonts-noto-cjk",
               tried};
}

Faces::Faces(std::shared_ptr<Opened> opened) : opened_(std::move(opened)) {}

std::size_t Faces::count() const {
  return opened_->faces.size();
}

FT_Face Faces::face(std::size_t number) const {
  return opened_->faces[number];
}

FT_Library Faces::library() const {
  return opened_->library;
}

std::string Faces::family(std::size_t number) const {
  const char* name = opened_->faces[number]->family_name;
  return name ? name : "";
}

const FaceGlyph& Faces::find(char32_t character) const {
  const auto [entry, fresh] = opened_->glyphs.try_emplace(character);
  if (fresh) entry->second = opened_->look_up(character);
  return entry->second;
}

double Faces::measure(std::string_view utf8, double size) const {
  double ems = 0;
  for (const char32_t character : characters(utf8)) ems += find(character).advance;
  return ems * size;
}

}  // namespace xiangtu::render::text
