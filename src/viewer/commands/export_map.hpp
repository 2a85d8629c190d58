// The map as it is shown, on a sheet in a file: what `xiangtu map` draws of the workspace.
#pragma once

#include <string>

#include "viewer/state.hpp"

namespace xiangtu::viewer {

// The job's title.
inline constexpr const char* exporting = "exporting the map";

// Size, resolution and title that the user gave make a sheet. Error: what is wrong with them.
Status check_export(const AppState& state);
// Starts printing what is on the map now into a file, in the background: what changes meanwhile is not in it.
// How it ended is said in a notice. Error: it cannot be started. Nothing is open: does nothing.
Status export_map(AppState& state, const std::string& path);

}  // namespace xiangtu::viewer
