// The map as the user set it up, and the steps back and forth.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "render/scene/map_document.hpp"

namespace xiangtu::viewer {

// What an edit is called: an English pattern, where {0} is the layer, the indicator or the background.
struct EditName {
  std::string pattern;
  std::string
      subject;  // a layer as its document calls it, an indicator's id, a background's name; empty: none

  bool operator==(const EditName&) const = default;
};

struct EditStep {
  EditName name;
  render::scene::MapDocument other;  // before the edit; after it where it was undone
  std::uint64_t at = 0;              // its place among all changes in the window
};

struct DocumentState {
  render::scene::MapDocument now;
  std::vector<EditStep> done, undone;  // the latest last
  bool dragging = false;  // the last step is an edit that still goes on, such as the drag of a slider
};

// What the style editor shows.
struct StyleEditorState {
  std::string layer;  // as its document calls it; empty: the editor is closed
  int rule = -1;      // −1: the base style
};

}  // namespace xiangtu::viewer
