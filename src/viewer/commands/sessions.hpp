// Keeping what the user has set up: as a workspace file, and from one day to the next.
#pragma once

#include <optional>
#include <string>

#include "viewer/settings.hpp"
#include "viewer/state.hpp"

namespace xiangtu::viewer {

// Writes sources, mappings, thresholds and the map's setup as a workspace that the window and every command
// opens. Nothing is open: does nothing.
Status save_workspace(const AppState& state, const std::string& path);

// The map as a workspace file has it.
render::scene::SavedMap map_of(const AppState& state);

// A source's path that means the same from every folder; a database's password is not kept.
std::string lasting(const std::string& source);

// What is open now and how it is looked at.
Session session_of(const AppState& state);
// Opens it again as it was.
void restore(AppState& state, Session session);
// Whether a session is of what is asked for, from whatever folder it is named. Never of a workspace file,
// which says itself how it is looked at.
bool is_of(const Session& session, const workspace::OpenOptions& asked);
// Units, by their codes, and the coloured level as they were looked at, in the region that is shown.
void look_again(AppState& state, const render::scene::LookedAt& looked_at);
// Ends restoring: the region is shown. Looks at what the session looked at, else, unless it is the same
// region again, at what its workspace file says; tells what is wrong in that.
void take_up(AppState& state, bool again);

// The map as the session that is restored, or the region's own workspace file, shows it; else all of it.
void show_first_view(AppState& state);

// The file of the last session, beside the settings.
std::optional<Session> read_session();
// Writes it, unless the file says the same already. In the background where the window goes on.
void write_session(AppState& state);
// Now and then; whether it was time.
bool write_session_soon(AppState& state, double seconds_passed);

}  // namespace xiangtu::viewer
