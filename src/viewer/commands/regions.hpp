// Opening regions, and computing their figures anew.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "viewer/region_loading.hpp"
#include "viewer/state.hpp"

namespace xiangtu::viewer {

// Starts loading sources in the background; the region is shown when it is there, and where nothing was open
// before its outline is on the map meanwhile: what is seen of it from afar.
void open(AppState& state, workspace::OpenOptions options);
// Opens further sources beside those that are open.
void add_sources(AppState& state, const std::vector<std::string>& sources);
void show(AppState& state, std::shared_ptr<const Region> region);
void show(AppState& state, LoadedRegion loaded);
// Computes the figures anew in the background with other thresholds; cancelled, the old ones stand.
void set_parameters(AppState& state, const indicators::Parameters& parameters);
void report(AppState& state, const Issue& issue, NoticeAbout about = NoticeAbout::window);

}  // namespace xiangtu::viewer
