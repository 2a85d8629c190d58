// Noticing that files changed while they are open.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "viewer/state.hpp"

namespace xiangtu::viewer {

// Looks at the sources now and then, in the background; what has changed is said once, with a way to read it
// again. `now`: at once, as when the window gets the focus.
void watch_sources(AppState& state, double seconds_passed, bool now);
// What the last look found, by source: an identity, or empty for one that is gone.
void take_look(AppState& state, const std::vector<std::string>& identities);
// The same of the files under the map, by source.
void take_look_at_backgrounds(AppState& state, const std::map<std::string, std::string>& identities);
// Reads the sources again; view, setup and selection stay.
void reload(AppState& state);

}  // namespace xiangtu::viewer
