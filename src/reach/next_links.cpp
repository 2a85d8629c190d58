#include "reach/next_links.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>
#include <string>
#include <utility>

#include "atlas/layer_finding.hpp"
#include "base/parallel.hpp"
#include "geodesy/measure.hpp"
#include "indicators/near.hpp"
#include "network/attachment.hpp"
#include "network/components.hpp"
#include "network/way_line.hpp"
#include "reach/cheapest_links.hpp"
#include "reach/villages.hpp"
#include "table/cells.hpp"

namespace xiangtu::reach {

using atlas::Atlas;
using atlas::Layer;
using geodesy::LonLat;
using indicators::Definitions;
using indicators::Parameters;
using network::EdgeIx;
using network::LinePlace;
using table::Role;

namespace {

constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();
constexpr double least_price = 1e-6;      // in yuan: what costs nothing is built all the same
constexpr double fen = 0.01;              // less is nothing
constexpr double gain_of_village = 1e-6;  // in people
constexpr std::size_t villages_per_task = 128;
constexpr std::uint32_t none = std::numeric_limits<std::uint32_t>::max();

// Where a village stands, or the road end of the new road to it.
struct Stand {
  LinkState state = LinkState::unplaced;  // linked: there is such a place
  LinePlace place;
  bool needs_road = false;
  double new_road_m = 0;
};

class Stands {
 public:
  Stands(const table::GeometryColumn& lines, std::vector<std::uint8_t> hardened, const LinkOptions& options,
         const Progress& progress)
      : lines_(lines),
        hardened_(std::move(hardened)),
        options_(options),
        roads_(lines, {}),
        index_(lines, roads_, progress) {}

  Stand of(LonLat position) const {
    if (const auto own = nearest(hardened_, position, options_.attach_within)) return at(*own);
    const Metres within = std::max(options_.attach_within, options_.new_road_within);
    const auto any = nearest({}, position, within);
    if (!any) return {LinkState::too_far, {}, false, 0};
    if (any->distance <= options_.attach_within) return at(*any);
    return {LinkState::linked, any->place, true, any->distance.value};
  }

 private:
  static Stand at(const network::NearestPlace& place) { return {LinkState::linked, place.place, false, 0}; }
  std::optional<network::NearestPlace> nearest(network::RowMarks marks, LonLat position,
                                               Metres within) const {
    return network::nearest_place(index_, roads_, lines_, marks, position, within);
  }

  const table::GeometryColumn& lines_;
  std::vector<std::uint8_t> hardened_;
  const LinkOptions& options_;
  network::RoadParts roads_;
  network::RunIndex index_;
};

std::vector<Stand> stands_of(const Villages& villages, const Stands& stands, Progress& progress) {
  std::vector<Stand> found(villages.size());
  progress.begin("attaching villages", villages.size());
  parallel_for(villages.size(), villages_per_task, progress, [&](std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i)
      if (villages.has_place(i)) found[i] = stands.of(villages.place(i));
    progress.advance(end - begin);
  });
  return found;
}

// The network with what has to be paid for on it: places are the pieces that hang together for nothing, then
// one for each village that a new road leads to.
class Market {
 public:
  Market(const RoadNetwork& network, const Layer* bridges, const Villages& villages,
         std::span<const Stand> stands, const LinkOptions& options)
      : network_(network),
        bridges_(bridges),
        villages_(villages),
        stands_(stands),
        options_(options),
        bridge_at_(network.graph.edges().size()) {
    for (std::size_t gate = 0; gate < network.gates.bridges.size(); ++gate)
      if (const EdgeIx edge = network.graph.edge_of_gate(gate);
          edge.exists() && network.closed[network.gates.bridges[gate].value] == Counts::yes)
        bridge_at_[edge.value] = network.gates.bridges[gate];
    price_edges();
    place_villages();
    mark_root();
  }

  const std::vector<PaidEdge>& paid() const { return paid_; }
  const std::vector<double>& gains() const { return gains_; }
  const std::vector<std::uint8_t>& is_root() const { return is_root_; }
  // none for villages that stand nowhere.
  std::uint32_t place_of_village(std::size_t village) const { return place_of_[village]; }

