#include "reach/scenario.hpp"

#include <algorithm>
#include <limits>
#include <set>
#include <utility>

#include "base/parallel.hpp"
#include "geodesy/measure.hpp"
#include "network/components.hpp"
#include "network/crossings.hpp"
#include "network/graph_overlay.hpp"
#include "network/shortest_distances.hpp"
#include "network/way_line.hpp"
#include "reach/road_traits.hpp"

namespace xiangtu::reach {

using geodesy::LocalFrame;
using geodesy::LonLat;
using geodesy::LonLatBox;
using network::ComponentIx;
using network::EdgeIx;
using network::Foothold;
using network::GraphOverlay;
using network::NodeIx;
using table::Role;

namespace {

constexpr std::size_t villages_per_task = 128;
constexpr Metres joins_within{1};

LonLatBox box_around(LonLatBox box, Metres by) {
  LonLatBox wider = box;
  for (const LonLat corner : {box.min, box.max}) wider.add(LocalFrame(corner).box_within(by));
  return wider;
}

std::vector<Counts> changed(std::span<const Counts> rows, std::size_t size,
                            const std::map<RowIx, bool>& changes) {
  std::vector<Counts> counts(rows.begin(), rows.end());
  if (counts.empty() && !changes.empty()) counts.assign(size, Counts::no);
  for (const auto& [row, yes] : changes) counts[row.value] = yes ? Counts::yes : Counts::no;
  return counts;
}

spatial::PackedIndex index_of(const Villages& villages, const Progress& progress) {
  std::vector<LonLatBox> boxes(villages.size());
  for (std::size_t i = 0; i < villages.size(); ++i)
    if (villages.has_place(i)) boxes[i] = {villages.place(i), villages.place(i)};
  return spatial::PackedIndex(boxes, progress);
}

}  // namespace

// One scenario on the model's network.
class ScenarioModel::Asking {
 public:
  Asking(const ScenarioModel& model, const Scenario& scenario, const Progress& progress)
      : model_(model),
        network_(model.network_),
        scenario_(scenario),
        travelled_(changed(network_.travelled, network_.travelled.size(), scenario.hardened_roads)),
        closed_(changed(network_.closed, bridge_count(), scenario.closed_bridges)),
        footing_(network_, travelled_, model.options_.attach, progress),
        overlay_(network_.graph),
        villages_(model.villages_) {}

  VillageWays ways(const Progress& progress) {
    change();
    const network::Distances distances = search(progress);
    VillageWays ways;
    ways.metres = metres(distances);
    ways.possible = possible(ways.metres);
    return ways;
  }

  // From the village's position on; empty when no way leads to the trunk.
  WayLine line(std::uint32_t village, const Progress& progress) {
    change();
    const network::Distances distances = search(progress);
    const Foothold& foothold = villages_.footholds[village];
    WayLine line{villages_.place(village)};
    if (is_trunk(foothold.edge, Counts::yes)) {
      network::append_stretch(network_.lines(), foothold.place, foothold.place, line);
      return line;
    }
    const auto metres_of = [&](NodeIx node) { return distances.metres[node.value]; };
    if (metres_from(foothold, metres_of) == infinity) return {};
    const std::size_t over = network::nearer_node(foothold, metres_of);
    append_access(foothold, over, line);
    append_way(foothold.nodes[over], distances, line);
    return line;
  }
  // With the footholds of this scenario.
  const Villages& villages() const { return villages_; }
  std::vector<std::uint32_t> loose_links() const {
    std::vector<std::uint32_t> loose;
    for (std::uint32_t link = 0; link < is_joined_.size(); ++link)
      if (is_joined_[link] == 0) loose.push_back(link);
    return loose;
  }

 private:
  std::size_t bridge_count() const {
    const atlas::Layer* bridges = model_.atlas_->layer(Role::bridges);
    return bridges ? bridges->table.size() : 0;
  }

