#include "render/page/ground.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace xiangtu::render::page {

namespace {

using scene::Image;
using scene::TileQuad;

// Between the four texels around a place, in texels from the upper left corner. Colours count by their
// opacity.
std::array<std::uint8_t, 4> sample(const Image& image, double x, double y) {
  const double left = std::floor(x - 0.5), top = std::floor(y - 0.5);
  std::array<double, 4> sum{};
  for (int k = 0; k < 4; ++k) {
    const double column = left + k % 2, row = top + k / 2;
    const double weight = (1 - std::abs(x - 0.5 - column)) * (1 - std::abs(y - 0.5 - row));
    const std::uint8_t* texel = image.pixel(std::clamp(static_cast<int>(column), 0, image.width - 1),
                                            std::clamp(static_cast<int>(row), 0, image.height - 1));
    for (std::size_t c = 0; c < 3; ++c) sum[c] += weight * texel[c] * texel[3];
    sum[3] += weight * texel[3];
  }
  std::array<std::uint8_t, 4> result{};
  for (std::size_t c = 0; c < 3; ++c)
    result[c] = static_cast<std::uint8_t>(sum[3] > 0 ? std::lround(sum[c] / sum[3]) : 0);
  result[3] = static_cast<std::uint8_t>(std::lround(sum[3]));
  return result;
}

void draw(const TileQuad& quad, const scene::Camera& camera, Image& picture) {
  const scene::ScreenPoint from = camera.to_screen(quad.box.min), to = camera.to_screen(quad.box.max);
  // Pixels whose middle lies in the quad.
  const auto first = [](double edge) { return static_cast<int>(std::max(std::ceil(edge - 0.5), 0.0)); };
  const int right = std::min(first(to.x), picture.width), bottom = std::min(first(to.y), picture.height);
  const Image& image = *quad.image;
  for (int y = first(from.y); y < bottom; ++y) {
    const double down = quad.top + (quad.bottom - quad.top) * (y + 0.5 - from.y) / (to.y - from.y);
    for (int x = first(from.x); x < right; ++x) {
      const double across = quad.left + (quad.right - quad.left) * (x + 0.5 - from.x) / (to.x - from.x);
      const auto colour = sample(image, across * image.width, down * image.height);
      std::copy(colour.begin(), colour.end(), picture.pixel(x, y));
    }
  }
}

}  // namespace

std::optional<Image> ground_picture(const scene::Backgrounds& backgrounds,
                                    const scene::Background& background, const scene::Camera& camera) {
  const std::vector<TileQuad> quads = backgrounds.quads(background, camera);
  if (quads.empty()) return std::nullopt;
  Image picture;
  picture.width = camera.width();
  picture.height = camera.height();
  picture.rgba.resize(4 * static_cast<std::size_t>(picture.width) * static_cast<std::size_t>(picture.height));
  for (const TileQuad& quad : quads)
    if (quad.image && !quad.image->empty()) draw(quad, camera, picture);
  return picture;
}

}  // namespace xiangtu::render::page
