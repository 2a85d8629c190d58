#include "render/text/system_fonts.hpp"

#include <algorithm>
#include <memory>
#include <vector>

#include <fontconfig/fontconfig.h>

#include "base/character_set.hpp"
#include "render/text/characters.hpp"

namespace xiangtu::render::text {

namespace {

constexpr std::size_t most_fonts = 8;

template <class T, void (*destroy)(T*)>
struct Destroy {
  void operator()(T* object) const { destroy(object); }
};
using Pattern = std::unique_ptr<FcPattern, Destroy<FcPattern, FcPatternDestroy>>;
using FontSet = std::unique_ptr<FcFontSet, Destroy<FcFontSet, FcFontSetDestroy>>;
using CharSet = std::unique_ptr<FcCharSet, Destroy<FcCharSet, FcCharSetDestroy>>;

// What is not drawn by itself: spaces, marks of direction and order, and what stands for a broken byte.
bool is_drawn(char32_t character) {
  constexpr char32_t replacement = 0xFFFD;
  const auto within = [character](char32_t first, char32_t last) {
    return character >= first && character <= last;
  };
  return character > U' ' && character != replacement && !within(0x7F, 0xA0) && character != 0xAD &&
         !within(0x2000, 0x200F) && !within(0x2028, 0x202F) && !within(0x205F, 0x206F) &&
         character != 0x3000 && !within(0xFE00, 0xFE0F) && character != 0xFEFF;
}

CharSet char_set(std::string_view sample) {
  constexpr std::size_t unicode_end = 0x110000;
  CharSet set(FcCharSetCreate());
  std::vector<bool> seen(unicode_end, false);
  for (const char32_t character : characters(sample)) {
    if (!is_drawn(character) || character >= unicode_end || seen[character]) continue;
    seen[character] = true;
    FcCharSetAddChar(set.get(), character);
  }
  return set;
}

std::string utf8_of(const FcCharSet* set) {
  CharacterSet characters;
  FcChar32 map[FC_CHARSET_MAP_SIZE];
  FcChar32 next = 0;
  for (FcChar32 page = FcCharSetFirstPage(set, map, &next); page != FC_CHARSET_DONE;
       page = FcCharSetNextPage(set, map, &next))
    for (unsigned bit = 0; bit < FC_CHARSET_MAP_SIZE * 32; ++bit)
      if (map[bit / 32] >> bit % 32 & 1) characters.add(char32_t{page + bit});
  return characters.utf8();
}

}  // namespace

std::optional<Message> remark_on(const FontChoice& choice) {
  if (choice.files.empty())
    return Message(
        "there is no font on this system, so no text can be drawn; install one with Chinese "
        "characters, e.g. the package fonts-wqy-microhei or fonts-noto-cjk");
  if (choice.missing.empty()) return std::nullopt;
  constexpr std::size_t most_shown = 5;
  const std::vector<char32_t> missing = characters(choice.missing);
  CharacterSet shown;
  for (std::size_t i = 0; i < std::min(missing.size(), most_shown); ++i) shown.add(missing[i]);
  return Message(
      "no font on this system has {0} of the characters of these texts, such as {1}: they show as "
      "boxes; install a font with them, e.g. the package fonts-wqy-microhei or fonts-noto-cjk",
      missing.size(), shown.utf8());
}

struct FontCatalogue::Config {
  std::unique_ptr<FcConfig, Destroy<FcConfig, FcConfigDestroy>> of_the_system{FcInitLoadConfigAndFonts()};
};

FontCatalogue::FontCatalogue() : config_(std::make_unique<Config>()) {}
FontCatalogue::FontCatalogue(FontCatalogue&&) noexcept = default;
FontCatalogue::~FontCatalogue() = default;

FontChoice FontCatalogue::choose(std::string_view sample) const {
  FontChoice choice;
  std::vector<FontFile>& files = choice.files;
  FcConfig* config = config_->of_the_system.get();
  if (!config) return choice;
  const Pattern wanted(FcPatternCreate());
  FcPatternAddString(wanted.get(), FC_FAMILY, reinterpret_cast<const FcChar8*>("sans-serif"));
  FcPatternAddString(wanted.get(), FC_LANG, reinterpret_cast<const FcChar8*>("zh-cn"));
  FcPatternAddBool(wanted.get(), FC_SCALABLE, FcTrue);
  CharSet missing = char_set(sample);
  FcPatternAddCharSet(wanted.get(), FC_CHARSET, missing.get());
  FcConfigSubstitute(config, wanted.get(), FcMatchPattern);
  FcDefaultSubstitute(wanted.get());
  FcResult result{};
  const FontSet sorted(FcFontSort(config, wanted.get(), FcTrue, nullptr, &result));
  if (!sorted) return choice;
  for (int i = 0; i < sorted->nfont && files.size() < most_fonts; ++i) {
    FcChar8* file = nullptr;
    int face = 0;
    FcCharSet* has = nullptr;
    if (FcPatternGetString(sorted->fonts[i], FC_FILE, 0, &file) != FcResultMatch) continue;
    FcPatternGetInteger(sorted->fonts[i], FC_INDEX, 0, &face);
    const bool adds = FcPatternGetCharSet(sorted->fonts[i], FC_CHARSET, 0, &has) == FcResultMatch &&
                      FcCharSetIntersectCount(missing.get(), has) > 0;
    if (!adds && !files.empty()) continue;
    files.push_back({reinterpret_cast<const char*>(file), face & 0xFFFF});
    if (has) missing.reset(FcCharSetSubtract(missing.get(), has));
  }
  choice.missing = utf8_of(missing.get());
  return choice;
}

std::vector<FontFile> system_fonts(std::string_view sample) {
  return FontCatalogue{}.choose(sample).files;
}

}  // namespace xiangtu::render::text