  // Villages near roads whose surface is changed are attached again.
  void stand_anew() {
    std::set<std::uint32_t> near;
    for (const auto& [road, hardened] : scenario_.hardened_roads)
      for_villages_near(network_.lines().box_of(road.value),
                        [&](std::uint32_t village) { near.insert(village); });
    for (const std::uint32_t village : near) {
      const LonLat place = villages_.place(village);
      villages_.footholds[village] = footing_.sure(place);
      doubtful_[village] = footing_.doubtful(place, villages_.footholds[village]);
    }
  }

  template <class Visit>
  void for_villages_near(const LonLatBox& box, const Visit& visit) const {
    model_.village_index_.query(box_around(box, model_.options_.attach.within), [&](std::size_t village) {
      visit(static_cast<std::uint32_t>(village));
      return true;
    });
  }

  void lay_links() {
    is_joined_.assign(scenario_.links.size(), 0);
    for (std::uint32_t number = 0; number < scenario_.links.size(); ++number) {
      if (scenario_.links[number].size() < 2) continue;
      const std::vector<LonLat> link = with_crossings(scenario_.links[number]);
      std::vector<NodeIx> nodes;
      LonLatBox box;
      for (const LonLat position : link) {
        nodes.push_back(joined_node(position, number));
        box.add(position);
      }
      for (std::size_t i = 1; i < link.size(); ++i)
        overlay_.add_edge(nodes[i - 1], nodes[i], geodesy::distance(link[i - 1], link[i]).value);
      for_villages_near(box, [&](std::uint32_t village) { stand_at_link(village, link, nodes); });
    }
  }

  bool is_on_ground(std::uint32_t road) const {
    return model_.levels_.empty() || model_.levels_[network_.graph.roads().rows[road].value] == 0;
  }

  // The link with a position wherever it crosses a road on the ground.
  std::vector<LonLat> with_crossings(const std::vector<LonLat>& link) const {
    table::GeometryColumn segments(table::GeometryKind::line);
    for (std::size_t i = 1; i < link.size(); ++i) {
      segments.add_vertex(link[i - 1]);
      segments.add_vertex(link[i]);
      segments.end_part();
      segments.end_feature();
    }
    Progress progress;
    std::vector<std::vector<LonLat>> crossed(link.size());  // by segment
    for (const network::Crossing& crossing :
         network::find_crossings(network_.lines(), network_.graph.runs(), segments, progress))
      if (is_on_ground(crossing.road))
        crossed[crossing.other.value].push_back(network::position_of(network_.lines(), crossing.place));
    std::vector<LonLat> line;
    for (std::size_t i = 0; i < link.size(); ++i) {
      line.push_back(link[i]);
      std::sort(crossed[i].begin(), crossed[i].end(), [&](LonLat a, LonLat b) {
        return geodesy::distance(link[i], a) < geodesy::distance(link[i], b);
      });
      line.insert(line.end(), crossed[i].begin(), crossed[i].end());
    }
    return line;
  }

  // As by the rule of network/junctions.hpp, a link being on the ground.
  bool joins(const network::NearestPlace& place) const {
    const std::span<const network::Edge> edges = network_.graph.edges_of(place.road);
    return is_on_ground(place.road) || place.place == edges.front().begin || place.place == edges.back().end;
  }

  // A new node, joined to every road that is there, and to the other links.
  NodeIx joined_node(LonLat position, std::uint32_t link) {
    const NodeIx node = overlay_.add_node(position);
    for (const LinkNode& other : link_nodes_) {
      if (other.link == link || geodesy::distance(other.position, position) > joins_within) continue;
      overlay_.add_edge(node, other.node, 0);
      is_joined_[link] = is_joined_[other.link] = 1;
    }
    link_nodes_.push_back({node, position, link});
    std::set<NodeIx> joined;
    for (const network::NearestPlace& place : network::places_within(
             network_.graph.runs(), network_.graph.roads(), network_.lines(), {}, position, joins_within)) {
      if (!joins(place)) continue;
      const network::EdgePlace at = network::on_edge(network_.graph, network_.lines(), place);
      is_joined_[link] = 1;
      if (const NodeIx there = overlay_.node_on(at, position); joined.insert(there).second)
        overlay_.add_edge(node, there, 0);
    }
    return node;
  }

