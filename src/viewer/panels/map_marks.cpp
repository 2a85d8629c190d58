#include "viewer/panels/map_marks.hpp"

#include <algorithm>
#include <cmath>

namespace xiangtu::viewer {

using geodesy::LonLat;

MapMarks::MapMarks(const AppState& state, ImVec2 origin, ImVec2 size)
    : state_(state),
      origin_(origin),
      ratio_(state.camera.width() / std::max(1.0, static_cast<double>(size.x))),
      draw_(*ImGui::GetWindowDrawList()) {
  draw_.PushClipRect(origin, {origin.x + size.x, origin.y + size.y}, true);
}

void MapMarks::line(std::span<const LonLat> positions, ImU32 colour, ImU32 around) {
  corners_.clear();
  for (const LonLat position : positions) {
    const ImVec2 corner = at(position);
    // Seen from afar most corners fall together.
    if (corners_.size() > 1 &&
        std::abs(corners_.back().x - corner.x) + std::abs(corners_.back().y - corner.y) < 1)
      corners_.back() = corner;
    else
      corners_.push_back(corner);
  }
  const int count = static_cast<int>(corners_.size());
  draw_.AddPolyline(corners_.data(), count, around, 0, 7);
  draw_.AddPolyline(corners_.data(), count, colour, 0, 4);
}

void MapMarks::bridge(LonLat position, bool closed) {
  const ImVec2 p = at(position);
  draw_.AddCircleFilled(p, 9, casing);
  draw_.AddCircle(p, 8, closed ? taken : added, 0, 2.5f);
  if (!closed) return;
  for (const float side : {-1.0f, 1.0f})
    draw_.AddLine({p.x - 5, p.y - 5 * side}, {p.x + 5, p.y + 5 * side}, taken, 2.5f);
}

void MapMarks::village(LonLat position, bool won) {
  if (won) return disc(position, added);
  const ImVec2 p = at(position);
  draw_.AddCircleFilled(p, 5.5f, casing);
  draw_.AddCircle(p, 4, taken, 0, 2.5f);
}

void MapMarks::disc(LonLat position, ImU32 colour, ImU32 around) {
  const ImVec2 p = at(position);
  draw_.AddCircleFilled(p, 5.5f, around);
  draw_.AddCircleFilled(p, 4, colour);
}

ImVec2 MapMarks::at(LonLat position) const {
  const render::scene::ScreenPoint pixel = state_.camera.to_screen(position);
  return {origin_.x + static_cast<float>(pixel.x / ratio_), origin_.y + static_cast<float>(pixel.y / ratio_)};
}

}  // namespace xiangtu::viewer
