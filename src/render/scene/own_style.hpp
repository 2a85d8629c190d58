// A layer's style in place of that of the style sheets, in both themes.
#pragma once

#include <optional>

#include "render/scene/styles.hpp"

namespace xiangtu::render::scene {

struct OwnStyle {
  LayerStyle light;
  // Differs in colours only. Null where nobody said, as in a file that names no colours for it: then each
  // colour that is the light sheet's at the same place, in the base or in the rule with the same conditions,
  // becomes the dark sheet's, and the others stay.
  std::optional<LayerStyle> dark;

  bool operator==(const OwnStyle&) const = default;
};

// Those of the sheets are the same layer's.
LayerStyle dark_style(const OwnStyle& own, const LayerStyle& light_sheet, const LayerStyle& dark_sheet);

}  // namespace xiangtu::render::scene