  LinkPiece piece_of(std::uint32_t paid) const {
    if (villages_by_road_[paid] != none) return new_road(villages_by_road_[paid]);
    const EdgeIx edge = edges_[paid];
    const network::Edge& of = network_.graph[edge];
    LinkPiece piece;
    piece.yuan = yuan_of(edge);
    if (const RowIx bridge = bridge_at_[edge.value]; bridge.exists()) {
      piece.kind = LinkKind::rebuild;
      piece.row = bridge;
      piece.length_m = bridge_length(bridge);
      piece.line = {network::position_of(network_.lines(), of.begin)};
      return piece;
    }
    piece.row = of.row;
    piece.length_m = network_.graph.lengths_m()[edge.value];
    piece.unknown = network_.travelled[of.row.value] == Counts::maybe;
    network::append_stretch(network_.lines(), of.begin, of.end, piece.line);
    return piece;
  }

 private:
  double bridge_length(RowIx bridge) const {
    return table::number_or(numbers_of(bridges_->table, "length_m"), bridge, options_.costs.bridge_m);
  }

  // Hardened already, or of no length, and no bridge that must be rebuilt.
  bool is_free(EdgeIx edge) const {
    return !bridge_at_[edge.value].exists() &&
           (network_.travelled[network_.graph[edge].row.value] == Counts::yes ||
            !(network_.graph.lengths_m()[edge.value] > 0));
  }

  // Of an edge that is not free.
  double yuan_of(EdgeIx edge) const {
    if (const RowIx bridge = bridge_at_[edge.value]; bridge.exists())
      return bridge_length(bridge) * options_.costs.rebuild_bridge_yuan_per_m;
    return network_.graph.lengths_m()[edge.value] / 1000 * options_.costs.harden_yuan_per_km;
  }

  double yuan_of_new_road(std::uint32_t village) const {
    return stands_[village].new_road_m / 1000 * options_.costs.new_road_yuan_per_km;
  }

  void price_edges() {
    const network::RoadGraph& graph = network_.graph;
    std::vector<std::uint8_t> free(graph.edges().size());
    for (std::size_t edge = 0; edge < free.size(); ++edge) free[edge] = is_free(EdgeIx(edge));
    pieces_.emplace(graph, free);
    for (std::size_t edge = 0; edge < free.size(); ++edge) {
      const std::uint32_t a = pieces_->of(graph.edges()[edge].from).value;
      const std::uint32_t b = pieces_->of(graph.edges()[edge].to).value;
      if (a != b) pay(a, b, yuan_of(EdgeIx(edge)), EdgeIx(edge), none);
    }
  }

  void pay(std::uint32_t a, std::uint32_t b, double yuan, EdgeIx edge, std::uint32_t village) {
    paid_.push_back({a, b, std::max(yuan, least_price)});
    edges_.push_back(edge);
    villages_by_road_.push_back(village);
  }

  void place_villages() {
    std::uint32_t places = static_cast<std::uint32_t>(pieces_->size());
    place_of_.assign(villages_.size(), none);
    std::size_t gate = network_.gates.places.size();  // those of the villages come after the bridges'
    for (std::uint32_t village = 0; village < villages_.size(); ++village) {
      if (stands_[village].state != LinkState::linked) continue;
      const std::uint32_t piece = pieces_->of(network_.graph[network_.graph.edge_of_gate(gate++)].from).value;
      place_of_[village] = piece;
      if (!stands_[village].needs_road) continue;
      place_of_[village] = places++;
      pay(piece, place_of_[village], yuan_of_new_road(village), EdgeIx::none(), village);
    }
    gains_.assign(places, 0);
    const auto population = numbers_of(villages_.layer->table, "population");
    for (std::uint32_t village = 0; village < villages_.size(); ++village)
      if (place_of_[village] != none)
        gains_[place_of_[village]] +=
            gain_of_village + std::max(0.0, table::number_or(population, villages_.rows[village], 0));
  }

  // Where a village stands on a trunk road that is not hardened, it has to be hardened up to the next node.
  void mark_root() {
    is_root_.assign(gains_.size(), 0);
    const std::vector<std::uint8_t> is_inside = nodes_inside_roads();
    for (const network::NodeIx node : network_.trunk_nodes(what_is_sure))
      if (is_inside[node.value] == 0) is_root_[pieces_->of(node).value] = 1;
  }

