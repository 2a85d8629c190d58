#include "render/scene/backgrounds.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "render/scene/tile_fetcher.hpp"

namespace xiangtu::render::scene {

using raster::WebTile;

namespace {

constexpr std::size_t byte_budget = std::size_t{192} << 20;
constexpr double margin_px = 64;        // style pixels around the window, for panning
constexpr double most_enlarged = 0.25;  // zooms that tiles are drawn larger than they are
constexpr int first_levels = 3;         // how much coarser the tile is that is fetched before all others
constexpr int patience = 2;             // failures in a row before a source is left alone
constexpr auto rest = std::chrono::seconds(30);  // that it is left alone

template <class Container>
auto find_in(Container& backgrounds, BackgroundId id) {
  return std::find_if(backgrounds.begin(), backgrounds.end(),
                      [id](const Background& background) { return background.id == id; });
}

}  // namespace

WorldBox world_of(const WebTile& tile) {
  const double side = std::exp2(-tile.zoom);
  return {{tile.column * side, tile.row * side}, {(tile.column + 1) * side, (tile.row + 1) * side}};
}

std::vector<WebTile> tiles_in_view(const raster::SourceFacts& facts, const Camera& camera, double margin) {
  const double exact = std::log2(camera.pixels_per_world() / raster::tile_pixels);
  const int wanted = static_cast<int>(std::ceil(exact - most_enlarged));
  if (facts.box.empty() || wanted < facts.coarsest_zoom) return {};
  const int zoom = std::clamp(wanted, 0, facts.finest_zoom);
  const double around = margin / camera.pixels_per_world();
  const WorldBox view = camera.view(), source = world_of(facts.box);
  const double count = std::exp2(zoom);
  const auto at = [count](double world) {
    return static_cast<int>(std::clamp(std::floor(world * count), 0.0, count - 1));
  };
  const WorldBox seen{
      {std::max(view.min.x - around, source.min.x), std::max(view.min.y - around, source.min.y)},
      {std::min(view.max.x + around, source.max.x), std::min(view.max.y + around, source.max.y)}};
  std::vector<WebTile> tiles;
  if (seen.min.x > seen.max.x || seen.min.y > seen.max.y) return tiles;
  for (int row = at(seen.min.y); row <= at(seen.max.y); ++row)
    for (int column = at(seen.min.x); column <= at(seen.max.x); ++column)
      tiles.push_back({zoom, column, row});
  const auto distance = [&](const WebTile& tile) {
    const WorldPoint centre = world_of(tile).centre();
    return std::hypot(centre.x - camera.centre().x, centre.y - camera.centre().y);
  };
  std::stable_sort(tiles.begin(), tiles.end(),
                   [&](const WebTile& a, const WebTile& b) { return distance(a) < distance(b); });
  return tiles;
}

Backgrounds::Backgrounds() = default;
Backgrounds::~Backgrounds() = default;

bool Backgrounds::Tiles::paused() const {
  return failures_in_a_row >= patience;
}

BackgroundId Backgrounds::add(std::string name, std::shared_ptr<raster::Source> source) {
  const BackgroundId id{std::size_t{next_id_++}};
  const BackgroundLook look{true, 1, raster::default_drawing(source->facts())};
  backgrounds_.push_back({id, std::move(name), std::move(source), look});
  settled_ = false;
  return id;
}

void Backgrounds::remove(BackgroundId id) {
  if (const auto tiles = tiles_.find(id); tiles != tiles_.end()) {
    for (const auto& [key, tile] : tiles->second.there) bytes_ -= tile.image->rgba.size();
    tiles_.erase(tiles);
  }
  std::erase_if(backgrounds_, [id](const Background& background) { return background.id == id; });
}

void Backgrounds::move(BackgroundId id, std::size_t position) {
  const auto from = find_in(backgrounds_, id);
  if (from == backgrounds_.end()) return;
  const auto to =
      backgrounds_.begin() + static_cast<std::ptrdiff_t>(std::min(position, backgrounds_.size() - 1));
  if (from < to)
    std::rotate(from, from + 1, to + 1);
  else
    std::rotate(to, from, from + 1);
}

const Background* Backgrounds::find(BackgroundId id) const {
  const auto found = find_in(backgrounds_, id);
  return found == backgrounds_.end() ? nullptr : &*found;
}

BackgroundLook* Backgrounds::look(BackgroundId id) {
  const auto found = find_in(backgrounds_, id);
  return found == backgrounds_.end() ? nullptr : &found->look;
}

geodesy::LonLatBox Backgrounds::box() const {
  geodesy::LonLatBox box;
  for (const Background& background : backgrounds_) box.add(background.source->facts().box);
  return box;
}

// The tiles of a background as it is drawn now; drawn otherwise, all are fetched anew.
Backgrounds::Tiles& Backgrounds::tiles_for(const Background& background) {
  Tiles& tiles = tiles_[background.id];
  if (tiles.fetcher && tiles.fetcher->drawing() == background.look.drawing) return tiles;
  for (const auto& [key, tile] : tiles.there) bytes_ -= tile.image->rgba.size();
  tiles = {};
  tiles.fetcher = std::make_unique<TileFetcher>(background.source, background.look.drawing);
  return tiles;
}

bool Backgrounds::collect(Tiles& tiles) {
  const std::vector<FetchedTile> fetched = tiles.fetcher->take();
  for (const FetchedTile& came : fetched) {
    if (!came.image) {
      tiles.failed.insert(came.tile);
      ++tiles.failures_in_a_row;
      tiles.trouble = came.trouble;
      tiles.retry_at = std::chrono::steady_clock::now() + rest;
      continue;
    }
    tiles.failures_in_a_row = 0;
    if (tiles.failed.empty()) tiles.trouble.reset();
    bytes_ += came.image->rgba.size();
    tiles.there[came.tile] = {came.image, frame_};
  }
  return !fetched.empty();
}

std::vector<WebTile> Backgrounds::missing(const Tiles& tiles, const std::vector<WebTile>& needed) const {
  std::vector<WebTile> absent;
  if (tiles.paused()) return absent;
  for (const WebTile& tile : needed)
    if (!tiles.there.contains(tile) && !tiles.failed.contains(tile)) absent.push_back(tile);
  return absent;
}

bool Backgrounds::update(const Camera& camera) {
  ++frame_;
  bool came = false;
  settled_ = true;
  for (const Background& background : backgrounds_) {
    if (!background.look.visible) continue;
    Tiles& tiles = tiles_for(background);
    came |= collect(tiles);
    if (!tiles.failed.empty() && std::chrono::steady_clock::now() >= tiles.retry_at) retry(tiles);
    const std::vector<WebTile> needed =
        tiles_in_view(background.source->facts(), camera, margin_px * camera.pixel_ratio());
    mark_used(tiles, needed);
    std::vector<WebTile> absent = missing(tiles, needed);
    settled_ &= absent.empty();
    // Nothing at all to show: first something coarse.
    const int levels =
        needed.empty()
            ? 0
            : std::min(first_levels, needed.front().zoom - background.source->facts().coarsest_zoom);
    if (absent.size() > 1 && absent.size() == needed.size() && levels > 0) {
      const WebTile coarse = needed.front().above(levels);
      if (!tiles.there.contains(coarse) && !tiles.failed.contains(coarse))
        absent.insert(absent.begin(), coarse);
    }
    tiles.fetcher->want(std::move(absent));
  }
  forget_old();
  return came;
}

void Backgrounds::settle(const Camera& camera, Progress& progress) {
  for (const Background& background : backgrounds_) {
    if (!background.look.visible) continue;
    Tiles& tiles = tiles_for(background);
    const std::vector<WebTile> needed = tiles_in_view(background.source->facts(), camera, 0);
    std::size_t before = missing(tiles, needed).size();
    progress.begin("Background", before);
    while (!progress.stop_requested()) {
      collect(tiles);
      std::vector<WebTile> absent = missing(tiles, needed);
      progress.advance(before - std::min(before, absent.size()));
      before = absent.size();
      const bool done = absent.empty();
      tiles.fetcher->want(std::move(absent));
      if (done) break;
      tiles.fetcher->wait(progress.stop_token());
    }
  }
  settled_ = !progress.stop_requested();
}

std::vector<TileQuad> Backgrounds::quads(const Background& background, const Camera& camera) const {
  std::vector<TileQuad> quads;
  const auto found = tiles_.find(background.id);
  if (found == tiles_.end()) return quads;
  const auto& there = found->second.there;
  const auto add = [&](const WebTile& tile, const WebTile& holder, const Tile& from) {
    if (from.image->empty()) return;
    const double share = std::exp2(holder.zoom - tile.zoom);
    const int levels = tile.zoom - holder.zoom;
    const double left = (tile.column - (holder.column << levels)) * share,
                 top = (tile.row - (holder.row << levels)) * share;
    quads.push_back({world_of(tile), from.image, left, top, left + share, top + share});
  };
  for (const WebTile& tile : tiles_in_view(background.source->facts(), camera, 0)) {
    auto holder = there.find(tile);
    for (int levels = 1; holder == there.end() && levels <= tile.zoom; ++levels)
      holder = there.find(tile.above(levels));
    if (holder != there.end()) {
      add(tile, holder->first, holder->second);
      continue;
    }
    for (const int part : {0, 1, 2, 3}) {
      const WebTile finer{tile.zoom + 1, tile.column * 2 + part % 2, tile.row * 2 + part / 2};
      if (const auto fine = there.find(finer); fine != there.end()) add(finer, finer, fine->second);
    }
  }
  return quads;
}

const std::optional<Issue>& Backgrounds::trouble(BackgroundId id) const {
  static const std::optional<Issue> none;
  const auto found = tiles_.find(id);
  return found == tiles_.end() ? none : found->second.trouble;
}

void Backgrounds::retry(BackgroundId id) {
  const auto found = tiles_.find(id);
  if (found == tiles_.end()) return;
  found->second.trouble.reset();
  retry(found->second);
}

// One more failure and it is left alone again.
void Backgrounds::retry(Tiles& tiles) {
  tiles.failed.clear();
  tiles.fetcher->forget_failures();
  tiles.failures_in_a_row = std::min(tiles.failures_in_a_row, patience - 1);
  settled_ = false;
}

void Backgrounds::mark_used(Tiles& tiles, const std::vector<WebTile>& needed) {
  for (const WebTile& tile : needed)
    for (int levels = 0; levels <= std::min(tile.zoom, first_levels); ++levels)
      if (const auto found = tiles.there.find(tile.above(levels)); found != tiles.there.end())
        found->second.last_used = frame_;
}

void Backgrounds::forget_old() {
  if (bytes_ <= byte_budget) return;
  struct Old {
    std::uint64_t last_used;
    Tiles* tiles;
    WebTile tile;
  };
  std::vector<Old> by_age;
  for (auto& [id, tiles] : tiles_)
    for (const auto& [key, tile] : tiles.there)
      if (tile.last_used + 1 < frame_) by_age.push_back({tile.last_used, &tiles, key});
  std::stable_sort(by_age.begin(), by_age.end(),
                   [](const Old& a, const Old& b) { return a.last_used < b.last_used; });
  for (const Old& old : by_age) {
    if (bytes_ <= byte_budget / 4 * 3) return;
    const auto tile = old.tiles->there.find(old.tile);
    bytes_ -= tile->second.image->rgba.size();
    old.tiles->there.erase(tile);
  }
}

}  // namespace xiangtu::render::scene
