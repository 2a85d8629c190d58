// The geometry of pieces as a view on a page sees it: in device pixels, and only what is near the view.
#pragma once

#include <vector>

#include "render/page/path.hpp"
#include "render/scene/piece.hpp"

namespace xiangtu::render::page {

class PieceView {
 public:
  // corner: of the camera's view on the page. seen: the part of the page that is looked at. reach: how far
  // beyond that part something may still be seen in it, device pixels.
  PieceView(const scene::Piece& piece, const scene::Camera& camera, ScreenPoint corner,
            const scene::Rect& seen, double reach);

  // Whether anything of the piece may be there.
  bool shows_any() const { return meets(min_, max_); }

  // Lines of a run, joined where segments follow one another, that meet the view; long ones in the parts that
  // do. along: how far into its line the first of them begins, in device pixels.
  struct Line {
    std::vector<ScreenPoint> points;
    double along = 0;
  };
  template <class Visit>
  void for_lines(const scene::StyleRun& run, const Visit& visit) const {
    Line line;
    for (std::uint32_t i = run.begin; i < run.end; ++i) {
      if (const std::uint32_t next = beyond_unseen(i); next > i) {
        finish(line, visit);
        i = next - 1;
        continue;
      }
      const scene::Segment& segment = piece_.segments[i];
      const bool goes_on = i > run.begin && segment.a.along > 0;
      if (!goes_on) finish(line, visit);
      const ScreenPoint a = place(segment.a.x, segment.a.y), b = place(segment.b.x, segment.b.y);
      if (!meets(a, b)) {
        finish(line, visit);
        continue;
      }
      if (line.points.empty()) line = {{a}, segment.a.along * scale_};
      line.points.push_back(b);
    }
    finish(line, visit);
  }

  // The rings of the next row from `at` on, cut at the reach, as one path; empty when nothing of it is
  // in view. Afterwards `at` is at the row after.
  Path rings_of_row(std::size_t& at) const;

  // Those of a run that are in reach.
  std::vector<ScreenPoint> symbols(const scene::StyleRun& run) const;

 private:
  template <class Visit>
  static void finish(Line& line, const Visit& visit) {
    if (line.points.size() > 1) visit(line);
    line.points.clear();
  }
  ScreenPoint place(double x, double y) const { return {origin_.x + x * scale_, origin_.y + y * scale_}; }
  bool meets(ScreenPoint a, ScreenPoint b) const;
  // The next segment from this one on that may be in view, as far as the boxes of segments tell.
  std::uint32_t beyond_unseen(std::uint32_t segment) const;

  const scene::Piece& piece_;
  ScreenPoint origin_, min_, max_;
  double scale_;
  double left_, top_, right_, bottom_;  // of what is seen, with its reach
};

}  // namespace xiangtu::render::page
