// Lines and places that a panel draws over the map.
#pragma once

#include <span>
#include <vector>

#include <imgui.h>

#include "viewer/state.hpp"

namespace xiangtu::viewer {

// As long as it lives, its window's drawing is kept within the map.
class MapMarks {
 public:
  // Colours that are told apart by everybody; casing: around each mark.
  static constexpr ImU32 casing = IM_COL32(255, 255, 255, 230), added = IM_COL32(0, 114, 178, 255),
                         taken = IM_COL32(213, 94, 0, 255), built = IM_COL32(0, 158, 115, 255),
                         chosen = IM_COL32(0, 0, 0, 255);

  // origin, size: of the map on the screen.
  MapMarks(const AppState& state, ImVec2 origin, ImVec2 size);
  ~MapMarks() { draw_.PopClipRect(); }
  MapMarks(const MapMarks&) = delete;
  MapMarks& operator=(const MapMarks&) = delete;

  void line(std::span<const geodesy::LonLat> positions, ImU32 colour, ImU32 around = casing);
  // A cross in a circle for what is closed, a circle for what is open.
  void bridge(geodesy::LonLat position, bool closed);
  // A disc for a village won, a ring for one that is lost.
  void village(geodesy::LonLat position, bool won);
  void disc(geodesy::LonLat position, ImU32 colour, ImU32 around = casing);

 private:
  ImVec2 at(geodesy::LonLat position) const;

  const AppState& state_;
  ImVec2 origin_;
  double ratio_;
  ImDrawList& draw_;
  std::vector<ImVec2> corners_;
};

}  // namespace xiangtu::viewer
