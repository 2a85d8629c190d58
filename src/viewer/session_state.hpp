// What the window finds again the next day, and what it watches meanwhile.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/jobs.hpp"
#include "render/scene/map_document.hpp"
#include "workspace/workspace.hpp"

namespace xiangtu::viewer {

// What was open and how it was looked at.
struct Session {
  workspace::OpenOptions opened;
  indicators::Parameters parameters;
  render::scene::SavedMap map;
  std::string unit, parent;  // codes: the selected unit, and the one whose units the table shows

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
