#include "render/page/view.hpp"

#include <algorithm>
#include <utility>

namespace xiangtu::render::page {

namespace {

using Corners = std::vector<ScreenPoint>;

// What is left of a closed outline on one side of a line (Sutherland and Hodgman 1974): distance says how far
// inside a point is.
template <class Distance>
void cut(Corners& ring, const Distance& distance) {
  if (std::all_of(ring.begin(), ring.end(), [&](ScreenPoint p) { return distance(p) >= 0; })) return;
  Corners kept;
  for (std::size_t i = 0; i < ring.size(); ++i) {
    const ScreenPoint a = ring[i], b = ring[i + 1 < ring.size() ? i + 1 : 0];
    const double in_a = distance(a), in_b = distance(b);
    if (in_a >= 0) kept.push_back(a);
    if ((in_a >= 0) == (in_b >= 0)) continue;
    const double t = in_a / (in_a - in_b);
    kept.push_back({a.x + (b.x - a.x) * t, a.y + (b.y - a.y) * t});
  }
  ring = std::move(kept);
}

}  // namespace

PieceView::PieceView(const scene::Piece& piece, const scene::Camera& camera, ScreenPoint corner,
                     const scene::Rect& seen, double reach)
    : piece_(piece),
      scale_(camera.pixels_per_world() / piece.pixels_per_world()),
      left_(seen.x - reach),
      top_(seen.y - reach),
      right_(seen.x + seen.width + reach),
      bottom_(seen.y + seen.height + reach) {
  const auto on_page = [&](scene::WorldPoint place) {
    const ScreenPoint in_view = camera.to_screen(place);
    return ScreenPoint{corner.x + in_view.x, corner.y + in_view.y};
  };
  origin_ = on_page(piece.origin);
  min_ = on_page(piece.box.min);
  max_ = on_page(piece.box.max);
}

bool PieceView::meets(ScreenPoint a, ScreenPoint b) const {
  return std::max(a.x, b.x) >= left_ && std::min(a.x, b.x) <= right_ && std::max(a.y, b.y) >= top_ &&
         std::min(a.y, b.y) <= bottom_;
}

std::uint32_t PieceView::beyond_unseen(std::uint32_t segment) const {
  constexpr std::uint32_t in_box = scene::SegmentBox::segments;
  while (segment % in_box == 0 && segment / in_box < piece_.segment_boxes.size()) {
    const scene::SegmentBox& box = piece_.segment_boxes[segment / in_box];
    if (meets(place(box.left, box.top), place(box.right, box.bottom))) break;
    segment += in_box;
  }
  return segment;
}

Path PieceView::rings_of_row(std::size_t& at) const {
  Path path;
  const std::uint32_t row = piece_.rings[at].row;
  Corners corners;
  for (; at < piece_.rings.size() && piece_.rings[at].row == row; ++at) {
    const scene::RingRun& ring = piece_.rings[at];
    corners.clear();
    for (std::uint32_t i = ring.begin; i < ring.end; ++i)
      corners.push_back(place(piece_.segments[i].a.x, piece_.segments[i].a.y));
    cut(corners, [&](ScreenPoint p) { return p.x - left_; });
    cut(corners, [&](ScreenPoint p) { return right_ - p.x; });
    cut(corners, [&](ScreenPoint p) { return p.y - top_; });
    cut(corners, [&](ScreenPoint p) { return bottom_ - p.y; });
    if (corners.size() > 2) path.add_polygon(corners);
  }
  return path;
}

std::vector<ScreenPoint> PieceView::symbols(const scene::StyleRun& run) const {
  std::vector<ScreenPoint> centres;
  for (std::uint32_t i = run.begin; i < run.end; ++i) {
    const ScreenPoint centre = place(piece_.symbols[i].x, piece_.symbols[i].y);
    if (meets(centre, centre)) centres.push_back(centre);
  }
  return centres;
}

}  // namespace xiangtu::render::page
