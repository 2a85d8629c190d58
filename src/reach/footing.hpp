// Where villages stand on the network: at the nearest of the roads that are travelled for sure.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "base/progress.hpp"
#include "base/quantities.hpp"
#include "geodesy/position.hpp"
#include "network/foothold.hpp"
#include "reach/road_network.hpp"

namespace xiangtu::reach {

enum class Attach : std::uint8_t {
  edge,  // at the nearest place of a road; the way to it counts
  node,  // at the geodesically nearest road end (tie: lower longitude, then latitude); the way to it does not
};

struct AttachOptions {
  Attach attach = Attach::edge;
  Metres within{500};  // inclusive
};

// Thread-safe after it is built; the network outlives it.
class Footing {
 public:
  Footing(const RoadNetwork& network, const AttachOptions& options, const Progress& progress)
      : Footing(network, network.travelled, options, progress) {}
  // As if other roads were travelled: travelled is by row.
  Footing(const RoadNetwork& network, std::span<const Counts> travelled, const AttachOptions& options,
          const Progress& progress);

  // Nowhere when no road is near enough.
  network::Foothold sure(geodesy::LonLat position) const;
  // Of many, in parallel; a position without place stands nowhere. A requested stop leaves some nowhere.
  std::vector<network::Foothold> sure(const table::GeometryColumn& places, std::span<const RowIx> rows,
                                      Progress& progress) const;
  // A node of each road that may be travelled and is nearer still, inclusive.
  std::vector<network::NodeIx> doubtful(geodesy::LonLat position, const network::Foothold& own) const;

 private:
  const RoadNetwork& network_;
  AttachOptions options_;
  std::vector<std::uint8_t> sure_rows_, doubtful_rows_;
  std::optional<network::RoadEnds> sure_ends_, doubtful_ends_;  // when attached at nodes
};

}  // namespace xiangtu::reach
