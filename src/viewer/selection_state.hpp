// What of the selection the scene does not know. The selected rows themselves are in one place, the scene:
// Scene::selection(), changed by the commands of commands/selection.hpp.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/ids.hpp"
#include "geodesy/position.hpp"
#include "render/scene/picking.hpp"

namespace xiangtu::viewer {

// Of the selected rows of a layer; of villages in one layer, of one kind.
inline constexpr std::string_view measured_km = "measured_km";  // of lines, geodesic

struct SelectedCount {
  struct Sum {
    std::string field;  // canonical, or measured_km
    double value = 0;
    std::size_t unknown = 0;  // rows that have none
    bool operator==(const Sum&) const = default;
  };
  render::scene::LayerId layer;
  std::string kind;  // canonical; empty where the layer has no kinds of villages
  std::size_t rows = 0;
  std::vector<Sum> sums;
};

inline constexpr std::size_t listed_at_once = 30;  // features on a page

struct SelectionState {
  UnitIx unit;  // whose row is selected; none: no unit
  // That are described: under the last click, topmost first, or all that are selected.
  std::vector<render::scene::Picked> features;
  std::size_t described = 0;          // the one of them that is looked at
  std::size_t listed = 0;             // the first of the page of them that is listed
  bool unfold_described = false;      // it alone, and scroll to it
  geodesy::LonLat clicked;            // where
  std::vector<SelectedCount> counts;  // of the selection of this revision
  std::uint64_t counted = 0;
};

}  // namespace xiangtu::viewer
