// The window's state with the demonstration map, without a window.
#pragma once

#include <catch2/catch.hpp>
#include <memory>
#include <string>
#include <thread>

#include "base/assets.hpp"
#include "viewer/commands/regions.hpp"
#include "viewer/state.hpp"

namespace xiangtu::tests {

using namespace xiangtu::viewer;

inline const std::string demo = std::string(XIANGTU_SOURCE_DIR) + "/geodata/yulin.gpkg";

// Loaded once: every test shows the same immutable region in a state of its own.
inline std::shared_ptr<const Region> demo_region() {
  static const std::shared_ptr<const Region> region = [] {
    Progress progress;
    auto loaded = load({{demo}, std::nullopt}, {}, progress);
    if (!loaded) FAIL(loaded.issue().message.english());
    return *loaded;
  }();
  return region;
}

inline std::unique_ptr<AppState> fresh_state() {
  static const auto styles = render::scene::StyleSheet::load(assets_folder() / "styles.toml");
  REQUIRE(styles);
  return std::make_unique<AppState>(std::make_shared<const render::scene::StyleSheet>(*styles));
}

inline std::unique_ptr<AppState> demo_state() {
  auto state = fresh_state();
  show(*state, demo_region());
  return state;
}

inline UnitIx unit(const AppState& state, const char* code) {
  return state.region->hierarchy().find(code);
}

// Empties the mailbox until the jobs are done.
inline void finish_jobs(AppState& state) {
  while (!state.jobs.jobs().empty()) {
    state.mailbox.drain();
    state.jobs.sweep();
    std::this_thread::yield();
  }
  state.mailbox.drain();
}

}  // namespace xiangtu::tests
