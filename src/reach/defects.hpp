// What is wrong with the drawing of a road network, each defect with its place and with who would be
// connected to the trunk network, over the roads that are travelled for sure, if it were mended:
//   - near misses: ends of roads from which nothing leads on, with another road near; joining both. Where the
//     network leads from one to the other by a way of at most ten gaps there is no defect, unless joining
//     them connects someone. Of several roads that nothing lies before, the one that connects most, then the
//     nearest;
//   - overshoots: roads that end shortly behind a crossing. Mending them connects no one, nor does it for the
//     following two;
//   - roads that are there twice, and roads that have a stretch in common (network/overlaps.hpp);
//   - islands: roads of any kind that hang together and from which none leads to a trunk road; joining the
//     place of it that connects most;
//   - bridges that no road leads over, and roads on the ground that cross a river with no bridge near;
//     mending them connects no one either;
//   - villages with no road of any kind within the attach distance; a way from them to the nearest road that
//     may be travelled.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "atlas/atlas.hpp"
#include "base/finding.hpp"
#include "base/progress.hpp"
#include "base/result.hpp"
#include "indicators/definitions.hpp"
#include "indicators/parameters.hpp"
#include "reach/footing.hpp"
#include "reach/gains.hpp"
#include "reach/road_network.hpp"

namespace xiangtu::reach {

enum class DefectKind : std::uint8_t {
  near_miss,
  island,
  village_off_road,
  overshoot,
  duplicate,
  overlap,
  bridge_off_road,
  river_crossing,
};
inline constexpr std::size_t defect_kinds = 8;

struct Defect {
  DefectKind kind;
  geodesy::LonLat
      at;  // where the end, the stretch, the bridge or the village is; of an island on its longest road
  geodesy::LonLat
      to;       // what it is to be joined with, the crossing, the stretch's end, the nearest road; else `at`
  RowIx row;    // of the road, the bridge or the village
  RowIx other;  // the other road, the nearest road, the river; none where there is none
  // The gap; from the crossing to the end; of the stretch; of an island's roads; to the nearest road (of a
  // village, that may be travelled); from a river to the nearest bridge. NaN when there is none within 1 km,
  // of a village 100 km.
  double size_m;
  Gain gain;

  Severity severity() const;
};

struct DefectOptions {
  NetworkOptions network;  // all roads that are drawn are kept whatever it says
  AttachOptions attach;
  Metres gap{20}, overshoot{20};  // the longest that are defects
};

struct NetworkDefects {
  const atlas::Layer* roads = nullptr;     // of the atlas
  const atlas::Layer* bridges = nullptr;   // null: the region has none
  const atlas::Layer* rivers = nullptr;    // null: the region has none
  const atlas::Layer* villages = nullptr;  // natural villages where the region has them; null: none
  std::vector<Defect> defects;  // who gain most first: by people, households, villages; then by kind and size
  std::vector<Finding> findings;

  // Of the row, of the other row.
  const atlas::Layer& layer_of(const Defect& defect) const;
  const atlas::Layer& other_layer_of(const Defect& defect) const;
};

// Errors: no roads; cancelled. What is not known of classes and surfaces is said by findings.
Result<NetworkDefects> network_defects(const atlas::Atlas& atlas, const indicators::Definitions& definitions,
                                       const indicators::Parameters& parameters, const DefectOptions& options,
                                       Progress& progress);

// The layers and fields it needs, of those that the sources have.
indicators::Needs needs_of_network_defects(const indicators::Definitions& definitions,
                                           const DefectOptions& options);

}  // namespace xiangtu::reach
