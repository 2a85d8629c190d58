// Pictures of the ground under the map. All but opening and looking are edits of the document.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "raster/source.hpp"
#include "viewer/commands/document.hpp"
#include "viewer/state.hpp"

namespace xiangtu::viewer {

// Opens a file or the description of a service in the background, and shows it when it is there, above the
// others; brought into view where nothing else is open. One that is there already stays as it is.
void add_background(AppState& state, const std::string& path);
// The same of one that is opened.
void show_background(AppState& state, const std::string& path, std::shared_ptr<raster::Source> source);
void remove_background(AppState& state, render::scene::BackgroundId background);
void move_background(AppState& state, render::scene::BackgroundId background, int steps_up);
void show_background(AppState& state, render::scene::BackgroundId background, bool visible);
void set_background_opacity(AppState& state, render::scene::BackgroundId background, double opacity,
                            Gesture gesture = Gesture::single);
void set_background_drawing(AppState& state, render::scene::BackgroundId background, raster::Drawing drawing);
void fit_background(AppState& state, render::scene::BackgroundId background);
// Asks a service that did not answer again, at once.
void retry_background(AppState& state, render::scene::BackgroundId background);

// Reads the pixel at a place of each background that is seen, in the background.
void read_backgrounds(AppState& state, geodesy::LonLat place);
// Reads the file anew; how it is drawn stays.
void reload_background(AppState& state, const std::string& path);

// Shows those of the document as it says, and opens what is not open yet.
void apply_backgrounds(AppState& state);
// Says what keeps a background from being seen, once until it is seen again. Once a frame.
void tell_of_backgrounds(AppState& state);

// Files that were dropped: rasters become backgrounds; the others take the place of what is open, or are
// added to it.
void drop_files(AppState& state, const std::vector<std::string>& paths, bool add);

}  // namespace xiangtu::viewer
