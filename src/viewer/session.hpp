// The two ways a viewer runs: as a window, and for one picture.
#pragma once

#include "viewer/settings.hpp"
#include "viewer/state.hpp"
#include "viewer/viewer.hpp"

namespace xiangtu::viewer {

// Indicator, level and unit that were asked for; the region is shown already.
Status begin_with(AppState& state, const ViewOptions& options);

// Opens the last session where nothing is asked for and it ended well; else offers it. Keeps session and
// settings while it runs and when it ends.
Status run_window(const ViewOptions& options, AppState& state, const Settings& remembered);
Status draw_screenshot(const ViewOptions& options, AppState& state);

}  // namespace xiangtu::viewer
