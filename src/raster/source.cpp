#include "raster/source.hpp"

#include <utility>

namespace xiangtu::raster {

Result<Image> draw_tile(Source& source, const WebTile& tile, Drawing drawing, std::stop_token stop) {
  if (drawing == Drawing::picture || source.facts().content == Content::picture)
    return source.picture(tile, std::move(stop));
  const Result<Heights> heights = source.heights(tile, std::move(stop));
  if (!heights) return heights.issue();
  return shade(*heights, drawing == Drawing::relief ? Tint::by_height : Tint::none);
}

}  // namespace xiangtu::raster
