// The attribute table: which layer's rows it shows, in which order, and which of them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/ids.hpp"
#include "base/result.hpp"
#include "geodesy/position.hpp"
#include "indicators/expression_completion.hpp"
#include "render/scene/camera.hpp"
#include "render/scene/scene.hpp"

namespace xiangtu::viewer {

struct RowSort {
  int column = -1;  // of the layer's table; −1: as in the source
  bool ascending = true;
  bool operator==(const RowSort&) const = default;
};

using RowOrder = std::shared_ptr<const std::vector<RowIx>>;

// What is kept of each layer while another one is looked at.
struct LayerTable {
  RowSort wanted, sorted;             // they differ while the rows are being sorted
  RowOrder order;                     // all rows, as sorted; null: as in the source
  std::string typed;                  // into the filter's box
  std::string filter;                 // the last one that could be read; empty: none
  std::optional<Issue> filter_issue;  // why what was typed is not the filter
  render::scene::RowMarks marks;      // of the filter's rows; null: all
  std::shared_ptr<const std::vector<geodesy::LonLatBox>> boxes;  // of all rows, once they were needed
  std::set<std::string> hidden;   // columns that the user put out of sight, by name
  render::scene::LayerId widget;  // whose widget has the columns' order and widths; none: the layer's own
};

struct FilterCompletion {
  bool open = false;
  std::size_t cursor = 0;  // a byte of the typed text
  indicators::Completions found;
  int chosen = -1;               // of the offers; −1: none
  std::optional<int> cursor_to;  // where the box's cursor has to go
  bool waits = false;            // for the next letter: the box was entered and goes on being edited
};

struct AttributesState {
  render::scene::LayerId layer;  // none: nothing to show
  bool opened = false;           // it was shown: until then its layer is not the user's choice
  std::map<render::scene::LayerId, LayerTable> tables;
  bool filter_map = false;    // rows that the filters leave out are not on the map either
  bool only_in_view = false;  // of the map
  bool only_selected = false;
  FilterCompletion completion;

  // Made by update_attributes() from what stands above, the selection and the camera.
  std::vector<RowIx> rows;             // that are shown, in order
  std::vector<std::uint8_t> selected;  // a mark for each row of the layer
  RowIx anchor, cursor;                // where a range begins, and the row that the keys move from
  bool scroll_to_cursor = false;

  // What these were made from.
  struct Basis {
    render::scene::LayerId layer;
    RowOrder order;
    render::scene::RowMarks marks;
    std::optional<std::uint64_t> selection;
    std::optional<render::scene::Camera> view;
    bool operator==(const Basis&) const = default;
  };
  Basis made_from;
  std::uint64_t selection_seen = 0;
  std::uint64_t request = 0;  // of sorting or filtering; an older one is of no interest
};

}  // namespace xiangtu::viewer
