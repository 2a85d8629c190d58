#include "synth/borders.hpp"

#include <algorithm>
#include <cmath>

namespace xiangtu::synth {

using geodesy::LonLat;

namespace {

constexpr double simplify_cells = 0.8;  // staircases flatten, real bends stay
constexpr int rounds_of_smoothing = 1;

// Distance of p from the line ab in cells.
double off_line(LonLat p, LonLat a, LonLat b) {
  const double ax = a.lon / Lattice::lon_step, ay = a.lat / Lattice::lat_step;
  const double dx = b.lon / Lattice::lon_step - ax, dy = b.lat / Lattice::lat_step - ay;
  const double px = p.lon / Lattice::lon_step - ax, py = p.lat / Lattice::lat_step - ay;
  const double length = std::hypot(dx, dy);
  return length == 0 ? std::hypot(px, py) : std::abs(px * dy - py * dx) / length;
}

// Douglas and Peucker 1973.
void simplify(const std::vector<LonLat>& line, std::size_t first, std::size_t last,
              std::vector<LonLat>& kept) {
  double farthest = 0;
  std::size_t at = first;
  for (std::size_t i = first + 1; i < last; ++i)
    if (const double off = off_line(line[i], line[first], line[last]); off > farthest) {
      farthest = off;
      at = i;
    }
  if (farthest <= simplify_cells) return kept.push_back(line[last]);
  simplify(line, first, at, kept);
  simplify(line, at, last, kept);
}

// Chaikin 1974, ends kept.
std::vector<LonLat> rounded(const std::vector<LonLat>& line) {
  std::vector<LonLat> out{line.front()};
  for (std::size_t i = 0; i + 1 < line.size(); ++i) {
    const LonLat a = line[i], b = line[i + 1];
    if (i > 0) out.push_back({std::lerp(a.lon, b.lon, 0.25), std::lerp(a.lat, b.lat, 0.25)});
    if (i + 2 < line.size()) out.push_back({std::lerp(a.lon, b.lon, 0.75), std::lerp(a.lat, b.lat, 0.75)});
  }
  out.push_back(line.back());
  return out;
}

// Directions: 0 east, 1 north, 2 west, 3 south.
constexpr int step_x[] = {1, 0, -1, 0};
constexpr int step_y[] = {0, 1, 0, -1};

}  // namespace

Borders::Borders(const Lattice& lattice, const std::vector<std::int32_t>& labels, std::uint64_t seed)
    : lattice_(lattice), labels_(labels), seed_(seed) {}

std::int32_t Borders::label(std::int64_t column, std::int64_t row) const {
  if (column < 0 || row < 0 || column >= static_cast<std::int64_t>(lattice_.width()) ||
      row >= static_cast<std::int64_t>(lattice_.height()))
    return -1;
  return labels_[static_cast<std::size_t>(row) * lattice_.width() + static_cast<std::size_t>(column)];
}

// How many of the four lattice edges at a corner lie between different labels.
int Borders::border_sides(Corner corner) const {
  const auto x = static_cast<std::int64_t>(corner % (lattice_.width() + 1)),
             y = static_cast<std::int64_t>(corner / (lattice_.width() + 1));
  const std::int32_t sw = label(x - 1, y - 1), se = label(x, y - 1), nw = label(x - 1, y), ne = label(x, y);
  return (sw != se) + (nw != ne) + (sw != nw) + (se != ne);
}

std::vector<LonLat> Borders::smoothed(const std::vector<Corner>& arc) const {
  // One direction for both sides, so that both get the same vertices.
  const bool turned = arc.front() > arc.back() || (arc.front() == arc.back() && arc[1] > arc[arc.size() - 2]);
  std::vector<LonLat> line;
  for (const Corner corner : arc) line.push_back(position(corner));
  if (turned) std::reverse(line.begin(), line.end());
  std::vector<LonLat> kept{line.front()};
  // A closed arc has no chord: simplify its halves.
  const std::size_t middle = line.size() / 2;
  if (arc.front() == arc.back()) {
    simplify(line, 0, middle, kept);
    simplify(line, middle, line.size() - 1, kept);
  } else {
    simplify(line, 0, line.size() - 1, kept);
  }
  for (int round = 0; round < rounds_of_smoothing && kept.size() > 2; ++round) kept = rounded(kept);
  if (turned) std::reverse(kept.begin(), kept.end());
  return kept;
}

std::vector<LonLat> Borders::ring(const std::vector<std::int32_t>& group_of, std::int32_t group) const {
  const auto mine = [&](std::int64_t column, std::int64_t row) {
    const std::int32_t of = label(column, row);
    return of >= 0 && group_of[static_cast<std::size_t>(of)] == group;
  };
  // The lowest, westernmost cell of the group: the walk starts eastwards along its southern side.
  std::size_t start = 0;
  while (start < lattice_.size() && !mine(static_cast<std::int64_t>(lattice_.column(start)),
                                          static_cast<std::int64_t>(lattice_.row(start))))
    ++start;
  if (start == lattice_.size()) return {};
  auto x = static_cast<std::int64_t>(lattice_.column(start)),
       y = static_cast<std::int64_t>(lattice_.row(start));
  const std::int64_t x0 = x, y0 = y;
  std::vector<Corner> loop;
  int direction = 0;
  do {
    loop.push_back(corner_at(static_cast<std::size_t>(x), static_cast<std::size_t>(y)));
    x += step_x[direction];
    y += step_y[direction];
    // The group stays on the left; where cells touch only by a corner the walk keeps them apart.
    const std::int64_t ahead_left_x = x + (direction == 0 || direction == 3 ? 0 : -1),
                       ahead_left_y = y + (direction == 0 || direction == 1 ? 0 : -1);
    const std::int64_t ahead_right_x = x + (direction == 0 || direction == 1 ? 0 : -1),
                       ahead_right_y = y + (direction == 1 || direction == 2 ? 0 : -1);
    if (!mine(ahead_left_x, ahead_left_y))
      direction = (direction + 1) % 4;
    else if (mine(ahead_right_x, ahead_right_y))
      direction = (direction + 3) % 4;
  } while (x != x0 || y != y0 || direction != 0);

  // Cut at the corners where more than two borders meet.
  std::size_t first = 0;
  while (first < loop.size() && border_sides(loop[first]) <= 2) ++first;
  std::rotate(loop.begin(), loop.begin() + static_cast<std::ptrdiff_t>(first % loop.size()), loop.end());
  loop.push_back(loop.front());
  std::vector<LonLat> ring;
  std::vector<Corner> arc{loop.front()};
  for (std::size_t i = 1; i < loop.size(); ++i) {
    arc.push_back(loop[i]);
    if (i + 1 < loop.size() && border_sides(loop[i]) <= 2) continue;
    const std::vector<LonLat> line = smoothed(arc);
    ring.insert(ring.end(), line.begin(), line.end() - 1);
    arc = {loop[i]};
  }
  ring.push_back(ring.front());
  return ring;
}

}  // namespace xiangtu::synth
