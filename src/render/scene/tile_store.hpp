// The tiles of all layers of a scene: what is built, what is missing for a view, and the thread that
// builds it. All functions are for the scene's thread; only immutable things cross over to the builder.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

#include "base/progress.hpp"
#include "render/scene/pyramid.hpp"
#include "render/scene/scene.hpp"

namespace xiangtu::render::scene {

class TileStore {
 public:
  TileStore();
  ~TileStore();

  // A new, restyled or filtered layer: whatever was built for it is forgotten, but not where its rows are.
  void set_layer(const MapLayer& layer);
  void remove(LayerId id);
  // What was built for one layer becomes the other's.
  void adopt(LayerId from, LayerId to);
  // Nothing of this view is missing for a layer.
  bool complete(const MapLayer& layer, const Camera& camera);

  // Takes what the builder has finished; whether there was something.
  bool collect();
  // Puts what is missing in this view, or near enough for its names to reach into it, in the builder's
  // queue; nothing missing: true.
  bool request(const std::vector<MapLayer>& layers, const Camera& camera);
  // Builds what is missing here and now.
  void build_all(const std::vector<MapLayer>& layers, const Camera& camera, Progress& progress);

  // There is a level to draw the layer with in this view.
  bool drawable(const MapLayer& layer, const Camera& camera) const;
  std::vector<std::shared_ptr<const Piece>> pieces(const MapLayer& layer, const Camera& camera,
                                                   double reach_px);
  std::vector<RowIx> rows_near(const MapLayer& layer, const Camera& camera, const WorldBox& box) const;
  std::vector<bool> styles_near(const MapLayer& layer, const Camera& camera, const WorldBox& box) const;
  // Boxes are empty as long as they are not built.
  const LayerGeometry& geometry_of(const MapLayer& layer) const { return *layers_.at(layer.id).geometry; }

 private:
  struct Tile {
    std::shared_ptr<const Piece> piece;
    std::uint64_t last_used = 0;
  };
  struct Level {
    std::shared_ptr<const LevelPlan> plan;
    std::map<std::uint64_t, Tile> tiles;  // by key
  };
  struct LayerState {
    std::uint64_t generation = 0;
    std::shared_ptr<const LayerGeometry> geometry;  // boxes are empty until they are built
    std::map<int, Level> levels;
  };
  // One of the three is set.
  struct Outcome {
    std::shared_ptr<const LayerGeometry> geometry;
    std::shared_ptr<const LevelPlan> plan;
    std::shared_ptr<const Piece> piece;
  };
  struct Ticket {
    LayerId layer;
    std::uint64_t generation = 0;
    int level = -1;         // −1: the boxes
    std::uint64_t key = 0;  // of a tile, or whole_level for the plan
    auto operator<=>(const Ticket&) const = default;
  };
  struct Task {
    Ticket ticket;
    std::function<Outcome()> work;
    bool around = false;  // a tile beside the view, for names that reach into it: after all others
  };

  std::vector<Task> missing(const std::vector<MapLayer>& layers, const Camera& camera, double reach_px);
  void missing_of(const MapLayer& layer, const Camera& camera, double reach_px, std::vector<Task>& tasks);
  void install(const Ticket& ticket, Outcome outcome);
  // Calls visit(row, its box) for the rows of the tiles that meet the box.
  template <class Visit>
  void for_rows_of_tiles(const MapLayer& layer, const Camera& camera, const WorldBox& box,
                         const Visit& visit) const;
  // The level to draw: the wanted one when complete in this view, else the best that is.
  const Level* level_to_draw(const LayerState& state, const Camera& camera, int wanted) const;
  void forget_old();
  void run(const std::stop_token& stop);

  std::map<LayerId, LayerState> layers_;
  std::uint64_t next_generation_ = 1;
  std::uint64_t frame_ = 0;
  std::size_t bytes_ = 0;

  std::mutex mutex_;  // guards what follows
  std::condition_variable_any wake_;
  std::vector<Task> queue_;  // taken from the back
  std::optional<Ticket> in_work_;
  std::vector<std::pair<Ticket, Outcome>> finished_;
  std::jthread builder_;  // last: stops and is joined before the rest goes
};

}  // namespace xiangtu::render::scene