  // Where the link is nearer than the road that the village is attached to.
  void stand_at_link(std::uint32_t village, const std::vector<LonLat>& link,
                     const std::vector<NodeIx>& nodes) {
    const LonLat place = villages_.place(village);
    Foothold& foothold = villages_.footholds[village];
    for (std::size_t i = 1; i < link.size(); ++i) {
      const Metres access = geodesy::distance_to_segment(place, link[i - 1], link[i]);
      if (access > model_.options_.attach.within || (foothold.exists() && access >= foothold.access))
        continue;
      const LonLat foot = LocalFrame(place).foot_on(link[i - 1], link[i]);
      foothold = {EdgeIx::none(),
                  {},
                  {},
                  access,
                  {nodes[i - 1], nodes[i]},
                  {access.value + geodesy::distance(link[i - 1], foot).value,
                   access.value + geodesy::distance(foot, link[i]).value}};
    }
  }

  // Villages on edges that links divide stand between the new nodes.
  void settle_divided() {
    if (scenario_.links.empty()) return;
    for (Foothold& foothold : villages_.footholds) {
      if (!foothold.edge.exists() || !overlay_.is_divided(foothold.edge)) continue;
      const auto around = overlay_.around(foothold.edge, foothold.from_begin.value);
      const double access = foothold.access.value;
      foothold.nodes = {around.before, around.after};
      foothold.metres = {
          network_.graph.leads_to_begin(foothold.edge) ? access + around.from_before_m : infinity,
          network_.graph.leads_to_end(foothold.edge) ? access + around.to_after_m : infinity};
    }
  }

  std::vector<std::uint8_t> open_edges(Reading reading) const {
    std::vector<std::uint8_t> open = network_.open_edges(travelled_, closed_, reading);
    for (std::size_t added = network_.graph.edges().size(); added < overlay_.edge_count(); ++added) {
      const EdgeIx origin = overlay_.origin_of(EdgeIx(added));
      open.push_back(origin.exists() ? open[origin.value] : 1);
    }
    for (std::size_t added = network_.graph.edges().size(); added < overlay_.edge_count(); ++added)
      if (const EdgeIx origin = overlay_.origin_of(EdgeIx(added)); origin.exists()) open[origin.value] = 0;
    return open;
  }

  bool is_trunk(EdgeIx edge, Counts least) const {
    return edge.exists() && network_.trunk[network_.graph[edge].row.value] >= least;
  }

  // The nodes of trunk roads, also those at which links meet them.
  std::vector<NodeIx> trunk_nodes(Reading reading) const {
    std::vector<NodeIx> nodes = network_.trunk_nodes(reading);
    for (std::size_t added = network_.graph.edges().size(); added < overlay_.edge_count(); ++added)
      if (const EdgeIx origin = overlay_.origin_of(EdgeIx(added)); is_trunk(origin, reading.least_travelled))
        for (const NodeIx node : overlay_.nodes_on(origin)) nodes.push_back(node);
    return nodes;
  }

  void change() {
    stand_anew();
    lay_links();
    overlay_.finish();
    settle_divided();
  }

  // To the first node: along the road that the village stands at, straight along a link.
  void append_access(const Foothold& foothold, std::size_t over, WayLine& line) const {
    const NodeIx node = foothold.nodes[over];
    if (!foothold.edge.exists()) {  // on the segment of a link between its nodes
      const LonLat a = overlay_.position_of(foothold.nodes[0]), b = overlay_.position_of(foothold.nodes[1]);
      line.push_back(LocalFrame(line.front()).foot_on(a, b));
      return line.push_back(overlay_.position_of(node));
    }
    const network::Edge& edge = network_.graph[foothold.edge];
    if (!overlay_.is_divided(foothold.edge))
      return network::append_stretch(network_.lines(), foothold.place, over == 0 ? edge.begin : edge.end,
                                     line);
    for (std::size_t added = network_.graph.edges().size(); added < overlay_.edge_count(); ++added) {
      if (overlay_.origin_of(EdgeIx(added)) != foothold.edge) continue;
      const GraphOverlay::Stretch stretch = overlay_.stretch_of(EdgeIx(added));
      if (stretch.from == foothold.nodes[0] && stretch.to == foothold.nodes[1])
        return network::append_stretch(network_.lines(), foothold.place,
                                       over == 0 ? stretch.begin : stretch.end, line);
    }
  }

