#include "reach/footing.hpp"

#include "base/parallel.hpp"

namespace xiangtu::reach {

using geodesy::LonLat;
using network::Foothold;
using network::NodeIx;

namespace {

constexpr std::size_t villages_per_task = 128;

}  // namespace

Footing::Footing(const RoadNetwork& network, std::span<const Counts> travelled, const AttachOptions& options,
                 const Progress& progress)
    : network_(network),
      options_(options),
      sure_rows_(at_least(travelled, Counts::yes)),
      doubtful_rows_(travelled.size()) {
  for (std::size_t row = 0; row < doubtful_rows_.size(); ++row)
    doubtful_rows_[row] = travelled[row] == Counts::maybe;
  if (options.attach == Attach::edge) return;
  sure_ends_.emplace(network.graph, network.lines(), sure_rows_, progress);
  doubtful_ends_.emplace(network.graph, network.lines(), doubtful_rows_, progress);
}

Foothold Footing::sure(LonLat position) const {
  if (options_.attach == Attach::node) {
    const auto end = sure_ends_->nearest(position, options_.within);
    return end ? network::standing_at(*end) : Foothold{};
  }
  const auto place =
      network::nearest_edge(network_.graph, network_.lines(), sure_rows_, position, options_.within);
  return place ? network::standing_on(network_.graph, *place) : Foothold{};
}

std::vector<Foothold> Footing::sure(const table::GeometryColumn& places, std::span<const RowIx> rows,
                                    Progress& progress) const {
  std::vector<Foothold> footholds(rows.size());
  progress.begin("attaching villages", rows.size());
  parallel_for(rows.size(), villages_per_task, progress, [&](std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i)
      if (!places.empty_at(rows[i].value)) footholds[i] = sure(places.representative(rows[i].value));
    progress.advance(end - begin);
  });
  return footholds;
}

std::vector<NodeIx> Footing::doubtful(LonLat position, const Foothold& own) const {
  const Metres nearer = own.exists() ? own.access : options_.within;
  if (options_.attach == Attach::node) return doubtful_ends_->within(position, nearer);
  std::vector<NodeIx> nodes;
  for (const network::NearestPlace& place : network::places_within(
           network_.graph.runs(), network_.graph.roads(), network_.lines(), doubtful_rows_, position, nearer))
    nodes.push_back(network_.graph[network_.graph.edge_at(place.road, place.place)].from);
  return nodes;
}

}  // namespace xiangtu::reach
