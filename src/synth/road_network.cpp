#include "synth/road_network.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <queue>
#include <utility>

#include "synth/random.hpp"

namespace xiangtu::synth {

using geodesy::LonLat;

namespace {

constexpr float unreached = std::numeric_limits<float>::infinity();
constexpr double expressway_apart = 3;       // to run along an expressway, in cells a cell
constexpr double wander_cost = 2.6;          // of the roughest ground
constexpr double crossing_cost = 6;          // of a river, in cells
constexpr double riverbed_cost = 4;          // of going on in it
constexpr double climb_per_m = 0.035;        // cost of a metre up or down, in cells
constexpr double ridge_per_m = 0.006;        // cost of being a metre above the valley
constexpr double jitter = 0.36;              // of a cell
constexpr std::size_t longest_section = 36;  // cells

// 0 east, 1 north-east, 2 north, 3 north-west, 4 west, 5 south-west, 6 south, 7 south-east.
constexpr std::array<int, 8> dx{1, 1, 0, -1, -1, -1, 0, 1};
constexpr std::array<int, 8> dy{0, 1, 1, 1, 0, -1, -1, -1};

// A road that is there costs so much of a new one. Little gain makes ways of their own, and so loops.
double reuse(Rank rank) {
  constexpr std::array<double, 7> of_rank{1, 1, 0.6, 0.55, 0.45, 0.65, 0.65};
  return of_rank[static_cast<std::size_t>(rank)];
}

}  // namespace

RoadNetwork::RoadNetwork(const Lattice& lattice, const Terrain& terrain,
                         const std::vector<std::uint8_t>& land, std::uint64_t seed)
    : lattice_(lattice),
      terrain_(terrain),
      land_(land),
      seed_(seed),
      edges_(lattice.size() * 4),
      node_(lattice.size(), 0),
      distance_(lattice.size(), unreached),
      came_(lattice.size(), -1) {}

// The land keeps a margin inside the lattice, so a neighbour of land always exists.
std::size_t RoadNetwork::neighbour(std::size_t cell, int direction) const {
  const auto d = static_cast<std::size_t>(direction);
  return static_cast<std::size_t>(static_cast<std::int64_t>(cell) +
                                  dy[d] * static_cast<std::int64_t>(lattice_.width()) + dx[d]);
}

RoadNetwork::Edge& RoadNetwork::edge(std::size_t cell, int direction) {
  return const_cast<Edge&>(std::as_const(*this).edge(cell, direction));
}

const RoadNetwork::Edge& RoadNetwork::edge(std::size_t cell, int direction) const {
  if (direction < 4) return edges_[cell * 4 + static_cast<std::size_t>(direction)];
  return edges_[neighbour(cell, direction) * 4 + static_cast<std::size_t>(direction - 4)];
}

// Two diagonals of one square would cross without a node.
bool RoadNetwork::crosses_diagonal(std::size_t cell, int direction) const {
  if (direction % 2 == 0) return false;
  const std::size_t beside = neighbour(cell, (direction + 7) % directions);
  return edge(beside, (direction + 2) % directions).rank != Rank::none;
}

double RoadNetwork::cost(std::size_t cell, std::size_t to, int direction, Rank rank) const {
  const double step = direction % 2 ? 1.41421356 : 1;
  const Rank there = edge(cell, direction).rank;
  if (there == Rank::expressway && rank != Rank::expressway) return step * expressway_apart;
  if (there != Rank::none) return step * reuse(rank);
  const double climb = std::abs(static_cast<double>(terrain_.height_m(to)) - terrain_.height_m(cell));
  const bool crosses = terrain_.river(to) != Terrain::no_river && terrain_.river(cell) == Terrain::no_river;
  return step * (1 + climb_per_m * climb + ridge_per_m * terrain_.height_m(to) +
                 wander_cost * terrain_.roughness(to)) +
         (crosses                                   ? crossing_cost
          : terrain_.river(to) != Terrain::no_river ? riverbed_cost
                                                    : 0);
}

int RoadNetwork::degree(std::size_t cell) const {
  if (!land_[cell]) return 0;
  int count = 0;
  for (int d = 0; d < directions; ++d) count += edge(cell, d).rank != Rank::none;
  return count;
}

bool RoadNetwork::on_road(std::size_t cell) const {
  if (!land_[cell]) return false;
  for (int d = 0; d < directions; ++d)
    if (edge(cell, d).rank > Rank::expressway) return true;
  return false;
}

// Dijkstra, towards the target with a lower bound where there is one (Hart, Nilsson & Raphael 1968).
template <class Reached>
void RoadNetwork::search(std::size_t from, const Reached& reached, std::size_t target, Rank rank,
                         std::uint32_t route) {
  using Entry = std::pair<float, std::size_t>;
  std::priority_queue<Entry, std::vector<Entry>, std::greater<>> queue;
  const bool aims = target < lattice_.size();
  const auto bound = [&](std::size_t cell) {
    if (!aims) return 0.0f;
    return static_cast<float>(
        reuse(rank) *
        std::hypot(lattice_.x_km(cell) - lattice_.x_km(target), lattice_.y_km(cell) - lattice_.y_km(target)) /
        Lattice::cell_km);
  };
  distance_[from] = 0;
  touched_.assign(1, from);
  queue.emplace(bound(from), from);
  while (!queue.empty()) {
    const auto [estimate, cell] = queue.top();
    queue.pop();
    if (estimate > distance_[cell] + bound(cell) + 1e-3f) continue;
    if (reached(cell)) {
      lay(from, cell, rank, route);
      break;
    }
    for (int d = 0; d < directions; ++d) {
      const std::size_t to = neighbour(cell, d);
      if (!land_[to] || crosses_diagonal(cell, d)) continue;
      const float there = distance_[cell] + static_cast<float>(cost(cell, to, d, rank));
      if (there >= distance_[to]) continue;
      if (distance_[to] == unreached) touched_.push_back(to);
      distance_[to] = there;
      came_[to] = static_cast<std::int8_t>(d);
      queue.emplace(there + bound(to), to);
    }
  }
  for (const std::size_t cell : touched_) {
    distance_[cell] = unreached;
    came_[cell] = -1;
  }
}

void RoadNetwork::lay(std::size_t from, std::size_t to, Rank rank, std::uint32_t route) {
  for (std::size_t cell = to; cell != from;) {
    const int back = (came_[cell] + 4) % directions;
    Edge& laid = edge(cell, back);
    if (laid.rank == Rank::none || rank < laid.rank) laid = {rank, route};
    cell = neighbour(cell, back);
  }
}

void RoadNetwork::connect(std::size_t from, std::size_t to, Rank rank, std::uint32_t route) {
  if (from != to && land_[from] && land_[to])
    search(
        from, [to](std::size_t cell) { return cell == to; }, to, rank, route);
}

void RoadNetwork::join(std::size_t from, Rank rank, std::uint32_t route) {
  if (land_[from] && !on_road(from))
    search(
        from, [&](std::size_t cell) { return cell != from && on_road(cell); }, lattice_.size(), rank, route);
}

LonLat RoadNetwork::vertex(std::size_t cell) const {
  Random random(seed_for(seed_, 71, cell));
  const LonLat centre = lattice_.centre(cell);
  return {centre.lon + random.between(-jitter, jitter) * Lattice::lon_step,
          centre.lat + random.between(-jitter, jitter) * Lattice::lat_step};
}

// Neighbours even out the jitter between nodes; nodes and ends stay, for other sections share them.
std::vector<LonLat> RoadNetwork::smoothed(const std::vector<std::size_t>& cells) const {
  constexpr int rounds = 2;
  std::vector<LonLat> line;
  for (const std::size_t cell : cells) line.push_back(vertex(cell));
  for (int round = 0; round < rounds; ++round) {
    LonLat before = line.front();
    for (std::size_t i = 1; i + 1 < line.size(); ++i) {
      const LonLat here = line[i], after = line[i + 1];
      line[i] = {(before.lon + 2 * here.lon + after.lon) / 4, (before.lat + 2 * here.lat + after.lat) / 4};
      before = here;
    }
  }
  return line;
}

bool RoadNetwork::is_node(std::size_t cell) const {
  if (node_[cell]) return true;
  const Edge* first = nullptr;
  int count = 0;
  for (int d = 0; d < directions; ++d) {
    const Edge& here = edge(cell, d);
    if (here.rank == Rank::none) continue;
    ++count;
    if (first && (first->rank != here.rank || first->route != here.route)) return true;
    first = &here;
  }
  return count != 2;
}

std::vector<Section> RoadNetwork::sections() const {
  std::vector<Section> sections;
  std::vector<std::uint8_t> walked(edges_.size(), 0);
  const auto mark = [&](std::size_t cell, int d) -> std::uint8_t& {
    return d < 4 ? walked[cell * 4 + static_cast<std::size_t>(d)]
                 : walked[neighbour(cell, d) * 4 + static_cast<std::size_t>(d - 4)];
  };
  const auto walk = [&](std::size_t start, int direction) {
    Section section{edge(start, direction).rank, edge(start, direction).route, {start}, {}};
    std::size_t cell = start;
    for (int d = direction;;) {
      mark(cell, d) = 1;
      cell = neighbour(cell, d);
      section.cells.push_back(cell);
      if (is_node(cell) || cell == start || section.cells.size() > longest_section) break;
      int next = 0;
      while (next < directions && (edge(cell, next).rank == Rank::none || mark(cell, next))) ++next;
      if (next == directions) break;
      d = next;
    }
    section.line = smoothed(section.cells);
    sections.push_back(std::move(section));
    return cell;
  };
  const auto walk_from = [&](std::size_t start) {
    for (int d = 0; d < directions; ++d) {
      if (edge(start, d).rank == Rank::none || mark(start, d)) continue;
      // A long road is cut into sections that go on where the last one ended.
      for (std::size_t at = walk(start, d); !is_node(at) && at != start;) {
        int next = 0;
        while (next < directions && (edge(at, next).rank == Rank::none || mark(at, next))) ++next;
        if (next == directions) break;
        at = walk(at, next);
      }
    }
  };
  for (std::size_t cell = 0; cell < lattice_.size(); ++cell)
    if (land_[cell] && degree(cell) > 0 && is_node(cell)) walk_from(cell);
  for (std::size_t cell = 0; cell < lattice_.size(); ++cell)  // rings without any node
    if (land_[cell] && degree(cell) > 0) walk_from(cell);
  return sections;
}

}  // namespace xiangtu::synth
