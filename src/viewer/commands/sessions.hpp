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

// A source's path that means the same from every folder; a database's password is not kept.
std::string lasting(const std::string& source);

// What is open now and how it is looked at.
Session session_of(const AppState& state);
// Opens it again as it was.
void restore(AppState& state, Session session);
// Selects the units of a session in the region that is shown, by their codes.
void select_again(AppState& state, const Session& session);
// Ends restoring: the region is shown. Selects what the session had selected, and says what is wrong in a
// workspace file.
void take_up(AppState& state);

// The map as the session that is restored, or the region's own workspace file, shows it; else all of it.
void show_first_view(AppState& state);

// The file of the last session, beside the settings.
std::optional<Session> read_session();
// Writes it, unless the file says the same already. In the background where the window goes on.
void write_session(AppState& state);
// Now and then; whether it was time.
bool write_session_soon(AppState& state, double seconds_passed);

}  // namespace xiangtu::viewer
