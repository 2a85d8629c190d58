#include "reach/place_defects.hpp"

#include <algorithm>
#include <limits>
#include <optional>
#include <string>
#include <utility>

#include "atlas/layer_finding.hpp"
#include "base/parallel.hpp"
#include "geodesy/measure.hpp"
#include "network/attachment.hpp"
#include "spatial/packed_index.hpp"

namespace xiangtu::reach {

using geodesy::LonLat;
using geodesy::LonLatBox;
using network::Components;
using network::Edge;
using network::NearestPlace;
using network::NodeIx;
using network::RoadGraph;

namespace {

constexpr std::size_t places_per_task = 32;
constexpr Metres bridges_looked_for{1000}, villages_looked_for{100000}, on_crossing_within{10};

Defect apart(DefectKind kind, RowIx row, LonLat at, const Gain& gain) {
  return {kind, at, at, row, RowIx::none(), std::numeric_limits<double>::quiet_NaN(), gain};
}

// A place that lies apart with the nearest road.
void set_nearest(Defect& defect, const RoadNetwork& network, const network::RoadParts& roads,
                 const NearestPlace& nearest) {
  defect.to = position_of(network.lines(), nearest.place);
  defect.other = roads.rows[nearest.road];
  defect.size_m = nearest.distance.value;
}

LonLat middle_of(const table::GeometryColumn& lines, const Edge& edge) {
  if (edge.end.vertex > edge.begin.vertex + 1)
    return lines.vertices()[edge.begin.vertex + (edge.end.vertex - edge.begin.vertex + 1) / 2];
  const LonLat a = position_of(lines, edge.begin), b = position_of(lines, edge.end);
  return {(a.lon + b.lon) / 2, (a.lat + b.lat) / 2};
}

// What is drawn and hangs together.
struct Piece {
  double length_m = 0, longest_m = -1;
  std::uint32_t longest = 0;  // edge
  Counts trunk = Counts::no;  // whether it has a trunk road
  Gain best;                  // of joining one place of it: of the travelled roads that hang together there
};

std::vector<Piece> pieces_of(const RoadNetwork& network, const Components& components) {
  const RoadGraph& graph = network.graph;
  std::vector<Piece> pieces(components.size());
  for (std::uint32_t i = 0; i < graph.edges().size(); ++i) {
    const Edge& edge = graph.edges()[i];
    Piece& piece = pieces[components.of(edge.from).value];
    const double length = graph.lengths_m()[i];
    piece.length_m += length;
    piece.trunk = std::max(piece.trunk, network.trunk[edge.row.value]);
    if (length > piece.longest_m) {
      piece.longest_m = length;
      piece.longest = i;
    }
  }
  return pieces;
}

}  // namespace

std::vector<Defect> islands(const RoadNetwork& network, const Gains& gains, const CountedVillages& villages,
                            std::vector<Finding>& findings) {
  const RoadGraph& graph = network.graph;
  const Components components(graph, std::vector<std::uint8_t>(graph.edges().size(), 1));
  std::vector<Piece> pieces = pieces_of(network, components);
  const auto row_id = [](const atlas::Layer& layer, RowIx row) { return layer.table.row_ids[row.value]; };
  if (villages.layer) {
    Finding soft = atlas::finding_of(
        villages.layer->table, "village.not_over_travelled", Severity::note, "",
        Message("the village stands on a travelled road that leads to the trunk network only over roads that "
                "are not travelled or of which it is not known: no defect of the drawing"));
    for (std::size_t i = 0; i < villages.rows.size(); ++i) {
      if (!villages.footholds[i].exists()) continue;
      const NodeIx node = villages.footholds[i].nodes[0];
      Piece& piece = pieces[components.of(node).value];
      const Gain gain = gains.of_joining(gains.at(node), {network::ComponentIx::none(), true});
      if (gain.rank() > piece.best.rank()) piece.best = gain;
      if (piece.trunk != Counts::no && !gains.is_connected(villages.footholds[i]))
        soft.rows.push_back(row_id(*villages.layer, villages.rows[i]));
    }
    atlas::keep(std::move(soft), findings);
  }
  Finding unknown = atlas::finding_of(
      network.roads->table, "island.unknown", Severity::warning, "class",
      Message("whether the road and those that hang together with it have a road of class G or S is not "
              "known: they are not listed as an island"));
  const bool has_trunk =
      std::any_of(pieces.begin(), pieces.end(), [](const Piece& piece) { return piece.trunk != Counts::no; });
  std::vector<Defect> defects;
  for (const Piece& piece : pieces) {
    const Edge& longest = graph.edges()[piece.longest];
    if (piece.trunk == Counts::maybe) unknown.rows.push_back(row_id(*network.roads, longest.row));
    if (piece.trunk != Counts::no || !has_trunk) continue;
    defects.push_back(
        apart(DefectKind::island, longest.row, middle_of(network.lines(), longest), piece.best));
    defects.back().size_m = piece.length_m;
  }
  atlas::keep(std::move(unknown), findings);
  return defects;
}

std::vector<Defect> bridges_off_road(const RoadNetwork& network, const atlas::Layer& bridges, Metres within,
                                     Progress& progress) {
  if (!bridges.table.has_geometry()) return {};
  const table::GeometryColumn& places = bridges.table.geometry;
  const RoadGraph& graph = network.graph;
  progress.begin("looking for bridges off the roads", places.size());
  const auto found = parallel_collect<std::vector<Defect>>(
      places.size(), places_per_task, progress, [&](std::size_t row, std::vector<Defect>& defects) {
        if (places.empty_at(row)) return;
        const auto nearest = nearest_place(graph.runs(), graph.roads(), network.lines(), {},
                                           places.representative(row), std::max(within, bridges_looked_for));
        if (nearest && nearest->distance <= within) return;
        defects.push_back(apart(DefectKind::bridge_off_road, RowIx(row), places.representative(row), {}));
        if (nearest) set_nearest(defects.back(), network, graph.roads(), *nearest);
      });
  std::vector<Defect> defects;
  for (const auto& some : found) defects.insert(defects.end(), some.begin(), some.end());
  return defects;
}

namespace {

// Where the insides of two roads or more join.
std::vector<LonLat> crossings_of(const RoadGraph& graph) {
  constexpr std::uint32_t none = std::numeric_limits<std::uint32_t>::max();
  std::vector<std::uint32_t> first_road(graph.node_count(), none);
  std::vector<std::uint8_t> is_crossing(graph.node_count());
  for (std::uint32_t road = 0; road < graph.roads().size(); ++road) {
    const std::span<const Edge> edges = graph.edges_of(road);
    for (std::size_t i = 1; i < edges.size(); ++i) {
      const std::uint32_t node = edges[i].from.value;
      if (first_road[node] == none) first_road[node] = road;
      is_crossing[node] = is_crossing[node] != 0 || first_road[node] != road;
    }
  }
  std::vector<LonLat> crossings;
  for (std::size_t node = 0; node < is_crossing.size(); ++node)
    if (is_crossing[node] != 0) crossings.push_back(graph.nodes()[node]);
  return crossings;
}

}  // namespace

void note_bridges_on_crossings(const RoadNetwork& network, const atlas::Layer& bridges,
                               std::vector<Finding>& findings, const Progress& progress) {
  if (!bridges.table.has_geometry()) return;
  const std::vector<LonLat> crossings = crossings_of(network.graph);
  std::vector<LonLatBox> boxes;
  for (const LonLat crossing : crossings) boxes.push_back({crossing, crossing});
  const spatial::PackedIndex index(boxes, progress);
  Finding on_crossing = atlas::finding_of(
      bridges.table, "bridge.on_crossing", Severity::warning, "",
      Message("roads cross at the bridge and are joined there: where one leads over the other, give them "
              "levels"));
  for (std::size_t row = 0; row < bridges.table.size(); ++row) {
    if (bridges.table.geometry.empty_at(row)) continue;
    const LonLat at = bridges.table.geometry.representative(row);
    bool found = false;
    index.query(geodesy::LocalFrame(at).box_within(on_crossing_within), [&](std::size_t crossing) {
      found = geodesy::distance(at, crossings[crossing]) <= on_crossing_within;
      return !found;
    });
    if (found) on_crossing.rows.push_back(bridges.table.row_ids[row]);
  }
  atlas::keep(std::move(on_crossing), findings);
}

namespace {

// Of the roads of some rows, however far: circles grow until they find one.
std::optional<NearestPlace> nearest_of(const RoadNetwork& network, network::RowMarks rows, LonLat position) {
  const RoadGraph& graph = network.graph;
  std::optional<NearestPlace> place;
  for (Metres within{1000}; !place && within <= villages_looked_for * 2; within = within * 2)
    place = nearest_place(graph.runs(), graph.roads(), network.lines(), rows, position,
                          std::min(within, villages_looked_for));
  return place;
}

}  // namespace

std::vector<Defect> villages_off_road(const RoadNetwork& network, const Gains& gains, const Footing& footing,
                                      Metres attach_within, const CountedVillages& villages,
                                      std::vector<Finding>& findings, Progress& progress) {
  if (!villages.layer) return {};
  const std::vector<std::uint8_t> travelled = at_least(network.travelled, Counts::maybe);
  const RoadGraph& graph = network.graph;
  struct Found {
    std::vector<Defect> defects;
    std::vector<std::int64_t> unknown, soft;
  };
  const auto is_near_any = [&](LonLat at) {
    return nearest_place(graph.runs(), graph.roads(), network.lines(), {}, at, attach_within).has_value();
  };
  progress.begin("looking for villages off the roads", villages.rows.size());
  const auto found = parallel_collect<Found>(
      villages.rows.size(), places_per_task, progress, [&](std::size_t i, Found& some) {
        if (villages.footholds[i].exists() || !villages.has_place(i)) return;
        const LonLat at = villages.place(i);
        const std::int64_t id = villages.layer->table.row_ids[villages.rows[i].value];
        if (!footing.doubtful(at, {}).empty()) return some.unknown.push_back(id);
        if (is_near_any(at)) return some.soft.push_back(id);
        Defect defect = apart(DefectKind::village_off_road, villages.rows[i], at, {});
        if (const auto nearest = nearest_of(network, travelled, at)) {
          set_nearest(defect, network, graph.roads(), *nearest);
          if (gains.at(nearest->road, nearest->place).has_trunk) defect.gain = villages.counts[i];
        }
        some.defects.push_back(defect);
      });
  Finding unknown = atlas::finding_of(
      villages.layer->table, "village.attach_unknown", Severity::warning, "",
      Message("of the roads within the attach distance of the village it is not known whether they are "
              "travelled: it is not listed as off the roads"));
  Finding soft = atlas::finding_of(
      villages.layer->table, "village.near_untravelled", Severity::note, "",
      Message(
          "the only roads within the attach distance of the village are not travelled, such as those that "
          "are not hardened: no defect of the drawing"));
  std::vector<Defect> defects;
  for (const Found& some : found) {
    defects.insert(defects.end(), some.defects.begin(), some.defects.end());
    unknown.rows.insert(unknown.rows.end(), some.unknown.begin(), some.unknown.end());
    soft.rows.insert(soft.rows.end(), some.soft.begin(), some.soft.end());
  }
  atlas::keep(std::move(unknown), findings);
  atlas::keep(std::move(soft), findings);
  return defects;
}

}  // namespace xiangtu::reach
