#include "network/cut_groups.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

namespace xiangtu::network {

namespace {

std::vector<std::uint8_t> without_groups(std::span<const std::uint8_t> open, const EdgeGroups& groups) {
  std::vector<std::uint8_t> left(open.begin(), open.end());
  for (const EdgeIx edge : groups.edges) left[edge.value] = 0;
  return left;
}

}  // namespace

CutGroups::CutGroups(const RoadGraph& graph, std::span<const std::uint8_t> open, const EdgeGroups& groups)
    : pieces_(graph, without_groups(open, groups)), joins_many_(groups.size()), behind_(groups.size()) {
  std::vector<Joint> joints;  // each pair of pieces once for a group
  for (std::uint32_t group = 0; group < groups.size(); ++group) {
    const std::size_t first = joints.size();
    for (const EdgeIx edge : groups[group]) {
      const PieceIx from = pieces_.of(graph[edge].from), to = pieces_.of(graph[edge].to);
      const PieceIx a = std::min(from, to), b = std::max(from, to);
      if (open[edge.value] == 0 || a == b) continue;
      const bool known = std::any_of(joints.begin() + first, joints.end(),
                                     [&](const Joint& joint) { return joint.a == a && joint.b == b; });
      if (!known) joints.push_back({a, b, group});
    }
    joins_many_[group] = joints.size() - first > 1;
  }
  link(joints);
  find_cuts();
}

void CutGroups::link(const std::vector<Joint>& joints) {
  link_begin_.assign(pieces_.size() + 1, 0);
  for (const Joint& joint : joints) {
    ++link_begin_[joint.a.value + 1];
    ++link_begin_[joint.b.value + 1];
  }
  for (std::size_t piece = 0; piece < pieces_.size(); ++piece) link_begin_[piece + 1] += link_begin_[piece];
  links_.resize(2 * joints.size());
  std::vector<std::uint32_t> next(link_begin_.begin(), link_begin_.end() - 1);
  for (const Joint& joint : joints) {
    links_[next[joint.a.value]++] = {joint.b, joint.group};
    links_[next[joint.b.value]++] = {joint.a, joint.group};
  }
}

// A group parts the piece behind it from the one before when nothing behind leads back past it.
void CutGroups::find_cuts() {
  struct Step {
    PieceIx piece;
    std::uint32_t by;    // the group over which it was come to
    std::uint32_t next;  // of its links
  };
  entered_.assign(pieces_.size(), none);
  left_.assign(pieces_.size(), none);
  std::vector<std::uint32_t> lowest(pieces_.size());
  std::vector<Step> walk;
  std::uint32_t clock = 0;
  const auto enter = [&](PieceIx piece, std::uint32_t by) {
    entered_[piece.value] = lowest[piece.value] = clock++;
    walk.push_back({piece, by, 0});
  };
  for (std::size_t root = 0; root < pieces_.size(); ++root) {
    if (entered_[root] != none) continue;
    enter(PieceIx(root), none);
    while (!walk.empty()) {
      Step& step = walk.back();
      const PieceIx piece = step.piece;
      if (const auto links = links_from(piece); step.next < links.size()) {
        const Link link = links[step.next++];
        if (link.group == step.by && joins_many_[link.group] == 0) continue;
        if (entered_[link.to.value] == none)
          enter(link.to, link.group);
        else
          lowest[piece.value] = std::min(lowest[piece.value], entered_[link.to.value]);
        continue;
      }
      left_[piece.value] = clock;
      const std::uint32_t by = step.by;
      walk.pop_back();
      if (walk.empty()) continue;
      const PieceIx before = walk.back().piece;
      lowest[before.value] = std::min(lowest[before.value], lowest[piece.value]);
      if (lowest[piece.value] > entered_[before.value]) behind_[by] = piece;
    }
  }
}

bool CutGroups::parts(std::size_t group, NodeIx a, NodeIx b) const {
  const PieceIx at_a = pieces_.of(a), at_b = pieces_.of(b);
  if (at_a == at_b) return false;
  if (joins_many_[group] != 0) return parts_many(static_cast<std::uint32_t>(group), at_a, at_b);
  const PieceIx behind = behind_[group];
  if (!behind.exists()) return false;
  const auto is_behind = [&](PieceIx piece) {
    return entered_[piece.value] >= entered_[behind.value] && entered_[piece.value] < left_[behind.value];
  };
  return is_behind(at_a) != is_behind(at_b);
}

bool CutGroups::parts_many(std::uint32_t group, PieceIx a, PieceIx b) const {
  std::vector<std::uint8_t> seen(pieces_.size());
  std::vector<PieceIx> waiting{a};
  seen[a.value] = 1;
  while (!waiting.empty()) {
    const PieceIx piece = waiting.back();
    waiting.pop_back();
    if (piece == b) return false;
    for (const Link& link : links_from(piece))
      if (link.group != group && std::exchange(seen[link.to.value], std::uint8_t{1}) == 0)
        waiting.push_back(link.to);
  }
  return true;
}

}  // namespace xiangtu::network
