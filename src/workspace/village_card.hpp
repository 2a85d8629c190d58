// One village at a glance: what it has, what it lacks, and what is near it.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "atlas/atlas.hpp"
#include "base/progress.hpp"
#include "base/quantities.hpp"
#include "base/result.hpp"
#include "geodesy/position.hpp"
#include "indicators/definitions.hpp"
#include "indicators/parameters.hpp"
#include "spatial/within_distance.hpp"
#include "workspace/workspace.hpp"

namespace xiangtu::workspace {

// A village's part in one indicator: households of its households, or the whole village or none of it.
enum class Service : std::uint8_t { served, partly, unserved, unknown };

struct VillageService {
  const indicators::Definition* indicator = nullptr;
  Service state = Service::unknown;
  std::optional<double> served, whole;  // in the indicator's weight; none for yes or no
  bool of_village_unit = false;  // not the settlement's own field but that of the village unit it belongs to
};

// Whether something is near enough, as a measure of the indicators says.
struct VillageReach {
  const indicators::NearMeasure* measure = nullptr;
  Metres within;
  spatial::Counts measured = spatial::Counts::maybe;  // maybe: not known
  std::optional<bool> ledger;                         // what the measure's ledger field says; goes before

  bool disagrees() const {
    return ledger && measured != spatial::Counts::maybe && *ledger != (measured == spatial::Counts::yes);
  }
};

struct NearestFeature {
  const atlas::Layer* layer = nullptr;
  RowIx row;           // none: nothing within search_limit
  Metres distance;     // geodesic
  geodesy::LonLat at;  // for drawing
};

struct VillageCard {
  const atlas::Layer* layer = nullptr;
  RowIx row;
  UnitIx unit;  // the finest that it belongs to or is
  std::string name, code;
  std::optional<double> population, households;
  std::optional<geodesy::LonLat> position;
  std::vector<VillageService> services;
  std::vector<VillageReach> reach;
  // Of the layers that there are: a road that is hardened, a bridge, a water project.
  std::vector<NearestFeature> nearest;
};

// Of every settlement that the near measures look at: how far it is to the nearest hardened road.
struct VillageDistances {
  const atlas::Layer* layer = nullptr;  // null: there are no settlements, or no roads with positions
  std::vector<RowIx> rows;
  // By row; infinite: none within the search limit; NaN: the settlement has no position.
  std::vector<double> hardened_m;
  // The same to a road that may be hardened; nearer where a road's surface is not known.
  std::vector<double> possibly_m;
};

inline constexpr Metres search_limit{128'000};

// What cards and distances are looked up in; built once for a region and its thresholds. Thread-safe after
// that. Roads count as hardened by the measure "near_hardened" of the definitions.
class VillageSurroundings {
 public:
  // Error: cancelled.
  static Result<VillageSurroundings> build(std::shared_ptr<const atlas::Atlas> atlas,
                                           std::shared_ptr<const Workspace> workspace,
                                           const indicators::Parameters& parameters, Progress& progress);

  // layer: of villages of any kind, of this atlas.
  VillageCard card(const atlas::Layer& layer, RowIx row) const;
  // Error: cancelled.
  Result<VillageDistances> distances(Progress& progress) const;

 private:
  struct Features {
    const atlas::Layer* layer = nullptr;
    std::unique_ptr<spatial::SegmentIndex> index;
    std::vector<spatial::Counts> counts;  // empty: each counts
  };
  struct Measure {
    const indicators::NearMeasure* definition;
    std::size_t features;                 // position in features_
    std::vector<spatial::Counts> counts;  // by row of their layer
  };

  VillageSurroundings() = default;
  void add_features(table::Role role, const Progress& progress);
  void add_measures(const Progress& progress);
  NearestFeature nearest(const Features& features, geodesy::LonLat from, spatial::Counts at_least) const;
  std::vector<VillageService> services(const atlas::Layer& layer, RowIx row) const;
  std::vector<VillageReach> reach(const VillageCard& card) const;

  std::shared_ptr<const atlas::Atlas> atlas_;
  std::shared_ptr<const Workspace> workspace_;
  indicators::Parameters parameters_;
  std::vector<Features> features_;
  std::vector<Measure> measures_;
};

bool is_village_role(table::Role role);

}  // namespace xiangtu::workspace
