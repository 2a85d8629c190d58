// What falls apart when a group of edges is closed.
#pragma once

#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include "network/components.hpp"
#include "network/road_graph.hpp"

namespace xiangtu::network {

// Edges in groups, such as the gates of one bridge: edges of group i are edges[begin[i]] … edges[begin[i +
// 1]].
struct EdgeGroups {
  std::vector<EdgeIx> edges;
  std::vector<std::uint32_t> begin{0};

  std::size_t size() const { return begin.size() - 1; }
  std::span<const EdgeIx> operator[](std::size_t group) const {
    return std::span{edges}.subspan(begin[group], begin[group + 1] - begin[group]);
  }
};

// Whether nodes that hang together still do without one of the groups, whatever the direction of edges.
// Between the groups' edges lie pieces of the network; the pieces with the groups as edges between them make
// a far smaller graph, whose bridges (Tarjan 1974) are the groups that part it. A group that joins more than
// two pieces is looked at by itself when asked. Read-only and thread-safe after it is built; what it is built
// of outlives it.
class CutGroups {
 public:
  // open: an entry per edge, 0 for those that are left out, also among the groups'.
  CutGroups(const RoadGraph& graph, std::span<const std::uint8_t> open, const EdgeGroups& groups);

  // Two nodes that hang together while all groups are open.
  bool parts(std::size_t group, NodeIx a, NodeIx b) const;

 private:
  using PieceIx = ComponentIx;
  struct Link {
    PieceIx to;
    std::uint32_t group;
  };
  struct Joint {
    PieceIx a, b;
    std::uint32_t group;
  };
  static constexpr std::uint32_t none = std::numeric_limits<std::uint32_t>::max();

  void link(const std::vector<Joint>& joints);
  void find_cuts();
  bool parts_many(std::uint32_t group, PieceIx a, PieceIx b) const;
  std::span<const Link> links_from(PieceIx piece) const {
    return std::span{links_}.subspan(link_begin_[piece.value],
                                     link_begin_[piece.value + 1] - link_begin_[piece.value]);
  }

  Components pieces_;
  std::vector<Link> links_;
  std::vector<std::uint32_t> link_begin_;
  std::vector<std::uint8_t> joins_many_;       // by group: more than two pieces
  std::vector<std::uint32_t> entered_, left_;  // by piece, in the order of a depth-first walk
  std::vector<PieceIx> behind_;                // by group: the piece behind it, when it parts them
};

}  // namespace xiangtu::network
