#include "render/text/fonts.hpp"

#include <catch2/catch.hpp>

#include "render/test_fonts.hpp"
#include "render/text/characters.hpp"

using namespace xiangtu;
using render::text::characters;
using render::text::Fonts;
using render::text::Glyph;

TEST_CASE("rare characters of village names are in the machine's fonts") {
  auto fonts = Fonts::open(test::test_fonts());
  REQUIRE(fonts.ok());
  for (const char32_t character : characters("坬墕圐圙垯磘峁塬")) CHECK(fonts->has(character));
}

TEST_CASE("widths add up and grow with the size") {
  auto fonts = Fonts::open(test::test_fonts());
  REQUIRE(fonts.ok());
  CHECK(fonts->measure("", 12) == 0);
  CHECK(fonts->measure("榆林", 12) == Approx(fonts->measure("榆", 12) + fonts->measure("林", 12)));
  CHECK(fonts->measure("榆林市", 24) == Approx(2 * fonts->measure("榆林市", 12)).epsilon(0.05));
}

TEST_CASE("the atlas grows with the texts and keeps the glyphs it has") {
  auto fonts = Fonts::open(test::test_fonts());
  REQUIRE(fonts.ok());
  const Glyph first = fonts->glyph(U'榆', 30);
  REQUIRE(first.width > 10);
  const auto texels = [&] {
    std::vector<std::uint8_t> result;
    for (int y = 0; y < first.height; ++y)
      for (int x = 0; x < first.width; ++x)
        result.push_back(fonts->atlas()[static_cast<std::size_t>(first.v + y) *
                                            static_cast<std::size_t>(fonts->atlas_width()) +
                                        static_cast<std::size_t>(first.u + x)]);
    return result;
  };
  const auto before = texels();
  const int height = fonts->atlas_height();
  const auto revision = fonts->atlas_revision();
  for (char32_t character = 0x4E00; character < 0x5000; ++character) fonts->glyph(character, 30);
  CHECK(fonts->atlas_height() > height);
  CHECK(fonts->atlas_revision() > revision);
  CHECK(texels() == before);
  const auto settled = fonts->atlas_revision();
  fonts->glyph(U'榆', 30);
  CHECK(fonts->atlas_revision() == settled);  // nothing is drawn twice
}

TEST_CASE("a halo is larger than its glyph") {
  auto fonts = Fonts::open(test::test_fonts());
  REQUIRE(fonts.ok());
  const Glyph glyph = fonts->glyph(U'村', 20);
  const Glyph halo = fonts->glyph(U'村', 20, 2);
  CHECK(halo.width >= glyph.width + 2);
  CHECK(halo.height >= glyph.height + 2);
  CHECK(halo.advance == glyph.advance);
}

TEST_CASE("a character that no font has shows as a box and takes its room") {
  auto fonts = Fonts::open(test::test_fonts());
  REQUIRE(fonts.ok());
  constexpr char32_t nowhere = 0x10FFFD;  // the last character for private use
  REQUIRE_FALSE(fonts->has(nowhere));
  const Glyph box = fonts->glyph(nowhere, 24);
  CHECK(box.width > 4);
  CHECK(box.height > 8);
  CHECK(box.advance > 4);
  std::size_t ink = 0;
  for (int y = 0; y < box.height; ++y)
    for (int x = 0; x < box.width; ++x)
      ink += fonts->atlas()[static_cast<std::size_t>(box.v + y) *
                                static_cast<std::size_t>(fonts->atlas_width()) +
                            static_cast<std::size_t>(box.u + x)] > 127
                 ? 1
                 : 0;
  CHECK(ink > 20);
  CHECK(fonts->measure("乡\U0010FFFD镇", 24) == Approx(fonts->measure("乡镇", 24) + box.advance));
}

TEST_CASE("fonts that are missing are named") {
  const auto fonts = Fonts::open({{"/nowhere/a.ttf", 0}, {"/nowhere/b.ttc", 2}});
  REQUIRE_FALSE(fonts.ok());
  CHECK(fonts.issue().code == IssueCode::no_font);
  CHECK_THAT(fonts.issue().message.english(), Catch::Contains("/nowhere/a.ttf") && Catch::Contains("b.ttc"));
  auto none = Fonts::open({});  // a system without fonts: texts have no glyphs and no width
  REQUIRE(none.ok());
  CHECK(none->measure("Yulin", 12) == 0);
  CHECK(none->glyph(U'Y', 12).width == 0);
}
