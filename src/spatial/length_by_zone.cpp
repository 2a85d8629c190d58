#include "spatial/length_by_zone.hpp"

#include <algorithm>
#include <cmath>

#include "base/parallel.hpp"
#include "geodesy/measure.hpp"

namespace xiangtu::spatial {

using geodesy::LonLat;
using geodesy::LonLatBox;

namespace {

constexpr std::size_t lines_per_task = 512;

struct Segment {
  LonLat a, b;
  LonLat at(double t) const { return {a.lon + t * (b.lon - a.lon), a.lat + t * (b.lat - a.lat)}; }
  LonLatBox box() const {
    LonLatBox box;
    box.add(a);
    box.add(b);
    return box;
  }
};

bool crosses_180(const Segment& segment) {
  return std::abs(segment.b.lon - segment.a.lon) > 180;
}

// A stretch of a segment, from and to as shares of it, that runs along a zone's boundary.
struct Along {
  double from, to;
  RowIx zone;
};

// Where boundaries meet one segment.
struct Meetings {
  std::vector<double> cuts;  // shares of it, exclusive 0 and 1, where they cross or touch it
  std::vector<Along> along;

  void add(const Segment& segment, RowIx zone, const Segment& edge) {
    const double sx = segment.b.lon - segment.a.lon, sy = segment.b.lat - segment.a.lat;
    const double ex = edge.b.lon - edge.a.lon, ey = edge.b.lat - edge.a.lat;
    const double ox = edge.a.lon - segment.a.lon, oy = edge.a.lat - segment.a.lat;
    const double squared = sx * sx + sy * sy;
    if (squared == 0) return;
    // Both ends of the edge on the segment's line, within a micrometre?
    const double width = 1e-11 * std::sqrt(squared);
    if (std::abs(ox * sy - oy * sx) <= width && std::abs((ox + ex) * sy - (oy + ey) * sx) <= width)
      return add_along(zone, (ox * sx + oy * sy) / squared, ((ox + ex) * sx + (oy + ey) * sy) / squared);
    const double cross = sx * ey - sy * ex;
    if (cross == 0) return;
    const double along_edge = (ox * sy - oy * sx) / cross;
    if (along_edge >= -1e-12 && along_edge <= 1 + 1e-12) add_cut((ox * ey - oy * ex) / cross);
  }

 private:
  void add_cut(double share) {
    if (share > 0 && share < 1) cuts.push_back(share);
  }
  // A shared stretch; an edge without length is only a touch.
  void add_along(RowIx zone, double from, double to) {
    add_cut(from);
    add_cut(to);
    if (from != to) along.push_back({std::min(from, to), std::max(from, to), zone});
  }
};

// Lengths of one line by zone, merged.
class Shares {
 public:
  void add(RowIx zone, double length_m) {
    if (length_m <= 0) return;
    for (ZonePiece& piece : pieces_)
      if (piece.zone == zone) {
        piece.length.value += length_m;
        return;
      }
    pieces_.push_back({RowIx{}, zone, {length_m}});
  }
  void move_to(RowIx line, std::vector<ZonePiece>& out) {
    std::sort(pieces_.begin(), pieces_.end(), [](const auto& a, const auto& b) { return a.zone < b.zone; });
    for (ZonePiece& piece : pieces_) {
      piece.line = line;
      out.push_back(piece);
    }
    pieces_.clear();
  }

 private:
  std::vector<ZonePiece> pieces_;
};

struct Cutter {
  const table::GeometryColumn& lines;
  const PolygonLocator& zones;
  std::span<const double> lengths_m;  // of the lines; may be empty
  Meetings meetings{};
  std::vector<double> pieces{};

  bool meets_boundary(const LonLatBox& box) const {
    bool met = false;
    zones.visit_edges(box, [&](RowIx, LonLat, LonLat) {
      met = true;
      return false;
    });
    return met;
  }

  // The zone of a piece by its middle; along a boundary the lowest of the zones that it bounds.
  RowIx zone_at(const Segment& segment, double middle) const {
    RowIx zone = zones.locate(segment.at(middle));
    for (const Along& stretch : meetings.along)
      if (stretch.from <= middle && middle <= stretch.to) zone = std::min(zone, stretch.zone);
    return zone;
  }

  void cut_segment(const Segment& segment, double length_m, Shares& shares) {
    std::vector<double>& cuts = meetings.cuts;
    cuts.clear();
    meetings.along.clear();
    zones.visit_edges(segment.box(), [&](RowIx zone, LonLat a, LonLat b) {
      meetings.add(segment, zone, {a, b});
      return true;
    });
    cuts.push_back(0);
    cuts.push_back(1);
    std::sort(cuts.begin(), cuts.end());
    pieces.clear();
    double sum_m = 0;
    for (std::size_t i = 0; i + 1 < cuts.size(); ++i) {
      pieces.push_back(geodesy::segment_length(segment.at(cuts[i]), segment.at(cuts[i + 1])).value);
      sum_m += pieces.back();
    }
    // A straight line between two positions is not quite the geodesic that its length is taken along.
    const double to_whole = sum_m > 0 ? length_m / sum_m : 0;
    for (std::size_t i = 0; i + 1 < cuts.size(); ++i)
      shares.add(zone_at(segment, (cuts[i] + cuts[i + 1]) / 2), pieces[i] * to_whole);
  }

