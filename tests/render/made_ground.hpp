// A source of tiles made up for the tests of backgrounds: it counts what is asked for.
#pragma once

#include <atomic>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <set>

#include "raster/source.hpp"

namespace xiangtu::test {

class MadeGround : public raster::Source {
 public:
  // All of the earth, zooms 0 to `finest`.
  explicit MadeGround(int finest = 12) {
    facts_.name = "made ground";
    facts_.box = {{-180, -85}, {180, 85}};
    facts_.finest_zoom = finest;
  }
  raster::SourceFacts facts_;
  // The colour of a tile; with alpha 0 there is nothing.
  std::function<std::array<std::uint8_t, 4>(const raster::WebTile&)> colour = [](const raster::WebTile&) {
    return std::array<std::uint8_t, 4>{10, 200, 30, 255};
  };
  std::atomic<bool> fails = false;
  std::atomic<int> asked = 0;

  const raster::SourceFacts& facts() const override { return facts_; }
  Result<raster::Image> picture(const raster::WebTile& tile, std::stop_token) override {
    ++asked;
    if (fails) return Issue{IssueCode::input_unreadable, "the made ground gave way"};
    const auto pixel = colour(tile);
    if (pixel[3] == 0) return raster::Image{};
    raster::Image image{256, 256, {}};
    image.rgba.resize(std::size_t{4} * 256 * 256);
    for (std::size_t i = 0; i < image.rgba.size(); ++i) image.rgba[i] = pixel[i % 4];
    return image;
  }
  Result<raster::Heights> heights(const raster::WebTile&, std::stop_token) override {
    ++asked;
    raster::Heights level{258, 258, {}, {}};
    level.metres.assign(std::size_t{258} * 258, 500);
    level.cell_m.assign(258, 30);
    return level;
  }
  Result<raster::Reading> reading(geodesy::LonLat place, std::stop_token) override {
    ++asked;
    if (fails) return Issue{IssueCode::input_unreadable, "the made ground gave way"};
    return raster::Reading{true, {place.lon, place.lat, std::nullopt}};
  }
};

}  // namespace xiangtu::test
