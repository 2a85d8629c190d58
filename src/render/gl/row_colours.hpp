// The colour of each polygon of a layer as a texture: by choropleth, tint or style. Made anew only when
// one of them has changed.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <vector>

#include "render/gl/handles.hpp"
#include "render/scene/scene.hpp"

namespace xiangtu::render::gl {

class RowColours {
 public:
  // The layer's texture; 0 when nothing of the layer is filled at this zoom. May be left bound to unit 0.
  GLuint texture(const scene::MapLayer& layer, const scene::PaperStyle& paper, double zoom);
  // Forgets layers that are no longer there.
  void keep_only(const std::vector<scene::MapLayer>& layers);

 private:
  struct Content {  // what a texture was made from
    std::shared_ptr<const scene::StyledRows> rows;
    std::shared_ptr<const scene::Choropleth> choropleth;
    std::optional<scene::Colour> tint;
    std::vector<bool> visible_styles;
    bool operator==(const Content&) const = default;
  };
  struct Entry {
    Content content;
    Texture texture;
    bool anything = false;
  };
  // Two a row: the fill and the stripes over it.
  static std::vector<scene::Colour> colours_of(const scene::MapLayer& layer,
                                               const std::vector<bool>& visible_styles,
                                               const scene::PaperStyle& paper);

  std::map<scene::LayerId, Entry> entries_;
};

}  // namespace xiangtu::render::gl
