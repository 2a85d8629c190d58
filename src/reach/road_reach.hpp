// Which villages the trunk network (roads of class G or S), or the seat of their township, is reached from
// over roads, how far it is, and the sums by unit. A village is attached to the nearest of the roads that are
// travelled, where one lies within the attach distance; it is connected when that road leads, over roads that
// are travelled and bridges that are open, to where it is to lead. What is not known of a road or a bridge is
// carried as a third state: a road of which it is not known whether it is travelled can only add, never take
// a village away from its own.
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
#include "reach/footing.hpp"
#include "reach/road_network.hpp"
#include "reach/variants.hpp"
#include "reach/villages.hpp"
#include "reach/ways.hpp"

namespace xiangtu::reach {

struct RoadReachOptions {
  NetworkOptions network;
  AttachOptions attach;
  Destination to = Destination::trunk;
  std::vector<int> closed_classes;  // bridges of these condition classes are closed
  bool variants = false;            // also the variants of reach; with 4 and 5 closed where none are named
  bool lines = false;               // also the line of each way
  atlas::Level by = atlas::Level::county;
};

enum class ReachState : std::uint8_t {
  connected,
  unknown,      // connected only if roads without class or surface, or bridges without class, are good enough
  unconnected,  // attached, but no way leads there
  unattached,   // no travelled road within the attach distance
  unplaced,     // no position
};

struct VillageReach {
  RowIx row;
  UnitIx unit;
  ReachState state = ReachState::unplaced;
  bool attached = false;
  double distance_m = 0;  // NaN unless connected
  double access_m = 0;    // of that, from the village to where it is attached; NaN unless on a road
  RowIx road;             // that it is attached to; none at a node, or on a road that is tried out
};

// Of the villages in a unit.
struct UnitReach {
  std::uint64_t villages = 0, attached = 0, connected = 0, unknown = 0;
  double population = 0, population_connected = 0, population_unknown = 0;
  std::uint64_t without_population = 0;           // villages of which it is not known: they count 0 people
  double distance_m_sum = 0, distance_m_max = 0;  // of the connected

  void add(const UnitReach& other);
};

struct RoadReach {
  const atlas::Layer *villages_layer = nullptr, *roads_layer = nullptr;  // of the atlas
  std::vector<VillageReach> villages;  // natural villages where the region has them, else administrative
  std::vector<UnitIx> units;           // the total, then those of the level, by code
  std::vector<UnitReach> figures;      // of each of them
  bool has_bridges = false;            // there is a layer of them
  std::vector<WayLine> lines;          // of each village's way; empty when they are not asked for
  // Of each village and of each unit; empty when they are not asked for.
  std::vector<VillageVariants> village_variants;
  std::vector<VariantFigures> variant_figures;
  std::vector<Finding> findings;
};

// What is known of each village's way, by village.
struct VillageWays {
  std::vector<double> metres;          // infinite where no way leads
  std::vector<std::uint8_t> possible;  // whether one may lead there all the same
};
// The states of villages, and with them the sums of the units of a level.
RoadReach reach_of(const atlas::Atlas& atlas, const network::RoadGraph& graph, const Villages& villages,
                   const VillageWays& ways, atlas::Level by);

// where: the code of a unit, of whose villages and units alone it is told (its roads lead on beyond it), and
// which then stands as the total; empty: all. Errors: no villages, no roads, no class in the roads, no road
// of class G or S, no bridges where some are to be closed, no such unit; cancelled.
Result<RoadReach> road_reach(const atlas::Atlas& atlas, const indicators::Definitions& definitions,
                             const indicators::Parameters& parameters, const RoadReachOptions& options,
                             std::string_view where, Progress& progress);

// The layers and fields it needs, of those that the sources have.
indicators::Needs needs_of_road_reach(const indicators::Definitions& definitions,
                                      const RoadReachOptions& options);

}  // namespace xiangtu::reach