  void append_way(NodeIx node, const network::Distances& distances, WayLine& line) const {
    for (network::Arc back = distances.back[node.value]; back.edge.exists();
         back = distances.back[node.value]) {
      const bool added = back.edge.value >= network_.graph.edges().size();
      if (added && !overlay_.origin_of(back.edge).exists()) {
        line.push_back(overlay_.position_of(back.to));
      } else {
        const network::Edge* edge = added ? nullptr : &network_.graph[back.edge];
        const GraphOverlay::Stretch stretch =
            added ? overlay_.stretch_of(back.edge)
                  : GraphOverlay::Stretch{edge->from, edge->to, edge->begin, edge->end};
        const bool forward = stretch.from == node;
        network::append_stretch(network_.lines(), forward ? stretch.begin : stretch.end,
                                forward ? stretch.end : stretch.begin, line);
      }
      node = back.to;
    }
  }

  network::Distances search(const Progress& progress) const {
    const std::vector<std::uint8_t> open = open_edges(what_is_sure);
    std::vector<network::Start> starts;
    for (const NodeIx node : trunk_nodes(what_is_sure)) starts.push_back({node, 0});
    return network::shortest_distances(
        overlay_, starts, [&](EdgeIx edge) { return open[edge.value] != 0; }, progress);
  }

  std::vector<double> metres(const network::Distances& distances) const {
    const auto metres_of = [&](NodeIx node) { return distances.metres[node.value]; };
    std::vector<double> metres(villages_.size());
    for (std::size_t i = 0; i < metres.size(); ++i) {
      const Foothold& foothold = villages_.footholds[i];
      metres[i] =
          is_trunk(foothold.edge, Counts::yes) ? foothold.access.value : metres_from(foothold, metres_of);
    }
    return metres;
  }

  std::vector<std::uint8_t> possible(std::span<const double> metres) const {
    std::vector<std::uint8_t> possible(metres.size());
    if (network_.is_certain()) return possible;
    const std::vector<std::uint8_t> open = open_edges(what_may_be);
    network::NodeUnion joined(overlay_.node_count());
    const auto edges = network_.graph.edges();
    for (std::size_t i = 0; i < edges.size(); ++i)
      if (open[i] != 0) joined.join(edges[i].from, edges[i].to);
    overlay_.for_added([&](EdgeIx edge, NodeIx a, NodeIx b) {
      if (open[edge.value] != 0) joined.join(a, b);
    });
    const network::Components components(std::move(joined));
    std::vector<std::uint8_t> has_trunk(components.size());
    for (const NodeIx node : trunk_nodes(what_may_be)) has_trunk[components.of(node).value] = 1;
    const auto leads = [&](NodeIx node) { return has_trunk[components.of(node).value] != 0; };
    for (std::uint32_t i = 0; i < metres.size(); ++i) {
      if (metres[i] < infinity || !villages_.has_place(i)) continue;
      const Foothold& own = villages_.footholds[i];
      const std::vector<NodeIx>& doubtful = doubtful_of(i);
      possible[i] =
          (own.exists() && leads(own.nodes[0])) || std::any_of(doubtful.begin(), doubtful.end(), leads);
    }
    return possible;
  }

  const std::vector<NodeIx>& doubtful_of(std::uint32_t village) const {
    const auto anew = doubtful_.find(village);
    return anew == doubtful_.end() ? model_.doubtful_[village] : anew->second;
  }

