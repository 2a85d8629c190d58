// What the window finds again the next day, and what it watches meanwhile.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/jobs.hpp"
#include "render/scene/map_document.hpp"
#include "table/role.hpp"
#include "viewer/network_state.hpp"
#include "workspace/workspace.hpp"

namespace xiangtu::viewer {

// Filter, order and columns of an attribute table, where they are not as they come.
struct SavedTable {
  table::Role role;
  std::string filter;     // empty: none
  std::string sorted_by;  // a column; empty: as in the source
  bool ascending = true;
  std::set<std::string> hidden;  // columns
  bool operator==(const SavedTable&) const = default;
};

// The order of the table of figures.
struct SavedOrder {
  std::string by;  // an indicator, or by_name; empty: by code
  bool ascending = true;
  static constexpr const char* by_name = "name";
  bool operator==(const SavedOrder&) const = default;
};

// What was open and how it was looked at.
struct Session {
  workspace::OpenOptions opened;
  indicators::Parameters parameters;
  render::scene::SavedMap map;
  std::vector<SavedTable> tables;
  bool filter_map = false;  // by the filters of the attribute tables
  SavedOrder figures;
  SavedScenarios scenarios;

  bool empty() const { return opened.sources.empty(); }
};

struct SessionState {
  std::optional<Session> offered;    // the last one, as long as nothing else is open
  std::optional<Session> restoring;  // to be taken up when its sources are there
  std::string written;               // as it stands in the file
  double seconds = 0;                // since it was last looked whether there is something to write
};

// Whether the open sources are still what they were, looked at now and then.
struct SourceWatch {
  double seconds = 0;             // since the last look
  bool looking = false;           // a look is under way
  std::vector<std::string> seen;  // by source, at the last look
  std::vector<std::string> told;  // that the user has been told about
  std::string styles;             // the user's style file as last read
  JobList jobs;                   // quiet ones: nobody waits for them
};

}  // namespace xiangtu::viewer
