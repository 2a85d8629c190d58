#include "render/scene/join_lines.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>

namespace xiangtu::render::scene {

namespace {

using geodesy::LonLat;
using Line = std::span<const LonLat>;

// An end of a line: twice the line's number, one more for the last vertex.
using End = std::size_t;
constexpr End none = static_cast<End>(-1);

LonLat position(std::span<const Line> lines, End end) {
  const Line line = lines[end / 2];
  return end % 2 == 0 ? line.front() : line.back();
}

// For each end the one that it runs into, or none.
std::vector<End> partners(std::span<const Line> lines) {
  std::vector<End> ends, partner(lines.size() * 2, none);
  for (End end = 0; end < lines.size() * 2; ++end)
    if (!lines[end / 2].empty()) ends.push_back(end);
  const auto before = [&](End a, End b) {
    const LonLat p = position(lines, a), q = position(lines, b);
    return p.lon != q.lon ? p.lon < q.lon : p.lat != q.lat ? p.lat < q.lat : a < b;
  };
  std::sort(ends.begin(), ends.end(), before);
  for (std::size_t begin = 0; begin < ends.size();) {
    std::size_t after = begin + 1;
    while (after < ends.size() && position(lines, ends[after]) == position(lines, ends[begin])) ++after;
    if (after - begin == 2) {
      partner[ends[begin]] = ends[begin + 1];
      partner[ends[begin + 1]] = ends[begin];
    }
    begin = after;
  }
  return partner;
}

}  // namespace

std::vector<std::vector<LonLat>> join_lines(std::span<const Line> lines) {
  const std::vector<End> partner = partners(lines);
  std::vector<bool> used(lines.size(), false);
  std::vector<std::vector<LonLat>> joined;
  const auto walk = [&](End from) {
    std::vector<LonLat>& chain = joined.emplace_back();
    while (from != none && !used[from / 2]) {
      const Line line = lines[from / 2];
      used[from / 2] = true;
      std::vector<LonLat> vertices{line.begin(), line.end()};
      if (from % 2 == 1) std::reverse(vertices.begin(), vertices.end());
      chain.insert(chain.end(), vertices.begin() + (chain.empty() ? 0 : 1), vertices.end());
      from = partner[from ^ 1];
    }
  };
  for (const bool rings : {false, true})
    for (std::size_t line = 0; line < lines.size(); ++line)
      for (const End end : {2 * line, 2 * line + 1})
        if (!used[line] && !lines[line].empty() && (rings || partner[end] == none)) walk(end);
  return joined;
}

}  // namespace xiangtu::render::scene
