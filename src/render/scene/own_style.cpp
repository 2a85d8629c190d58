#include "render/scene/own_style.hpp"

#include <algorithm>

#include "render/scene/style_words.hpp"

namespace xiangtu::render::scene {

namespace {

void follow(StyleRule& rule, StyleRule light, StyleRule dark) {
  for (const auto& [word, part] : colour_words)
    if (part(rule) == part(light)) part(rule) = part(dark);
}

}  // namespace

LayerStyle dark_style(const OwnStyle& own, const LayerStyle& light_sheet, const LayerStyle& dark_sheet) {
  if (own.dark) return *own.dark;
  LayerStyle style = own.light;
  follow(style.base, light_sheet.base, dark_sheet.base);
  const std::vector<StyleRule>& known = light_sheet.rules;
  for (StyleRule& rule : style.rules) {
    const auto same = std::find_if(known.begin(), known.end(),
                                   [&](const StyleRule& other) { return other.when == rule.when; });
    if (same != known.end())
      follow(rule, *same, dark_sheet.rules.at(static_cast<std::size_t>(same - known.begin())));
  }
  return style;
}

}  // namespace xiangtu::render::scene
