#include "render/scene/tile_fetcher.hpp"

#include <algorithm>
#include <utility>

namespace xiangtu::render::scene {

using raster::WebTile;

TileFetcher::TileFetcher(std::shared_ptr<raster::Source> source, raster::Drawing drawing)
    : source_(std::move(source)), drawing_(drawing) {
  for (int i = 0; i < std::max(source_->facts().at_once, 1); ++i)
    threads_.emplace_back([this](const std::stop_token& stop) { run(stop); });
}

TileFetcher::~TileFetcher() {
  for (std::jthread& thread : threads_) thread.request_stop();
  threads_.clear();
}

void TileFetcher::want(std::vector<WebTile> tiles) {
  std::reverse(tiles.begin(), tiles.end());
  {
    const std::lock_guard lock{mutex_};
    std::erase_if(tiles, [&](const WebTile& tile) {
      return in_work_.contains(tile) ||
             std::any_of(fetched_.begin(), fetched_.end(),
                         [&](const FetchedTile& fetched) { return fetched.tile == tile; });
    });
    queue_ = std::move(tiles);
  }
  wake_.notify_all();
}

std::vector<FetchedTile> TileFetcher::take() {
  const std::lock_guard lock{mutex_};
  return std::exchange(fetched_, {});
}

void TileFetcher::forget_failures() {
  const std::lock_guard lock{mutex_};
  std::erase_if(fetched_, [](const FetchedTile& fetched) { return !fetched.image; });
  ++forgotten_;
}

void TileFetcher::wait(const std::stop_token& stop) {
  std::unique_lock lock{mutex_};
  arrived_.wait(lock, stop, [&] { return !fetched_.empty(); });
}

void TileFetcher::run(const std::stop_token& stop) {
  while (true) {
    WebTile tile;
    int forgotten = 0;
    {
      std::unique_lock lock{mutex_};
      if (!wake_.wait(lock, stop, [&] { return !queue_.empty(); })) return;
      tile = queue_.back();
      queue_.pop_back();
      in_work_.insert(tile);
      forgotten = forgotten_;
    }
    Result<raster::Image> image = raster::draw_tile(*source_, tile, drawing_, stop);
    if (stop.stop_requested()) return;
    const std::lock_guard lock{mutex_};
    in_work_.erase(tile);
    if (image) {
      fetched_.push_back({tile, std::make_shared<const raster::Image>(std::move(*image)), {}});
    } else if (forgotten == forgotten_) {
      fetched_.push_back({tile, nullptr, image.issue()});
      queue_.clear();  // whoever asked decides whether to go on
    }
    arrived_.notify_all();
  }
}

}  // namespace xiangtu::render::scene
