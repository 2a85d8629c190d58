// Where pictures of the ground come from: a file or a service, read by tiles of web maps.
#pragma once

#include <cstdint>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "geodesy/position.hpp"
#include "raster/image.hpp"
#include "raster/relief.hpp"
#include "raster/web_tile.hpp"

namespace xiangtu::raster {

enum class Content : std::uint8_t { picture, heights };

enum class Drawing : std::uint8_t {
  picture,    // as it is; heights as grey levels
  hillshade,  // of heights
  relief,     // hillshade over tints by height
};

// "picture", "hillshade", "relief": words of the command line.
inline constexpr const char* drawing_names[] = {"picture", "hillshade", "relief"};

struct SourceFacts {
  std::string name;  // for lists and messages
  Content content = Content::picture;
  geodesy::LonLatBox box;
  int finest_zoom = 0;    // closer than this there is nothing more to see
  int coarsest_zoom = 0;  // a service gives nothing of farther ones
  int at_once = 1;        // how many tiles it is worth to ask for at the same time
};

inline Drawing default_drawing(const SourceFacts& facts) {
  return facts.content == Content::heights ? Drawing::hillshade : Drawing::picture;
}

// What a raster says of one place.
struct Reading {
  bool inside = false;  // the raster reaches there
  // As they are stored, transparency left out; heights in metres. None: no data.
  std::vector<std::optional<double>> bands;
};

// From any thread, also from several. Errors of a tile: unreadable (damaged, a service that does not answer),
// cancelled; the next tile may succeed.
class Source {
 public:
  virtual ~Source() = default;
  virtual const SourceFacts& facts() const = 0;
  // 256 × 256 pixels; empty where the tile holds nothing. Transparent where there is no data.
  virtual Result<Image> picture(const WebTile& tile, std::stop_token stop) = 0;
  // The same of heights, with a border of one cell around the tile; only where the content is heights.
  virtual Result<Heights> heights(const WebTile& tile, std::stop_token stop) = 0;
  // Of the pixel at a place.
  virtual Result<Reading> reading(geodesy::LonLat place, std::stop_token stop) = 0;
};

// A tile as it is to be drawn. Hillshade and relief of a picture are the picture.
Result<Image> draw_tile(Source& source, const WebTile& tile, Drawing drawing, std::stop_token stop);

}  // namespace xiangtu::raster