  // A segment across ±180° is cut there first; its two parts share its length by their own.
  void cut_across_180(const Segment& segment, double length_m, Shares& shares) {
    const double edge = segment.a.lon > 0 ? 180 : -180;
    const double to_edge = edge - segment.a.lon, beyond = segment.b.lon + edge;
    const double lat = segment.a.lat + (segment.b.lat - segment.a.lat) * to_edge / (to_edge + beyond);
    const Segment first{segment.a, {edge, lat}}, second{{-edge, lat}, segment.b};
    const double first_m = geodesy::segment_length(first.a, first.b).value,
                 second_m = geodesy::segment_length(second.a, second.b).value;
    if (first_m + second_m <= 0) return;
    cut_segment(first, length_m * first_m / (first_m + second_m), shares);
    cut_segment(second, length_m * second_m / (first_m + second_m), shares);
  }

  void cut_part(std::span<const LonLat> line, Shares& shares) {
    const geodesy::SegmentMeasure measure(line.front());
    for (std::size_t i = 0; i + 1 < line.size(); ++i) {
      const Segment segment{line[i], line[i + 1]};
      const double length_m = measure(segment.a, segment.b).value;
      if (crosses_180(segment))
        cut_across_180(segment, length_m, shares);
      else if (const auto zone = zones.zone_of_box(segment.box()))
        shares.add(*zone, length_m);
      else
        cut_segment(segment, length_m, shares);
    }
  }

  // Of a whole part of a line.
  double part_length_m(std::size_t row, std::span<const LonLat> part) const {
    const bool only_part = lines.part_end(row) - lines.part_begin(row) == 1;
    return only_part && !lengths_m.empty() ? lengths_m[row] : geodesy::length(part).value;
  }

  void cut_line(std::size_t row, Shares& shares) {
    for (std::size_t part = lines.part_begin(row); part < lines.part_end(row); ++part) {
      const auto line = lines.part(part);
      if (line.empty()) continue;
      LonLatBox box;
      for (const LonLat p : line) box.add(p);
      if (const auto zone = zones.zone_of_box(box))
        shares.add(*zone, part_length_m(row, line));
      else if (meets_boundary(box) || box.max.lon - box.min.lon > 180)
        cut_part(line, shares);
      else
        shares.add(zones.locate(line.front()), part_length_m(row, line));
    }
  }
};

}  // namespace

Result<LargeVector<ZonePiece>> length_by_zone(const table::GeometryColumn& lines, const PolygonLocator& zones,
                                              Progress& progress, std::span<const double> lengths_m) {
  progress.begin("measuring roads", lines.size());
  const std::size_t tasks = (lines.size() + lines_per_task - 1) / lines_per_task;
  std::vector<std::vector<ZonePiece>> by_task(tasks);
  parallel_for(tasks, 1, progress, [&](std::size_t begin, std::size_t end) {
    Cutter cutter{lines, zones, lengths_m};
    Shares shares;
    for (std::size_t task = begin; task < end; ++task) {
      const std::size_t last = std::min((task + 1) * lines_per_task, lines.size());
      for (std::size_t row = task * lines_per_task; row < last && !progress.stop_requested(); ++row) {
        cutter.cut_line(row, shares);
        shares.move_to(RowIx{row}, by_task[task]);
      }
      progress.advance(last - task * lines_per_task);
    }
  });
  if (progress.stop_requested()) return cancelled_issue();
  std::size_t count = 0;
  for (const auto& part : by_task) count += part.size();
  LargeVector<ZonePiece> pieces;
  pieces.reserve(count);
  for (auto& part : by_task) {
    pieces.insert(pieces.end(), part.begin(), part.end());
    part = {};  // its memory is not needed twice
  }
  return pieces;
}

std::vector<Metres> lengths(const table::GeometryColumn& lines, const Progress& progress) {
  std::vector<Metres> lengths(lines.size());
  parallel_for(lines.size(), lines_per_task, progress, [&](std::size_t begin, std::size_t end) {
    for (std::size_t row = begin; row < end; ++row)
      for (std::size_t part = lines.part_begin(row); part < lines.part_end(row); ++part)
        lengths[row] += geodesy::length(lines.part(part));
  });
  return lengths;
}

}  // namespace xiangtu::spatial