  // Nodes that are there for the gates alone: two edges of one road meet in them and nothing else.
  std::vector<std::uint8_t> nodes_inside_roads() const {
    const network::RoadGraph& graph = network_.graph;
    std::vector<std::uint8_t> ends(graph.node_count()), several_roads(graph.node_count());
    std::vector<RowIx> row(graph.node_count());
    for (const network::Edge& edge : graph.edges())
      for (const network::NodeIx node : {edge.from, edge.to}) {
        several_roads[node.value] |= row[node.value].exists() && row[node.value] != edge.row;
        row[node.value] = edge.row;
        ends[node.value] = static_cast<std::uint8_t>(std::min(ends[node.value] + 1, 3));
      }
    for (std::size_t node = 0; node < ends.size(); ++node)
      ends[node] = ends[node] == 2 && several_roads[node] == 0;
    return ends;
  }

  LinkPiece new_road(std::uint32_t village) const {
    return {LinkKind::new_road,
            villages_.rows[village],
            stands_[village].new_road_m,
            false,
            yuan_of_new_road(village),
            {network::position_of(network_.lines(), stands_[village].place), villages_.place(village)}};
  }

  const RoadNetwork& network_;
  const Layer* bridges_;
  const Villages& villages_;
  std::span<const Stand> stands_;
  const LinkOptions& options_;
  std::vector<RowIx> bridge_at_;  // by edge: the bridge to rebuild; none for others
  std::optional<network::Components> pieces_;
  std::vector<PaidEdge> paid_;
  std::vector<EdgeIx> edges_;                    // of each paid edge; none for new roads
  std::vector<std::uint32_t> villages_by_road_;  // of each paid edge: to which a new road leads
  std::vector<std::uint32_t> place_of_;          // by village
  std::vector<double> gains_;
  std::vector<std::uint8_t> is_root_;
};

// Stretches of one road that follow each other become one.
bool joins_on(LinkPiece& before, const LinkPiece& next) {
  if (before.kind != LinkKind::harden || next.kind != LinkKind::harden || before.row != next.row)
    return false;
  std::vector<LonLat> line = next.line;
  if (before.line.back() == line.back()) std::reverse(line.begin(), line.end());
  if (!(before.line.back() == line.front())) {
    std::reverse(before.line.begin(), before.line.end());
    if (before.line.back() == line.back()) std::reverse(line.begin(), line.end());
    if (!(before.line.back() == line.front())) return false;
  }
  before.line.insert(before.line.end(), line.begin() + 1, line.end());
  before.length_m += next.length_m;
  before.yuan += next.yuan;
  return true;
}

// A bridge that two roads share is rebuilt once.
NextLink link_of(const LinkStep& step, const Market& market, std::vector<std::uint8_t>& rebuilt) {
  NextLink link;
  for (const std::uint32_t paid : step.edges) {
    LinkPiece piece = market.piece_of(paid);
    if (piece.kind == LinkKind::rebuild && std::exchange(rebuilt[piece.row.value], std::uint8_t{1}) != 0)
      continue;
    link.yuan += piece.yuan;
    if (link.pieces.empty() || !joins_on(link.pieces.back(), piece)) link.pieces.push_back(std::move(piece));
  }
  return link;
}

void take_plan(const LinkPlan& plan, const Market& market, const Villages& villages,
               std::span<const Stand> stands, std::size_t bridges, NextLinks& links) {
  std::vector<std::uint32_t> link_of_place(market.gains().size(), none);
  std::vector<std::uint8_t> rebuilt(bridges);
  const auto households = numbers_of(villages.layer->table, "households"),
             population = numbers_of(villages.layer->table, "population");
  for (std::uint32_t step = 0; step < plan.steps.size(); ++step) {
    links.links.push_back(link_of(plan.steps[step], market, rebuilt));
    for (const std::uint32_t place : plan.steps[step].places) link_of_place[place] = step;
  }
  for (std::uint32_t i = 0; i < villages.size(); ++i) {
    LinkedVillage village{villages.rows[i], villages.units[i], stands[i].state, not_a_number, 0};
    if (const std::uint32_t place = market.place_of_village(i); place != none) {
      const bool linked = link_of_place[place] != none;
      village.state = market.is_root()[place] != 0 ? LinkState::connected
                      : linked                     ? LinkState::linked
                                                   : LinkState::no_way;
      if (linked) {
        village.alone_yuan = plan.cheapest[place] < fen ? 0 : plan.cheapest[place];
        village.link = link_of_place[place];
        NextLink& link = links.links[village.link];
        link.villages.push_back(i);
        link.households += table::number_or(households, village.row, 0);
        link.population += table::number_or(population, village.row, 0);
      }
    }
    links.villages.push_back(village);
  }
}

// What is taken for good or for bad although it is not known.
void note_unknown_states(const RoadNetwork& network, const Layer* bridges, std::vector<Finding>& findings) {
  const Layer& roads = *network.roads;
  Finding surface = atlas::finding_of(
      roads.table, "link.surface_unknown", Severity::note, "surface",
      Message("the surface is not known: where a link leads over the road it is paid for as one to harden"));
  for (std::size_t row = 0; row < network.travelled.size(); ++row)
    if (network.travelled[row] == Counts::maybe) surface.rows.push_back(roads.table.row_ids[row]);
  atlas::keep(std::move(surface), findings);
  if (!bridges) return;
  Finding good = atlas::finding_of(
      bridges->table, "link.class_unknown", Severity::note, "condition_class",
      Message("the condition class is not known: the bridge counts as one that need not be rebuilt"));
  for (std::size_t row = 0; row < network.closed.size(); ++row)
    if (network.closed[row] == Counts::maybe) good.rows.push_back(bridges->table.row_ids[row]);
  atlas::keep(std::move(good), findings);
}

Status check_bridges(const Layer* bridges, const LinkOptions& options) {
  if (options.closed_classes.empty() || !bridges || bridges->table.has_geometry()) return {};
  return Issue{IssueCode::input_no_role,
               "the bridges have no positions, so that none can be rebuilt; leave "
               "--close-classes empty"};
}

}  // namespace

