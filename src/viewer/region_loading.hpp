// Reading a region for the window: apart from its state, so that it runs on any thread.
#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "base/progress.hpp"
#include "base/result.hpp"
#include "render/scene/scene.hpp"
#include "viewer/state.hpp"

namespace xiangtu::viewer {

struct LoadRequest {
  workspace::OpenOptions options;
  indicators::Parameters parameters;
  std::shared_ptr<const render::scene::StyleSheet> styles;
  render::scene::Camera camera{1280, 800};  // of the window that will show it
};

// A region, and its layers ready for a scene with such styles.
struct LoadedRegion {
  std::shared_ptr<const Region> region;
  std::vector<render::scene::PreparedLayer> layers;
  std::shared_ptr<const render::scene::StyleSheet> styles;
};

// Takes what there is to be seen of a region before it is read as a whole: first its units, then all that is
// drawn from afar. Called only where the sources know their extent, so that all of it can be found without
// reading all.
using OutlineTaker = std::function<void(std::vector<render::scene::PreparedLayer>)>;

Result<LoadedRegion> load(const LoadRequest& request, const OutlineTaker& outlines, Progress& progress);
// Without an outline and without layers for a scene.
Result<std::shared_ptr<const Region>> load(const workspace::OpenOptions& options,
                                           const indicators::Parameters& parameters, Progress& progress);

// Of each source by itself, what tells whether it has changed; empty where it is gone, unknown_identity where
// it cannot be told.
inline constexpr const char* unknown_identity = "?";
std::vector<std::string> identities_of(const std::vector<std::string>& sources);

// What the window computes: every indicator at every level.
workspace::StatsOptions every_level(const indicators::Parameters& parameters);
// The same region with figures that were computed anew.
Region with_figures(const Region& region, const indicators::Parameters& parameters,
                    workspace::StatsResult stats);

}  // namespace xiangtu::viewer
