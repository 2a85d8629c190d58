#include "render/scene/tile_store.hpp"

#include <algorithm>
#include <limits>
#include <set>

#include "base/parallel.hpp"
#include "base/thread_priority.hpp"

namespace xiangtu::render::scene {

namespace {

constexpr std::uint64_t whole_level = std::numeric_limits<std::uint64_t>::max();
constexpr std::size_t byte_budget = std::size_t{768} << 20;
constexpr double symbol_reach_px = 24;  // how far symbols and lines may reach out of their box
constexpr double name_reach_px = 160;   // how far names may

// reach_px: style pixels.
WorldBox reach(const Camera& camera, double reach_px = symbol_reach_px) {
  WorldBox box = camera.view();
  const double margin = reach_px * camera.pixel_ratio() / camera.pixels_per_world();
  box.min = {box.min.x - margin, box.min.y - margin};
  box.max = {box.max.x + margin, box.max.y + margin};
  return box;
}

}  // namespace

TileStore::TileStore() : builder_([this](const std::stop_token& stop) { run(stop); }) {}

TileStore::~TileStore() = default;

void TileStore::set_layer(const MapLayer& layer) {
  auto geometry = std::make_shared<LayerGeometry>();
  if (const auto before = layers_.find(layer.id);
      before != layers_.end() && before->second.geometry->table == layer.table)
    geometry->boxes = before->second.geometry->boxes;
  remove(layer.id);
  geometry->table = layer.table;
  geometry->styled = layer.rows;
  geometry->filter = layer.filter;
  layers_[layer.id] = {next_generation_++, std::move(geometry), {}};
}

void TileStore::remove(LayerId id) {
  const auto found = layers_.find(id);
  if (found == layers_.end()) return;
  for (const auto& [number, level] : found->second.levels)
    for (const auto& [key, tile] : level.tiles) bytes_ -= tile.piece->bytes();
  layers_.erase(found);
}

void TileStore::adopt(LayerId from, LayerId to) {
  remove(to);
  auto state = layers_.extract(from);
  if (state.empty()) return;
  state.key() = to;
  layers_.insert(std::move(state));
}

bool TileStore::complete(const MapLayer& layer, const Camera& camera) {
  std::vector<Task> tasks;
  missing_of(layer, camera, symbol_reach_px, tasks);
  return tasks.empty();
}

bool TileStore::collect() {
  std::vector<std::pair<Ticket, Outcome>> finished;
  {
    const std::lock_guard lock{mutex_};
    finished.swap(finished_);
  }
  for (auto& [ticket, outcome] : finished) install(ticket, std::move(outcome));
  return !finished.empty();
}

bool TileStore::request(const std::vector<MapLayer>& layers, const Camera& camera) {
  ++frame_;
  std::vector<Task> tasks = missing(layers, camera, name_reach_px);
  const bool complete = tasks.empty();
  forget_old();
  std::reverse(tasks.begin(), tasks.end());
  {
    const std::lock_guard lock{mutex_};
    std::erase_if(tasks, [&](const Task& task) {
      return (in_work_ && *in_work_ == task.ticket) ||
             std::any_of(finished_.begin(), finished_.end(),
                         [&](const auto& entry) { return entry.first == task.ticket; });
    });
    queue_ = std::move(tasks);
  }
  wake_.notify_one();
  return complete;
}

void TileStore::build_all(const std::vector<MapLayer>& layers, const Camera& camera, Progress& progress) {
  // Boxes, then plans, then tiles: each round shows what the next one needs.
  for (int round = 0; round < 3; ++round) {
    collect();
    const std::vector<Task> tasks = missing(layers, camera, symbol_reach_px);
    if (tasks.empty()) return;
    std::vector<Outcome> outcomes(tasks.size());
    progress.begin("Drawing", tasks.size());
    parallel_for(tasks.size(), 1, progress, [&](std::size_t begin, std::size_t end) {
      for (std::size_t i = begin; i < end; ++i) {
        if (progress.stop_requested()) return;
        outcomes[i] = tasks[i].work();
        progress.advance();
      }
    });
    if (progress.stop_requested()) return;
    for (std::size_t i = 0; i < tasks.size(); ++i) install(tasks[i].ticket, std::move(outcomes[i]));
  }
}

std::vector<TileStore::Task> TileStore::missing(const std::vector<MapLayer>& layers, const Camera& camera,
                                                double reach_px) {
  std::vector<Task> tasks;
  for (const MapLayer& layer : layers)
    if (layer.look.visible) missing_of(layer, camera, reach_px, tasks);
  // Across layers: boxes before plans before tiles, so that all layers come up together.
  const auto stage = [](const Task& task) {
    return task.ticket.level < 0 ? 0 : task.ticket.key == whole_level ? 1 : task.around ? 3 : 2;
  };
  std::stable_sort(tasks.begin(), tasks.end(),
                   [&](const Task& a, const Task& b) { return stage(a) < stage(b); });
  return tasks;
}

void TileStore::missing_of(const MapLayer& layer, const Camera& camera, double reach_px,
                           std::vector<Task>& tasks) {
  const auto found = layers_.find(layer.id);
  if (found == layers_.end()) return;
  LayerState& state = found->second;
  const std::shared_ptr<const LayerGeometry> geometry = state.geometry;
  if (geometry->boxes.size() != geometry->table->geometry.size()) {
    tasks.push_back({{layer.id, state.generation, -1, 0}, [geometry] {
                       auto full = std::make_shared<LayerGeometry>(*geometry);
                       full->boxes = world_boxes(*full->table, Progress{});
                       return Outcome{std::move(full), nullptr, nullptr};
                     }});
    return;
  }
  const int number = level_of(camera.zoom());
  Level& level = state.levels[number];
  if (!level.plan) {
    tasks.push_back({{layer.id, state.generation, number, whole_level}, [geometry, number] {
                       auto plan = std::make_shared<const LevelPlan>(plan_level(*geometry, number));
                       return Outcome{nullptr, std::move(plan), nullptr};
                     }});
    return;
  }
  const WorldBox drawn = reach(camera), wanted = reach(camera, reach_px);
  const std::shared_ptr<const LevelPlan> plan = level.plan;
  for (std::size_t i = 0; i < plan->tiles.size(); ++i) {
    const TilePlan& tile = plan->tiles[i];
    if (!tile.box.intersects(wanted) || level.tiles.contains(tile.key)) continue;
    tasks.push_back({{layer.id, state.generation, number, tile.key},
                     [geometry, plan, i, number] {
                       Piece piece = build_piece(*geometry, number, plan->tiles[i].rows);
                       add_counts(*geometry, plan->tiles[i], piece);
                       return Outcome{nullptr, nullptr, std::make_shared<const Piece>(std::move(piece))};
                     },
                     !tile.box.intersects(drawn)});
  }
}

void TileStore::install(const Ticket& ticket, Outcome outcome) {
  const auto found = layers_.find(ticket.layer);
  if (found == layers_.end() || found->second.generation != ticket.generation) return;
  LayerState& state = found->second;
  if (outcome.geometry) state.geometry = std::move(outcome.geometry);
  if (outcome.plan) state.levels[ticket.level].plan = std::move(outcome.plan);
  if (!outcome.piece) return;
  Tile& tile = state.levels[ticket.level].tiles[ticket.key];
  if (tile.piece) return;  // built twice: by the builder and by build_all
  bytes_ += outcome.piece->bytes();
  tile = {std::move(outcome.piece), frame_};
}

const TileStore::Level* TileStore::level_to_draw(const LayerState& state, const Camera& camera,
                                                 int wanted) const {
  const WorldBox view = reach(camera);
  const auto complete = [&](const Level& level) {
    return level.plan &&
           std::all_of(level.plan->tiles.begin(), level.plan->tiles.end(), [&](const TilePlan& tile) {
             return !tile.box.intersects(view) || level.tiles.contains(tile.key);
           });
  };
  const auto at = state.levels.find(wanted);
  if (at != state.levels.end() && complete(at->second)) return &at->second;
  // Coarser is cheap and never too much; finer only a little, or it would cost too much to draw.
  for (int number = wanted - 1; number >= min_level; --number)
    if (const auto level = state.levels.find(number); level != state.levels.end() && complete(level->second))
      return &level->second;
  for (int number = wanted + 1; number <= wanted + 2; ++number)
    if (const auto level = state.levels.find(number); level != state.levels.end() && complete(level->second))
      return &level->second;
  return at == state.levels.end() || !at->second.plan ? nullptr : &at->second;
}

bool TileStore::drawable(const MapLayer& layer, const Camera& camera) const {
  const auto found = layers_.find(layer.id);
  return found == layers_.end() || level_to_draw(found->second, camera, level_of(camera.zoom()));
}

std::vector<std::shared_ptr<const Piece>> TileStore::pieces(const MapLayer& layer, const Camera& camera,
                                                            double reach_px) {
  std::vector<std::shared_ptr<const Piece>> result;
  const auto found = layers_.find(layer.id);
  if (found == layers_.end()) return result;
  const Level* level = level_to_draw(found->second, camera, level_of(camera.zoom()));
  if (!level) return result;
  const WorldBox view = reach(camera, std::max(reach_px, symbol_reach_px));
  for (auto& [key, tile] : const_cast<Level*>(level)->tiles) {
    if (!tile.piece->box.intersects(view)) continue;
    tile.last_used = frame_;
    result.push_back(tile.piece);
  }
  return result;
}

template <class Visit>
void TileStore::for_rows_of_tiles(const MapLayer& layer, const Camera& camera, const WorldBox& box,
                                  const Visit& visit) const {
  const auto found = layers_.find(layer.id);
  if (found == layers_.end()) return;
  const LayerGeometry& geometry = *found->second.geometry;
  if (geometry.boxes.empty()) return;
  const Level* level = level_to_draw(found->second, camera, level_of(camera.zoom()));
  if (!level) return;
  for (const TilePlan& tile : level->plan->tiles)
    if (tile.box.intersects(box))
      for (const RowIx row : tile.rows) visit(row, geometry.boxes[row.value]);
}

std::vector<RowIx> TileStore::rows_near(const MapLayer& layer, const Camera& camera,
                                        const WorldBox& box) const {
  std::vector<RowIx> rows;
  for_rows_of_tiles(layer, camera, box, [&](RowIx row, const WorldBox& of_row) {
    if (of_row.intersects(box)) rows.push_back(row);
  });
  std::sort(rows.begin(), rows.end());
  return rows;
}

std::vector<bool> TileStore::styles_near(const MapLayer& layer, const Camera& camera,
                                         const WorldBox& box) const {
  std::vector<bool> seen(layer.rows->styles.size(), false);
  for_rows_of_tiles(layer, camera, box, [&](RowIx row, const WorldBox& of_row) {
    const std::size_t style = layer.rows->style_of_row[row.value];
    if (!seen[style] && of_row.intersects(box)) seen[style] = true;
  });
  return seen;
}

void TileStore::forget_old() {
  if (bytes_ <= byte_budget) return;
  std::vector<std::pair<std::uint64_t, std::pair<Level*, std::uint64_t>>> by_age;
  for (auto& [id, state] : layers_)
    for (auto& [number, level] : state.levels)
      for (const auto& [key, tile] : level.tiles)
        if (tile.last_used + 1 < frame_) by_age.push_back({tile.last_used, {&level, key}});
  std::sort(by_age.begin(), by_age.end());
  for (const auto& [age, place] : by_age) {
    if (bytes_ <= byte_budget / 4 * 3) return;
    const auto tile = place.first->tiles.find(place.second);
    bytes_ -= tile->second.piece->bytes();
    place.first->tiles.erase(tile);
  }
}

void TileStore::run(const std::stop_token& stop) {
  work_in_background();
  while (true) {
    Task task;
    {
      std::unique_lock lock{mutex_};
      if (!wake_.wait(lock, stop, [&] { return !queue_.empty(); })) return;
      task = std::move(queue_.back());
      queue_.pop_back();
      in_work_ = task.ticket;
    }
    Outcome outcome = task.work();
    const std::lock_guard lock{mutex_};
    in_work_.reset();
    finished_.emplace_back(task.ticket, std::move(outcome));
  }
}

}  // namespace xiangtu::render::scene
