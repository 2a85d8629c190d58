#include "render/text/system_fonts.hpp"

#include <memory>
#include <vector>

#include <fontconfig/fontconfig.h>

#include "render/text/characters.hpp"

namespace xiangtu::render::text {

namespace {

constexpr std::size_t most_fonts = 4;

template <class T, void (*destroy)(T*)>
struct Destroy {
  void operator()(T* object) const { destroy(object); }
};
using Pattern = std::unique_ptr<FcPattern, Destroy<FcPattern, FcPatternDestroy>>;
using FontSet = std::unique_ptr<FcFontSet, Destroy<FcFontSet, FcFontSetDestroy>>;
using CharSet = std::unique_ptr<FcCharSet, Destroy<FcCharSet, FcCharSetDestroy>>;

CharSet char_set(std::string_view sample) {
  constexpr std::size_t unicode_end = 0x110000;
  CharSet set(FcCharSetCreate());
  std::vector<bool> seen(unicode_end, false);
  for (const char32_t character : characters(sample)) {
    if (character <= U' ' || character >= unicode_end || seen[character]) continue;
    seen[character] = true;
    FcCharSetAddChar(set.get(), character);
  }
  return set;
}

}  // namespace

struct FontCatalogue::Config {
  std::unique_ptr<FcConfig, Destroy<FcConfig, FcConfigDestroy>> of_the_system{FcInitLoadConfigAndFonts()};
};

FontCatalogue::FontCatalogue() : config_(std::make_unique<Config>()) {}
FontCatalogue::FontCatalogue(FontCatalogue&&) noexcept = default;
FontCatalogue::~FontCatalogue() = default;

std::vector<FontFile> FontCatalogue::files_for(std::string_view sample) const {
  std::vector<FontFile> files;
  FcConfig* config = config_->of_the_system.get();
  if (!config) return files;
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
  if (!sorted) return files;
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
  return files;
}

std::vector<FontFile> system_fonts(std::string_view sample) {
  return FontCatalogue{}.files_for(sample);
}

}  // namespace xiangtu::render::text
