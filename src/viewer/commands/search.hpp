// Finding places by name or code.
#pragma once

#include <string>

#include "viewer/state.hpp"

namespace xiangtu::viewer {

inline constexpr std::size_t most_found = 50;

// Gathers the region's names in the background; until they are there nothing is found.
void gather_places(AppState& state);

void open_search(AppState& state);
// What was typed is kept for the next time.
void close_search(AppState& state);
void type_search(AppState& state, std::string typed);
// The chosen one moves by so many, and stays within those found.
void move_choice(AppState& state, int steps);
// Selects what was found, flies there and closes the search. Nothing there: no change.
void go_to_found(AppState& state, std::size_t position);

// "Name  code", and where it lies: "county · township".
std::string found_name(const workspace::FoundPlace& place);
std::string found_where(const AppState& state, const workspace::FoundPlace& place);

}  // namespace xiangtu::viewer