  static constexpr double infinity = std::numeric_limits<double>::infinity();
  const ScenarioModel& model_;
  const RoadNetwork& network_;
  const Scenario& scenario_;
  std::vector<Counts> travelled_, closed_;
  Footing footing_;
  GraphOverlay overlay_;
  Villages villages_;
  struct LinkNode {
    NodeIx node;
    LonLat position;
    std::uint32_t link;
  };
  std::vector<LinkNode> link_nodes_;                       // that are laid
  std::vector<std::uint8_t> is_joined_;                    // by link
  std::map<std::uint32_t, std::vector<NodeIx>> doubtful_;  // of villages that are attached again
};

ScenarioModel::ScenarioModel(std::shared_ptr<const atlas::Atlas> atlas, RoadNetwork network,
                             const RoadReachOptions& options, Villages villages, Progress& progress)
    : atlas_(std::move(atlas)),
      network_(std::move(network)),
      options_(options),
      villages_(std::move(villages)),
      doubtful_(villages_.size()),
      village_index_(index_of(villages_, progress)),
      levels_(road_traits(*network_.roads).levels) {
  const Footing footing(network_, options_.attach, progress);
  villages_.footholds = footing.sure(villages_.places(), villages_.rows, progress);
  parallel_for(villages_.size(), villages_per_task, progress, [&](std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i)
      if (villages_.has_place(i)) doubtful_[i] = footing.doubtful(villages_.place(i), villages_.footholds[i]);
  });
}

Result<std::unique_ptr<const ScenarioModel>> ScenarioModel::build(std::shared_ptr<const atlas::Atlas> atlas,
                                                                  const indicators::Definitions& definitions,
                                                                  const indicators::Parameters& parameters,
                                                                  const RoadReachOptions& options,
                                                                  Progress& progress) {
  Result<Villages> villages = villages_within(*atlas, parameters, "");
  if (!villages) return villages.issue();
  NetworkOptions network_options = options.network;
  network_options.keep_all = true;
  const atlas::Layer* bridges = atlas->layer(Role::bridges);
  std::vector<Counts> closed;
  std::vector<std::uint8_t> gates;
  if (bridges && bridges->table.has_geometry()) {
    gates.assign(bridges->table.size(), 1);
    closed = options.closed_classes.empty() ? std::vector<Counts>(gates.size(), Counts::no)
                                            : bridges_of_classes(*bridges, options.closed_classes);
  }
  std::vector<Finding> findings;
  Result<RoadNetwork> network = road_network(*atlas, definitions, parameters, network_options,
                                             std::move(closed), gates, findings, progress);
  if (!network) return network.issue();
  std::unique_ptr<ScenarioModel> model(
      new ScenarioModel(std::move(atlas), std::move(*network), options, std::move(*villages), progress));
  Result<ScenarioReach> now = model->ask({}, options.by, progress);
  if (!now) return now.issue();
  model->as_it_is_ = std::move(now->reach);
  model->as_it_is_.findings = std::move(findings);
  return std::unique_ptr<const ScenarioModel>(std::move(model));
}

WayLine ScenarioModel::way(const Scenario& scenario, RowIx row, const Progress& progress) const {
  const auto village = std::lower_bound(villages_.rows.begin(), villages_.rows.end(), row);
  if (village == villages_.rows.end() || *village != row) return {};
  const auto position = static_cast<std::uint32_t>(village - villages_.rows.begin());
  if (!villages_.has_place(position)) return {};
  return Asking(*this, scenario, progress).line(position, progress);
}

void need_scenarios(indicators::Needs& needs) {
  needs.roles.insert(Role::bridges);
  needs.located.insert(Role::bridges);
  needs.fields.insert({"code", "road_code", "condition_class"});
}

Result<ScenarioReach> ScenarioModel::ask(const Scenario& scenario, atlas::Level by,
                                         const Progress& progress) const {
  Asking asking(*this, scenario, progress);
  const VillageWays ways = asking.ways(progress);
  if (progress.stop_requested()) return cancelled_issue();
  ScenarioReach answer{
      reach_of(*atlas_, network_.graph, asking.villages(), ways, by), {}, {}, asking.loose_links()};
  for (std::uint32_t i = 0; i < as_it_is_.villages.size(); ++i) {
    const bool was = as_it_is_.villages[i].state == ReachState::connected;
    const bool is = answer.reach.villages[i].state == ReachState::connected;
    if (is && !was) answer.won.push_back(i);
    if (was && !is) answer.lost.push_back(i);
  }
  return answer;
}

}  // namespace xiangtu::reach
