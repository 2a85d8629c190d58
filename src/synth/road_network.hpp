// Roads laid over the lattice by least cost: along valleys, and over roads that are there already, so
// that they join to a network with shared nodes.
#pragma once

#include <cstdint>
#include <vector>

#include "geodesy/position.hpp"
#include "synth/lattice.hpp"
#include "synth/terrain.hpp"

namespace xiangtu::synth {

// From the most important down; a stretch keeps the best rank that was laid over it.
enum class Rank : std::uint8_t { none, expressway, national, provincial, county, township, village };

// A piece of road between two nodes (junction, village, end, change of rank or route).
struct Section {
  Rank rank = Rank::none;
  std::uint32_t route = 0;            // what the caller gave
  std::vector<std::size_t> cells;     // at least two
  std::vector<geodesy::LonLat> line;  // one vertex a cell; shared cells share their vertex
};

class RoadNetwork {
 public:
  RoadNetwork(const Lattice& lattice, const Terrain& terrain, const std::vector<std::uint8_t>& land,
              std::uint64_t seed);

  // The least-cost way between two cells. No way: nothing is laid.
  void connect(std::size_t from, std::size_t to, Rank rank, std::uint32_t route);
  // The way from a cell to the nearest road that is there, by cost.
  void join(std::size_t from, Rank rank, std::uint32_t route);
  // Any road but an expressway.
  bool on_road(std::size_t cell) const;

  // A cell that ends sections, such as a village.
  void mark_node(std::size_t cell) { node_[cell] = 1; }
  std::vector<Section> sections() const;
  // Where a cell's vertex is: its centre moved aside, so that no grid shows.
  geodesy::LonLat vertex(std::size_t cell) const;

 private:
  static constexpr int directions = 8;
  struct Edge {
    Rank rank = Rank::none;
    std::uint32_t route = 0;
  };

  std::size_t neighbour(std::size_t cell, int direction) const;
  Edge& edge(std::size_t cell, int direction);
  const Edge& edge(std::size_t cell, int direction) const;
  bool crosses_diagonal(std::size_t cell, int direction) const;
  double cost(std::size_t cell, std::size_t to, int direction, Rank rank) const;
  int degree(std::size_t cell) const;
  bool is_node(std::size_t cell) const;
  std::vector<geodesy::LonLat> smoothed(const std::vector<std::size_t>& cells) const;
  template <class Reached>
  void search(std::size_t from, const Reached& reached, std::size_t target, Rank rank, std::uint32_t route);
  void lay(std::size_t from, std::size_t to, Rank rank, std::uint32_t route);

  const Lattice& lattice_;
  const Terrain& terrain_;
  const std::vector<std::uint8_t>& land_;
  std::uint64_t seed_;
  std::vector<Edge> edges_;  // four a cell: east, north-east, north, north-west
  std::vector<std::uint8_t> node_;
  // Of the search in work; reset through touched_.
  std::vector<float> distance_;
  std::vector<std::int8_t> came_;
  std::vector<std::size_t> touched_;
};

}  // namespace xiangtu::synth
