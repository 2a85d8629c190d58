#include "render/gl/row_colours.hpp"

#include <algorithm>

#include "render/scene/paint.hpp"

namespace xiangtu::render::gl {

namespace {

constexpr std::size_t texture_width = 2048;  // texels, two a row of the layer
constexpr scene::Colour nothing{0, 0, 0, 0};

}  // namespace

std::vector<scene::Colour> RowColours::colours_of(const scene::MapLayer& layer,
                                                  const std::vector<bool>& visible_styles,
                                                  const scene::PaperStyle& paper) {
  const auto& style_of_row = layer.rows->style_of_row;
  std::vector<scene::Colour> colours(style_of_row.size() * 2);
  for (std::size_t row = 0; row < style_of_row.size(); ++row) {
    const scene::FillPaint paint = scene::fill_of(layer, row, visible_styles[style_of_row[row]], paper);
    colours[row * 2] = paint.colour;
    colours[row * 2 + 1] = paint.hatch;
  }
  return colours;
}

GLuint RowColours::texture(const scene::MapLayer& layer, const scene::PaperStyle& paper, double zoom) {
  Content content{layer.rows, layer.look.choropleth, layer.look.tint, {}};
  for (const scene::FeatureStyle& style : layer.rows->styles)
    content.visible_styles.push_back(style.visible_at(zoom));
  Entry& entry = entries_[layer.id];
  if (entry.texture.exists() && entry.content == content) return entry.anything ? entry.texture.id() : 0;
  std::vector<scene::Colour> colours = colours_of(layer, content.visible_styles, paper);
  entry.anything =
      std::any_of(colours.begin(), colours.end(), [](scene::Colour colour) { return colour.a > 0; });
  const std::size_t rows = std::max<std::size_t>((colours.size() + texture_width - 1) / texture_width, 1);
  colours.resize(rows * texture_width, nothing);
  glActiveTexture(GL_TEXTURE0);
  glBindTexture(GL_TEXTURE_2D, entry.texture.id());
  glTexImage2D(GL_TEXTURE_2D, 0, GL_RGBA8, static_cast<GLsizei>(texture_width), static_cast<GLsizei>(rows), 0,
               GL_RGBA, GL_UNSIGNED_BYTE, colours.data());
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, GL_NEAREST);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAG_FILTER, GL_NEAREST);
  entry.content = std::move(content);
  return entry.anything ? entry.texture.id() : 0;
}

void RowColours::keep_only(const std::vector<scene::MapLayer>& layers) {
  std::erase_if(entries_, [&](const auto& item) {
    return std::none_of(layers.begin(), layers.end(),
                        [&](const scene::MapLayer& layer) { return layer.id == item.first; });
  });
}

}  // namespace xiangtu::render::gl
