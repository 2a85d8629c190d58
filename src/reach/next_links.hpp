// The cheapest way to reach every village that no hardened road connects to the trunk: roads to harden,
// bridges to rebuild, new roads where there is none, in the order of what each gains for its money. Stretches
// that several villages share are paid for once, by the first.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "atlas/atlas.hpp"
#include "base/finding.hpp"
#include "base/progress.hpp"
#include "base/result.hpp"
#include "indicators/definitions.hpp"
#include "indicators/parameters.hpp"
#include "reach/road_network.hpp"
#include "reach/unit_costs.hpp"

namespace xiangtu::reach {

enum class LinkKind : std::uint8_t { harden, rebuild, new_road };

// Something to pay for.
struct LinkPiece {
  LinkKind kind = LinkKind::harden;
  RowIx row;             // of the road, the bridge, or the village that the new road leads to
  double length_m = 0;   // of road or bridge
  bool unknown = false;  // the surface of the road is not known: it may be hardened already
  double yuan = 0;
  std::vector<geodesy::LonLat> line;  // along the road; a bridge's position
};

struct NextLink {
  std::vector<LinkPiece> pieces;          // from the connected roads on
  std::vector<std::uint32_t> villages;    // that it connects: positions in NextLinks::villages
  double households = 0, population = 0;  // of them; what is not known counts 0
  double yuan = 0;
};

enum class LinkState : std::uint8_t {
  connected,  // already
  linked,     // by one of the links
  no_way,     // no road leads to the trunk, whatever is built on it
  too_far,    // no road within the greatest length of a new one
  unplaced,   // no position
};

struct LinkedVillage {
  RowIx row;
  UnitIx unit;
  LinkState state = LinkState::unplaced;
  double alone_yuan = 0;   // the cheapest way to it, were it the only one; NaN unless linked
  std::uint32_t link = 0;  // that connects it, by rank from 0
};

struct LinkOptions {
  NetworkOptions network;                 // over any roads, whatever it says
  Metres attach_within{500};              // of a hardened road, or else of any, inclusive
  Metres new_road_within{5000};           // the greatest length of a new road, inclusive
  std::vector<int> closed_classes{4, 5};  // bridges to rebuild; of others all are open
  UnitCosts costs;
};

struct NextLinks {
  const atlas::Layer *roads_layer = nullptr, *bridges_layer = nullptr, *villages_layer = nullptr;
  std::vector<LinkedVillage> villages;
  std::vector<NextLink> links;  // in their order
  std::vector<Finding> findings;
};

// A village stands at the nearest hardened road within the attach distance, else at the nearest road of any
// kind there, else a new road leads to it in a straight line. A road of unknown surface is paid for. The gain
// is people; villages of which no people are known come last, by their number. where: the code of a unit, of
// whose villages alone it is told; empty: all. Errors: as road_reach.
Result<NextLinks> next_links(const atlas::Atlas& atlas, const indicators::Definitions& definitions,
                             const indicators::Parameters& parameters, const LinkOptions& options,
                             std::string_view where, Progress& progress);

// The layers and fields it needs, of those that the sources have.
indicators::Needs needs_of_next_links(const indicators::Definitions& definitions, const LinkOptions& options);

}  // namespace xiangtu::reach
