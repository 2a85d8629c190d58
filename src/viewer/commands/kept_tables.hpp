// What the user did to the attribute tables outlives reading the same sources again, also with others beside
// them, and the end of the window: order, filter and columns of each layer, where they still make sense.
#pragma once

#include <string>
#include <vector>

#include "viewer/state.hpp"

namespace xiangtu::viewer {

struct KeptTable {
  table::Role role;
  std::vector<std::string> columns;  // of its table, by name
  LayerTable table;
  bool is_looked_at = false;  // the one that the attribute table shows
};

// What of them a session keeps: of the layers whose tables are not as they come.
std::vector<SavedTable> saved_tables(const AppState& state);
// Those of the session that is restored, where it has these sources; its choice whether they filter the map
// is taken.
std::vector<KeptTable> restored_tables(AppState& state, const std::vector<std::string>& sources);

// Of all layers that there are; before they go.
std::vector<KeptTable> kept_tables(const AppState& state);
// For the layers that came in their place. Rows are sorted and filtered in the background where they are
// many; a filter that cannot be read with the new fields is said in a notice, and stays in its box.
void keep_tables(AppState& state, const std::vector<KeptTable>& tables);

}  // namespace xiangtu::viewer
