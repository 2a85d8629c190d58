// What is to be built next, on the map: the first links, the chosen one stressed.
#include "viewer/commands/links.hpp"
#include "viewer/panels/map_marks.hpp"
#include "viewer/panels/panels.hpp"

namespace xiangtu::viewer {

namespace {

ImU32 colour_of(reach::LinkKind kind) {
  switch (kind) {
    case reach::LinkKind::harden:
      return MapMarks::added;
    case reach::LinkKind::rebuild:
      return MapMarks::taken;
    case reach::LinkKind::new_road:
      return MapMarks::built;
  }
  return MapMarks::added;
}

void draw_link(MapMarks& marks, const reach::NextLink& link, ImU32 around) {
  for (const reach::LinkPiece& piece : link.pieces)
    if (piece.kind != reach::LinkKind::rebuild) marks.line(piece.line, colour_of(piece.kind), around);
  for (const reach::LinkPiece& piece : link.pieces)  // over the roads
    if (piece.kind == reach::LinkKind::rebuild && !piece.line.empty())
      marks.disc(piece.line.front(), colour_of(piece.kind), around);
}

void draw_villages(MapMarks& marks, const reach::NextLinks& links, const reach::NextLink& link) {
  for (const std::uint32_t village : link.villages)
    marks.village(links.villages_layer->table.geometry.representative(links.villages[village].row.value),
                  true);
}

}  // namespace

void draw_link_marks(const AppState& state, ImVec2 origin, ImVec2 size) {
  const LinksState& links = state.links;
  const auto plan = links.plan.answer;
  if (!links.shown || !links.in_front || !plan || links.plan.region != state.region) return;
  MapMarks marks(state, origin, size);
  const render::scene::WorldBox view = state.camera.view();
  for (std::size_t i = 0; i < drawn_links(state); ++i)
    if (links.chosen != i && view.intersects(render::scene::world_of(plan->boxes[i])))
      draw_link(marks, plan->links.links[i], MapMarks::casing);
  if (!links.chosen) return;
  const reach::NextLink& chosen = plan->links.links[*links.chosen];
  draw_link(marks, chosen, MapMarks::chosen);
  draw_villages(marks, plan->links, chosen);
}

}  // namespace xiangtu::viewer
