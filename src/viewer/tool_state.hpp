// The tool that clicks on the map belong to, and what was drawn with it so far.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "geodesy/position.hpp"

namespace xiangtu::viewer {

enum class MapTool : std::uint8_t {
  browse,          // clicks identify
  select_polygon,  // corners of an area whose features are selected
  measure_length,
  measure_area,
  draw_link,  // a new road of the scenario
};

// What a selection made on the map does to the one that is there.
enum class SelectionChange : std::uint8_t { replace, add, remove };

struct ToolState {
  MapTool active = MapTool::browse;
  std::vector<geodesy::LonLat> points;  // clicked, in order
  // A measured line or area stays on the map until the next click begins another one.
  bool finished = false;
  bool only_table_layer = false;  // boxes and polygons select in the attribute table's layer alone
  bool press_taken = false;       // by the double click that ended a tool: its release is no click on the map
  std::optional<geodesy::LonLat> box_from;  // a box is dragged out from here to the pointer
};

}  // namespace xiangtu::viewer
