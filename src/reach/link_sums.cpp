#include "reach/link_sums.hpp"

namespace xiangtu::reach {

void LinkSums::add(const NextLink& link) {
  yuan += link.yuan;
  households += link.households;
  population += link.population;
  villages += link.villages.size();
  for (const LinkPiece& piece : link.pieces) {
    if (piece.kind == LinkKind::harden) harden_m += piece.length_m;
    if (piece.kind == LinkKind::harden && piece.unknown) unknown_m += piece.length_m;
    if (piece.kind == LinkKind::new_road) new_road_m += piece.length_m;
    if (piece.kind == LinkKind::rebuild) ++bridges;
  }
}

LinkSums sums_of(const NextLink& link) {
  LinkSums sums;
  sums.add(link);
  return sums;
}

std::vector<LinkSums> running_sums(const NextLinks& links) {
  std::vector<LinkSums> all;
  LinkSums sums;
  for (const NextLink& link : links.links) {
    sums.add(link);
    all.push_back(sums);
  }
  return all;
}

}  // namespace xiangtu::reach
