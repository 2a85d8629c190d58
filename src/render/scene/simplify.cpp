#include "render/scene/simplify.hpp"

#include <algorithm>

namespace xiangtu::render::scene {

namespace {

// The vertex between two that is farthest from the straight line between them, and farther than the limit;
// else the first of the two.
std::size_t farthest(const std::vector<Point>& line, std::size_t first, std::size_t last, float limit) {
  const Point a = line[first];
  const float dx = line[last].x - a.x, dy = line[last].y - a.y;
  const float length = dx * dx + dy * dy;  // squared, as all distances here
  const float per_length = length > 0 ? 1 / length : 0;
  std::size_t found = first;
  for (std::size_t i = first + 1; i < last; ++i) {
    const float x = line[i].x - a.x, y = line[i].y - a.y;
    const float t = std::clamp((x * dx + y * dy) * per_length, 0.0f, 1.0f);
    const float ex = x - t * dx, ey = y - t * dy;
    const float distance = ex * ex + ey * ey;
    if (distance <= limit) continue;
    limit = distance;
    found = i;
  }
  return found;
}

}  // namespace

void simplify(std::vector<Point>& line, float tolerance, std::vector<std::size_t>& room) {
  line.erase(std::unique(line.begin(), line.end()), line.end());
  if (line.size() < 3 || tolerance <= 0) return;
  std::vector<std::size_t>& ends = room;  // of stretches that follow one another, the nearest last
  ends.assign(1, line.size() - 1);
  std::size_t first = 0, kept = 1;
  while (!ends.empty()) {
    const std::size_t last = ends.back();
    const std::size_t between = farthest(line, first, last, tolerance * tolerance);
    if (between != first) {
      ends.push_back(between);
      continue;
    }
    line[kept++] = line[last];  // never beyond last: what is still looked at stays
    first = last;
    ends.pop_back();
  }
  line.resize(kept);
}

}  // namespace xiangtu::render::scene
