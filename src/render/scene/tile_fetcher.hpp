// Threads that fetch tiles of one raster source. What they bring is taken by the scene's thread.
#pragma once

#include <condition_variable>
#include <memory>
#include <mutex>
#include <set>
#include <stop_token>
#include <thread>
#include <vector>

#include "base/result.hpp"
#include "raster/source.hpp"

namespace xiangtu::render::scene {

struct FetchedTile {
  raster::WebTile tile;
  std::shared_ptr<const raster::Image> image;  // empty: nothing is there; null: it cannot be had
  Issue trouble;                               // why not
};

class TileFetcher {
 public:
  TileFetcher(std::shared_ptr<raster::Source> source, raster::Drawing drawing);
  // Waits for what is in work, which is asked to stop.
  ~TileFetcher();
  TileFetcher(const TileFetcher&) = delete;

  raster::Drawing drawing() const { return drawing_; }
  // The tiles to fetch, the first first, in place of those asked for before; up to the first that fails.
  void want(std::vector<raster::WebTile> tiles);
  std::vector<FetchedTile> take();
  // What has failed or still fails of the tiles that were asked for is not taken: they may be asked for again.
  void forget_failures();
  // Until there is something to take, or a stop.
  void wait(const std::stop_token& stop);

 private:
  void run(const std::stop_token& stop);

  std::shared_ptr<raster::Source> source_;
  raster::Drawing drawing_;
  std::mutex mutex_;  // guards what follows
  std::condition_variable_any wake_, arrived_;
  std::vector<raster::WebTile> queue_;  // taken from the back
  std::set<raster::WebTile> in_work_;
  std::vector<FetchedTile> fetched_;
  int forgotten_ = 0;  // how often failures were forgotten
  std::vector<std::jthread> threads_;
};

}  // namespace xiangtu::render::scene
