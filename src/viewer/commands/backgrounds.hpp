// Pictures of the ground under the map.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "raster/source.hpp"
#include "viewer/state.hpp"

namespace xiangtu::viewer {

// Opens a file or the description of a service in the background, and shows it when it is there.
void add_background(AppState& state, const std::string& path);
// Above the backgrounds that are there; brought into view where nothing else is open.
void show_background(AppState& state, std::shared_ptr<raster::Source> source);
void remove_background(AppState& state, render::scene::BackgroundId background);
void move_background(AppState& state, render::scene::BackgroundId background, int steps_up);
void fit_background(AppState& state, render::scene::BackgroundId background);
// Asks a service that did not answer again, at once.
void retry_background(AppState& state, render::scene::BackgroundId background);
// Says what keeps a background from being seen, once until it is seen again. Once a frame.
void tell_of_backgrounds(AppState& state);

// Files that were dropped: rasters become backgrounds; the others take the place of what is open, or are
// added to it.
void drop_files(AppState& state, const std::vector<std::string>& paths, bool add);

}  // namespace xiangtu::viewer
