#include "synth/partition.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace xiangtu::synth {

namespace {

constexpr double coarsest = 2.6;  // size of the largest bends in warps: smaller is more ragged
constexpr int rounds = 600;
constexpr double close_enough = 0.004;  // of a place's area
constexpr std::size_t most_samples = 24000;

struct Point {
  double x, y;
};

class PowerDiagram {
 public:
  PowerDiagram(const Lattice& lattice, std::span<const Place> places, double warp_km, std::uint64_t seed)
      : lattice_(lattice), warp_km_(warp_km), seed_(seed), weights_(places.size(), 0) {
    for (const Place& place : places) sites_.push_back(warped(place.cell));
  }

  Point warped(std::size_t cell) const {
    const double x = lattice_.x_km(cell), y = lattice_.y_km(cell);
    constexpr int octaves = 6;
    return {x + warp_km_ * noise(x, y, warp_km_ * coarsest, octaves, seed_),
            y + warp_km_ * noise(x, y, warp_km_ * coarsest, octaves, seed_ + 99)};
  }

  std::size_t nearest(Point p) const {
    std::size_t best = 0;
    double least = std::numeric_limits<double>::infinity();
    for (std::size_t i = 0; i < sites_.size(); ++i) {
      const double dx = p.x - sites_[i].x, dy = p.y - sites_[i].y;
      const double power = dx * dx + dy * dy - weights_[i];
      if (power < least) {
        least = power;
        best = i;
      }
    }
    return best;
  }

  // Moves the weights towards the areas wanted, measured on a sample of the cells.
  void fit(std::span<const std::size_t> cells, std::span<const Place> places, const Progress& progress) {
    const std::size_t step = std::max<std::size_t>(1, cells.size() / most_samples);
    std::vector<Point> sample;
    for (std::size_t i = 0; i < cells.size(); i += step) sample.push_back(warped(cells[i]));
    double shares = 0;
    for (const Place& place : places) shares += place.area_share;
    const double area_km2 = static_cast<double>(cells.size()) * Lattice::cell_km * Lattice::cell_km;
    std::vector<double> got(places.size());
    for (int round = 0; round < rounds && !progress.stop_requested(); ++round) {
      std::fill(got.begin(), got.end(), 0);
      for (const Point p : sample) got[nearest(p)] += area_km2 / static_cast<double>(sample.size());
      const double pace = 0.35 * (1 - 0.7 * round / rounds);
      double worst = 0;
      for (std::size_t i = 0; i < places.size(); ++i) {
        const double wanted = places[i].area_share / shares * area_km2;
        weights_[i] += pace * (wanted - got[i]) / 3;
        worst = std::max(worst, std::abs(wanted - got[i]) / wanted);
      }
      if (worst < close_enough) return;
    }
  }

 private:
  const Lattice& lattice_;
  double warp_km_;
  std::uint64_t seed_;
  std::vector<Point> sites_;
  std::vector<double> weights_;
};

// Pieces of one label that hang together side by side.
class Pieces {
 public:
  Pieces(const Lattice& lattice, std::span<const std::size_t> cells, std::vector<std::int32_t>& labels)
      : lattice_(lattice), cells_(cells), labels_(labels) {}

  // Keeps the largest piece of every label; cells of the others take a neighbour's label.
  void absorb_islands(std::int32_t first_label, std::size_t count) {
    std::vector<std::uint8_t> keep(lattice_.size(), 0), mine(lattice_.size(), 0);
    for (const std::size_t cell : cells_) mine[cell] = 1;
    std::vector<std::vector<std::size_t>> largest(count);
    std::vector<std::uint8_t> seen(lattice_.size(), 0);
    for (const std::size_t cell : cells_) {
      if (seen[cell]) continue;
      std::vector<std::size_t> piece = flood(cell, seen, mine);
      auto& best = largest[static_cast<std::size_t>(labels_[cell] - first_label)];
      if (piece.size() > best.size()) best = std::move(piece);
    }
    for (const auto& piece : largest)
      for (const std::size_t cell : piece) keep[cell] = 1;
    for (bool changed = true; changed;) {
      changed = false;
      for (const std::size_t cell : cells_) {
        if (keep[cell]) continue;
        for (const std::size_t other : neighbours(cell)) {
          if (!mine[other] || !keep[other]) continue;
          labels_[cell] = labels_[other];
          keep[cell] = 1;
          changed = true;
          break;
        }
      }
    }
  }

 private:
  std::vector<std::size_t> neighbours(std::size_t cell) const {
    std::vector<std::size_t> found;
    if (lattice_.column(cell) > 0) found.push_back(cell - 1);
    if (lattice_.column(cell) + 1 < lattice_.width()) found.push_back(cell + 1);
    if (lattice_.row(cell) > 0) found.push_back(cell - lattice_.width());
    if (lattice_.row(cell) + 1 < lattice_.height()) found.push_back(cell + lattice_.width());
    return found;
  }

  std::vector<std::size_t> flood(std::size_t start, std::vector<std::uint8_t>& seen,
                                 const std::vector<std::uint8_t>& mine) const {
    std::vector<std::size_t> piece{start};
    seen[start] = 1;
    for (std::size_t i = 0; i < piece.size(); ++i)
      for (const std::size_t other : neighbours(piece[i]))
        if (mine[other] && !seen[other] && labels_[other] == labels_[start]) {
          seen[other] = 1;
          piece.push_back(other);
        }
    return piece;
  }

  const Lattice& lattice_;
  std::span<const std::size_t> cells_;
  std::vector<std::int32_t>& labels_;
};

}  // namespace

void partition(const Lattice& lattice, std::span<const std::size_t> cells, std::span<const Place> places,
               double warp_km, std::uint64_t seed, std::vector<std::int32_t>& labels,
               std::int32_t first_label, const Progress& progress) {
  PowerDiagram diagram(lattice, places, warp_km, seed);
  diagram.fit(cells, places, progress);
  for (const std::size_t cell : cells)
    labels[cell] = first_label + static_cast<std::int32_t>(diagram.nearest(diagram.warped(cell)));
  Pieces(lattice, cells, labels).absorb_islands(first_label, places.size());
}

}  // namespace xiangtu::synth
