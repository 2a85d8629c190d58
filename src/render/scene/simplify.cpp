#include "render/scene/simplify.hpp"

#include <algorithm>
#include <utility>

namespace xiangtu::render::scene {

namespace {

float squared_distance(Point p, Point a, Point b) {
  const float dx = b.x - a.x;
  const float dy = b.y - a.y;
  const float length = dx * dx + dy * dy;
  const float t = length > 0 ? std::clamp(((p.x - a.x) * dx + (p.y - a.y) * dy) / length, 0.0f, 1.0f) : 0.0f;
  const float ex = p.x - a.x - t * dx;
  const float ey = p.y - a.y - t * dy;
  return ex * ex + ey * ey;
}

}  // namespace

void simplify(std::vector<Point>& line, float tolerance) {
  line.erase(std::unique(line.begin(), line.end()), line.end());
  if (line.size() < 3 || tolerance <= 0) return;
  const float limit = tolerance * tolerance;
  std::vector<bool> keep(line.size(), false);
  keep.front() = keep.back() = true;
  std::vector<std::pair<std::size_t, std::size_t>> stretches{{0, line.size() - 1}};
  while (!stretches.empty()) {
    const auto [first, last] = stretches.back();
    stretches.pop_back();
    std::size_t farthest = first;
    float most = limit;
    for (std::size_t i = first + 1; i < last; ++i) {
      const float distance = squared_distance(line[i], line[first], line[last]);
      if (distance <= most) continue;
      most = distance;
      farthest = i;
    }
    if (farthest == first) continue;
    keep[farthest] = true;
    stretches.push_back({first, farthest});
    stretches.push_back({farthest, last});
  }
  std::size_t kept = 0;
  for (std::size_t i = 0; i < line.size(); ++i)
    if (keep[i]) line[kept++] = line[i];
  line.resize(kept);
}

}  // namespace xiangtu::render::scene
