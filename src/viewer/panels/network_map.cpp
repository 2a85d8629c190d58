// What a scenario changes, on the map: bridges, roads, new roads, and the villages won and lost.
#include <algorithm>
#include <vector>

#include "viewer/panels/panels.hpp"

namespace xiangtu::viewer {

using geodesy::LonLat;

namespace {

constexpr ImU32 casing = IM_COL32(255, 255, 255, 230), added = IM_COL32(0, 114, 178, 255),
                taken = IM_COL32(213, 94, 0, 255), way_colour = IM_COL32(148, 0, 160, 255);
constexpr std::size_t most_villages = 20'000;  // that are marked

class NetworkMarks {
 public:
  NetworkMarks(const AppState& state, ImVec2 origin, ImVec2 size)
      : state_(state),
        origin_(origin),
        ratio_(state.camera.width() / std::max(1.0, static_cast<double>(size.x))),
        draw_(*ImGui::GetWindowDrawList()) {}

  void line(std::span<const LonLat> positions, ImU32 colour) {
    corners_.clear();
    for (const LonLat position : positions) corners_.push_back(at(position));
    const int count = static_cast<int>(corners_.size());
    draw_.AddPolyline(corners_.data(), count, casing, 0, 7);
    draw_.AddPolyline(corners_.data(), count, colour, 0, 4);
  }

  // A cross in a circle for what is closed, a circle for what is open.
  void bridge(LonLat position, bool closed) {
    const ImVec2 p = at(position);
    draw_.AddCircleFilled(p, 9, casing);
    draw_.AddCircle(p, 8, closed ? taken : added, 0, 2.5f);
    if (!closed) return;
    for (const float side : {-1.0f, 1.0f})
      draw_.AddLine({p.x - 5, p.y - 5 * side}, {p.x + 5, p.y + 5 * side}, taken, 2.5f);
  }

  // A disc for a village won, a ring for one that is lost.
  void village(LonLat position, bool won) {
    const ImVec2 p = at(position);
    draw_.AddCircleFilled(p, 5.5f, casing);
    won ? draw_.AddCircleFilled(p, 4, added) : draw_.AddCircle(p, 4, taken, 0, 2.5f);
  }

 private:
  ImVec2 at(LonLat position) const {
    const render::scene::ScreenPoint pixel = state_.camera.to_screen(position);
    return {origin_.x + static_cast<float>(pixel.x / ratio_),
            origin_.y + static_cast<float>(pixel.y / ratio_)};
  }

  const AppState& state_;
  ImVec2 origin_;
  double ratio_;
  ImDrawList& draw_;
  std::vector<ImVec2> corners_;
};

}  // namespace

void draw_network_marks(const AppState& state, ImVec2 origin, ImVec2 size) {
  const NetworkState& network = state.network;
  if (!network.shown || !network.in_front || !network.model || network.region != state.region) return;
  ImGui::GetWindowDrawList()->PushClipRect(origin, {origin.x + size.x, origin.y + size.y}, true);
  NetworkMarks marks(state, origin, size);
  const atlas::Atlas& atlas = state.region->atlas();
  const table::GeometryColumn& roads = network.model->network().lines();
  for (const auto& [row, hardened] : network.scenario.hardened_roads)
    for (std::size_t part = roads.part_begin(row.value); part < roads.part_end(row.value); ++part)
      marks.line(roads.part(part), hardened ? added : taken);
  for (const std::vector<LonLat>& link : network.scenario.links) marks.line(link, added);
  for (const auto& [row, closed] : network.scenario.closed_bridges)
    marks.bridge(atlas.layer(table::Role::bridges)->table.geometry.representative(row.value), closed);
  if (!network.way.empty()) marks.line(network.way, way_colour);
  if (network.answer) {
    const reach::RoadReach& reach = network.answer->reach;
    const table::GeometryColumn& places = reach.villages_layer->table.geometry;
    const auto mark = [&](const std::vector<std::uint32_t>& villages, bool won) {
      for (std::size_t i = 0; i < std::min(villages.size(), most_villages); ++i)
        marks.village(places.representative(reach.villages[villages[i]].row.value), won);
    };
    mark(network.answer->won, true);
    mark(network.answer->lost, false);
  }
  ImGui::GetWindowDrawList()->PopClipRect();
}

}  // namespace xiangtu::viewer
