// Pictures of the ground under the layers of a scene: which tiles a view needs, which are there, and what
// stands in for those that are still missing. For the scene's thread.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/ids.hpp"
#include "base/progress.hpp"
#include "raster/source.hpp"
#include "render/scene/camera.hpp"

namespace xiangtu::render::scene {

class TileFetcher;

// Stable while the background is in the scene, whatever its position. Never reused.
using BackgroundId = Index<struct BackgroundTag>;

// What a user may change at any time.
struct BackgroundLook {
  bool visible = true;
  double opacity = 1;
  raster::Drawing drawing = raster::Drawing::picture;

  bool operator==(const BackgroundLook&) const = default;
};

struct Background {
  BackgroundId id;
  std::string name;
  std::shared_ptr<raster::Source> source;
  BackgroundLook look;
};

// A tile on the map: all of an image, or the part of a coarser tile's that stands in for it.
struct TileQuad {
  WorldBox box;
  std::shared_ptr<const raster::Image> image;
  double left = 0, top = 0, right = 1, bottom = 1;  // shares of the image
};

WorldBox world_of(const raster::WebTile& tile);
// The tiles of a source that cover a view, at the zoom whose pixels come closest to the view's without being
// much larger; those next to the view's centre first. margin: device pixels beyond the view's edges.
std::vector<raster::WebTile> tiles_in_view(const raster::SourceFacts& facts, const Camera& camera,
                                           double margin);

class Backgrounds {
 public:
  Backgrounds();
  ~Backgrounds();
  Backgrounds(const Backgrounds&) = delete;

  // Above those that are there.
  BackgroundId add(std::string name, std::shared_ptr<raster::Source> source);
  void remove(BackgroundId id);
  // Position 0 is drawn first (lowest).
  void move(BackgroundId id, std::size_t position);
  const std::vector<Background>& all() const { return backgrounds_; }  // in drawing order
  const Background* find(BackgroundId id) const;
  // Null when there is no such background.
  BackgroundLook* look(BackgroundId id);
  geodesy::LonLatBox box() const;

  // Once a frame: takes what has come, asks for what is missing. Whether something came.
  bool update(const Camera& camera);
  // Fetches what the view needs before it returns; what cannot be had stays missing.
  void settle(const Camera& camera, Progress& progress);
  // Nothing that can be had is missing in the view given to the last update().
  bool settled() const { return settled_; }
  // The tiles to draw, none over another.
  std::vector<TileQuad> quads(const Background& background, const Camera& camera) const;

  // Why tiles of a background are missing, until they come; a service that does not answer is asked again
  // from time to time.
  const std::optional<Issue>& trouble(BackgroundId id) const;
  // Asks again at once; the trouble is forgotten until it comes again.
  void retry(BackgroundId id);

 private:
  struct Tile {
    std::shared_ptr<const raster::Image> image;
    std::uint64_t last_used = 0;
  };
  struct Tiles {
    std::unique_ptr<TileFetcher> fetcher;
    std::map<raster::WebTile, Tile> there;
    std::set<raster::WebTile> failed;
    int failures_in_a_row = 0;
    std::optional<Issue> trouble;
    std::chrono::steady_clock::time_point retry_at;
    bool paused() const;
  };

  Tiles& tiles_for(const Background& background);
  bool collect(Tiles& tiles);
  std::vector<raster::WebTile> missing(const Tiles& tiles, const std::vector<raster::WebTile>& needed) const;
  void retry(Tiles& tiles);
  void mark_used(Tiles& tiles, const std::vector<raster::WebTile>& needed);
  void forget_old();

  std::vector<Background> backgrounds_;
  std::map<BackgroundId, Tiles> tiles_;
  std::uint32_t next_id_ = 0;
  std::uint64_t frame_ = 0;
  std::size_t bytes_ = 0;
  bool settled_ = true;
};

}  // namespace xiangtu::render::scene