Result<NextLinks> next_links(const Atlas& atlas, const Definitions& definitions, const Parameters& parameters,
                             const LinkOptions& options, std::string_view where, Progress& progress) {
  Result<Villages> villages = villages_within(atlas, parameters, where);
  if (!villages) return villages.issue();
  const Layer *roads = atlas.layer(Role::roads), *bridges = atlas.layer(Role::bridges);
  if (const Status sound = check_bridges(bridges, options); !sound) return sound.issue();
  if (const Status sound = check_roads(roads); !sound) return sound.issue();
  const std::vector<Counts> hardened =
      counts_of(*definitions.near_measure("near_hardened"), atlas, parameters, progress);
  const Stands finder(roads->table.geometry, at_least(hardened, Counts::yes), options, progress);
  const std::vector<Stand> stands = stands_of(*villages, finder, progress);
  std::vector<LinePlace> places;
  for (const Stand& stand : stands)
    if (stand.state == LinkState::linked) places.push_back(stand.place);

  NextLinks links{roads, bridges, villages->layer, {}, {}, {}};
  NetworkOptions network_options = options.network;
  network_options.over = Over::hardened;
  network_options.keep_all = true;
  std::vector<Counts> closed;
  std::vector<std::uint8_t> asked;
  if (bridges && !options.closed_classes.empty()) {
    closed = bridges_of_classes(*bridges, options.closed_classes);
    asked = at_least(closed, Counts::yes);
  }
  const Result<RoadNetwork> network = road_network(atlas, definitions, parameters, network_options, closed,
                                                   asked, links.findings, progress, places);
  if (!network) return network.issue();
  note_unknown_states(*network, bridges, links.findings);
  note_unknown(*villages, {"households", "population"}, links.findings);
  const Market market(*network, bridges, *villages, stands, options);
  progress.begin("choosing links", 0);
  const LinkPlan plan = cheapest_links(market.paid(), market.gains(), market.is_root(), progress);
  if (progress.stop_requested()) return cancelled_issue();
  take_plan(plan, market, *villages, stands, bridges ? bridges->table.size() : 0, links);
  return links;
}

indicators::Needs needs_of_next_links(const Definitions& definitions, const LinkOptions& options) {
  indicators::Needs needs =
      needs_of_road_network(definitions, options.network, !options.closed_classes.empty());
  need_villages(needs, false);
  needs.fields.insert({"households", "name", "length_m", "code"});
  return needs;
}

}  // namespace xiangtu::reach
