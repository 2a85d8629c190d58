#include "synth/demo_ground.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "atlas/hierarchy.hpp"
#include "synth/fractal.hpp"
#include "synth/partition.hpp"
#include "synth/random.hpp"

namespace xiangtu::synth {

using geodesy::LonLat;

namespace {

constexpr double street_share = 0.07;       // of a town's area
constexpr double street_radius_cells = 16;  // around the county's seat
constexpr double county_warp_km = 9, township_warp_km = 4;
constexpr double hamlet_reach_cells = 11;    // around its administrative village, in the loess
constexpr double unconnected_share = 0.025;  // hamlets without any road

enum SeedOf : std::uint64_t {
  of_outline = 1,
  of_counties,
  of_townships,
  of_places,
  of_hamlets,
  of_roads,
  of_terrain
};

std::vector<LonLat> rough_outline(const Description& description) {
  std::vector<LonLat> ring;
  for (std::size_t i = 0; i < description.outline.size(); ++i)
    append_fractal(description.outline[i], description.outline[(i + 1) % description.outline.size()], 6, 0.17,
                   seed_for(description.seed, of_outline, i), ring);
  return ring;
}

std::vector<std::vector<LonLat>> courses(const Description& description) {
  std::vector<std::vector<LonLat>> lines;
  for (const River& river : description.rivers) lines.push_back(river.via);
  return lines;
}

geodesy::LonLatBox box_of(const std::vector<LonLat>& ring) {
  geodesy::LonLatBox box;
  for (const LonLat p : ring) box.add(p);
  return box;
}

bool is_street(const std::string& code) {
  return code.size() == 9 && code[6] == '0';
}

double cells_apart(const Lattice& lattice, std::size_t a, std::size_t b) {
  return std::hypot(lattice.x_km(a) - lattice.x_km(b), lattice.y_km(a) - lattice.y_km(b)) / Lattice::cell_km;
}

// Of some random candidates the one farthest from all that are placed (Mitchell 1991).
std::size_t best_candidate(const Lattice& lattice, const std::vector<std::size_t>& candidates,
                           const std::vector<std::size_t>& placed, Random& random) {
  constexpr int tries = 14;
  std::size_t best = candidates.front();
  double farthest = -1;
  for (int i = 0; i < tries; ++i) {
    const std::size_t cell = candidates[random.below(candidates.size())];
    double nearest = std::numeric_limits<double>::infinity();
    for (const std::size_t other : placed) nearest = std::min(nearest, cells_apart(lattice, cell, other));
    if (nearest > farthest) {
      farthest = nearest;
      best = cell;
    }
  }
  return best;
}

}  // namespace

DemoGround::DemoGround(const Description& description, Progress& progress)
    : description_(description),
      progress_(progress),
      outline_(rough_outline(description)),
      lattice_(box_of(outline_)),
      land_(lattice_.inside(outline_)),
      terrain_(lattice_, description.sand_divide, courses(description),
               seed_for(description.seed, of_terrain), progress),
      labels_(lattice_.size(), -1),
      roads_(lattice_, terrain_, land_, seed_for(description.seed, of_roads)) {
  progress_.begin("dividing the region", 0);
  if (!progress_.stop_requested()) divide();
  progress_.begin("placing villages", 0);
  if (!progress_.stop_requested()) place_villages();
  if (!progress_.stop_requested()) lay_roads();
}

void DemoGround::divide() {
  std::vector<std::size_t> land;
  for (std::size_t cell = 0; cell < lattice_.size(); ++cell)
    if (land_[cell]) land.push_back(cell);
  std::vector<Place> seats;
  for (const CountyFacts& county : description_.counties)
    seats.push_back({lattice_.cell_of(county.seat), county.area_km2});
  std::vector<std::int32_t> county_of(lattice_.size(), -1);
  partition(lattice_, land, seats, county_warp_km, seed_for(description_.seed, of_counties), county_of, 0,
            progress_);

  std::vector<std::vector<std::size_t>> cells_of_county(seats.size());
  for (const std::size_t cell : land)
    cells_of_county[static_cast<std::size_t>(county_of[cell])].push_back(cell);
  std::size_t first = 0;
  for (std::size_t county = 0; county < seats.size() && !progress_.stop_requested(); ++county) {
    Random random(seed_for(description_.seed, of_townships, county));
    const std::vector<std::size_t>& cells = cells_of_county[county];
    std::vector<std::size_t> near_seat, placed;
    for (const std::size_t cell : cells)
      if (cells_apart(lattice_, cell, seats[county].cell) < street_radius_cells) near_seat.push_back(cell);
    if (near_seat.empty()) near_seat = cells;
    std::vector<Place> places;
    for (std::size_t t = first; t < description_.townships.size() &&
                                description_.townships[t].parent_code == description_.counties[county].code;
         ++t) {
      const bool street = is_street(description_.townships[t].code);
      const std::size_t seat = placed.empty()
                                   ? seats[county].cell
                                   : best_candidate(lattice_, street ? near_seat : cells, placed, random);
      placed.push_back(seat);
      places.push_back({seat, street ? street_share : random.between(0.75, 1.3)});
      townships_.push_back({county, seat});
    }
    partition(lattice_, cells, places, township_warp_km, seed_for(description_.seed, of_townships, county, 1),
              labels_, static_cast<std::int32_t>(first), progress_);
    first += places.size();
  }
  cells_of_township_.resize(townships_.size());
  for (const std::size_t cell : land)
    if (labels_[cell] >= 0) cells_of_township_[static_cast<std::size_t>(labels_[cell])].push_back(cell);
}

bool DemoGround::well_inside(std::size_t cell, std::int32_t label, int margin) const {
  for (int dy = -margin; dy <= margin; ++dy)
    for (int dx = -margin; dx <= margin; ++dx) {
      const auto x = static_cast<std::int64_t>(lattice_.column(cell)) + dx,
                 y = static_cast<std::int64_t>(lattice_.row(cell)) + dy;
      if (x < 0 || y < 0 || x >= static_cast<std::int64_t>(lattice_.width()) ||
          y >= static_cast<std::int64_t>(lattice_.height()))
        return false;
      if (labels_[static_cast<std::size_t>(y) * lattice_.width() + static_cast<std::size_t>(x)] != label)
        return false;
    }
  return true;
}

void DemoGround::place_villages() {
  std::size_t next = 0;
  for (std::size_t t = 0; t < townships_.size(); ++t) {
    Random random(seed_for(description_.seed, of_places, t));
    std::vector<std::size_t> candidates;
    for (int margin = 3; margin >= 0 && candidates.size() < 12; --margin) {
      candidates.clear();
      for (const std::size_t cell : cells_of_township_[t])
        if (terrain_.river(cell) == Terrain::no_river &&
            well_inside(cell, static_cast<std::int32_t>(t), margin))
          candidates.push_back(cell);
    }
    // The seat keeps to its own area.
    if (std::find(candidates.begin(), candidates.end(), townships_[t].seat) == candidates.end())
      townships_[t].seat =
          *std::min_element(candidates.begin(), candidates.end(), [&](std::size_t a, std::size_t b) {
            return cells_apart(lattice_, a, townships_[t].seat) <
                   cells_apart(lattice_, b, townships_[t].seat);
          });
    std::vector<std::size_t> placed{townships_[t].seat};
    bool seat_taken = false;
    for (; next < description_.villages.size() &&
           description_.villages[next].parent_code == description_.townships[t].code;
         ++next) {
      DemoVillage village;
      village.township = t;
      village.committee = atlas::division_code::is_village_committee(description_.villages[next].code);
      // The first unit is the town itself.
      village.cell = seat_taken ? best_candidate(lattice_, candidates, placed, random) : townships_[t].seat;
      seat_taken = true;
      placed.push_back(village.cell);
      village.place = roads_.vertex(village.cell);
      if (village.committee) place_hamlets(village, seed_for(description_.seed, of_hamlets, next));
      villages_.push_back(std::move(village));
    }
  }
}

void DemoGround::place_hamlets(DemoVillage& village, std::uint64_t seed) {
  Random random(seed);
  const auto label = static_cast<std::int32_t>(village.township);
  const double sand = terrain_.sand(village.cell);
  const std::int64_t count =
      random.whole(3, 4) + (random.chance(0.25) ? 1 : 0) - (sand > 0.5 && random.chance(0.5) ? 1 : 0);
  const double reach = hamlet_reach_cells * (1 + sand);
  std::vector<std::size_t> taken{village.cell};
  for (std::int64_t i = 0; i < count; ++i) {
    std::size_t best = village.cell;
    float lowest = std::numeric_limits<float>::infinity();
    for (int attempt = 0; attempt < 9; ++attempt) {
      const double angle = random.between(0, 6.283185307179586), away = reach * std::sqrt(random.unit());
      const auto x = static_cast<std::int64_t>(static_cast<double>(lattice_.column(village.cell)) +
                                               away * std::cos(angle));
      const auto y =
          static_cast<std::int64_t>(static_cast<double>(lattice_.row(village.cell)) + away * std::sin(angle));
      if (x < 3 || y < 3 || x + 3 >= static_cast<std::int64_t>(lattice_.width()) ||
          y + 3 >= static_cast<std::int64_t>(lattice_.height()))
        continue;
      const std::size_t cell = static_cast<std::size_t>(y) * lattice_.width() + static_cast<std::size_t>(x);
      const bool free = std::find(taken.begin(), taken.end(), cell) == taken.end();
      if (!free || !well_inside(cell, label, 2) || terrain_.height_m(cell) >= lowest ||
          terrain_.river(cell) != Terrain::no_river)
        continue;
      lowest = terrain_.height_m(cell);
      best = cell;
    }
    if (best == village.cell && i > 0) continue;  // no room: one hamlet fewer
    taken.push_back(best);
    const LonLat vertex = roads_.vertex(best);
    village.hamlets.push_back({best,
                               {vertex.lon + random.between(-0.6, 0.6) * Lattice::lon_step,
                                vertex.lat + random.between(-0.6, 0.6) * Lattice::lat_step}});
  }
}

std::uint32_t DemoGround::new_route(DemoRoute route) {
  routes_.push_back(std::move(route));
  return static_cast<std::uint32_t>(routes_.size() - 1);
}

void DemoGround::lay_roads() {
  progress_.begin("laying roads", description_.highways.size() + townships_.size() + villages_.size());
  lay_highways();
  if (!progress_.stop_requested()) lay_county_roads();
  if (!progress_.stop_requested()) lay_village_roads();
}

void DemoGround::lay_highways() {
  for (const Highway& highway : description_.highways) {
    const Rank rank = highway.expressway              ? Rank::expressway
                      : highway.code.starts_with("S") ? Rank::provincial
                                                      : Rank::national;
    const std::uint32_t route = new_route({rank, highway.code, highway.name, ""});
    for (std::size_t i = 0; i + 1 < highway.via.size(); ++i)
      roads_.connect(lattice_.cell_of(highway.via[i]), lattice_.cell_of(highway.via[i + 1]), rank, route);
    progress_.advance();
  }
}

// Every town joins the roads, and its two nearest neighbours.
void DemoGround::lay_county_roads() {
  for (std::size_t t = 0; t < townships_.size() && !progress_.stop_requested(); ++t) {
    const std::string& name = description_.townships[t].name;
    std::vector<std::size_t> others(townships_.size());
    std::iota(others.begin(), others.end(), std::size_t{0});
    std::partial_sort(others.begin(), others.begin() + 3, others.end(), [&](std::size_t a, std::size_t b) {
      return cells_apart(lattice_, townships_[t].seat, townships_[a].seat) <
             cells_apart(lattice_, townships_[t].seat, townships_[b].seat);
    });
    roads_.mark_node(townships_[t].seat);
    for (std::size_t i = 1; i < 3; ++i)
      roads_.connect(townships_[t].seat, townships_[others[i]].seat, Rank::county,
                     new_route({Rank::county, "", name, description_.townships[others[i]].name}));
    progress_.advance();
  }
  for (std::size_t t = 0; t < townships_.size(); ++t) {
    const CountyFacts& county = description_.counties[townships_[t].county];
    roads_.join(townships_[t].seat, Rank::county,
                new_route({Rank::county, "", county.name, description_.townships[t].name}));
    // A group of towns that only know each other would be an island.
    if (t > 0 && townships_[t].seat != lattice_.cell_of(county.seat))
      roads_.connect(townships_[t].seat, lattice_.cell_of(county.seat), Rank::county,
                     new_route({Rank::county, "", county.name, description_.townships[t].name}));
  }
}

void DemoGround::lay_village_roads() {
  constexpr double loop_share = 0.3, loop_reach_cells = 30;
  for (std::size_t v = 0; v < villages_.size() && !progress_.stop_requested(); ++v) {
    roads_.mark_node(villages_[v].cell);
    roads_.join(villages_[v].cell, Rank::township,
                new_route({Rank::township, "", description_.villages[v].name, ""}));
    progress_.advance();
  }
  Random random(seed_for(description_.seed, of_roads, 1));
  for (std::size_t v = 0; v < villages_.size() && !progress_.stop_requested(); ++v)
    for (const DemoVillage::Hamlet& hamlet : villages_[v].hamlets) {
      if (random.chance(unconnected_share)) continue;
      roads_.mark_node(hamlet.cell);
      roads_.join(hamlet.cell, Rank::village,
                  new_route({Rank::village, "", description_.villages[v].name, ""}));
    }
  // Some villages have a second way out, to a neighbour that is not the nearest.
  for (std::size_t v = 0; v + 1 < villages_.size(); ++v) {
    if (!random.chance(loop_share)) continue;
    std::size_t best = v;
    double nearest = loop_reach_cells;
    for (std::size_t other = 0; other < villages_.size(); ++other) {
      const double apart = cells_apart(lattice_, villages_[v].cell, villages_[other].cell);
      if (other == v || apart >= nearest || villages_[other].township == villages_[v].township) continue;
      nearest = apart;
      best = other;
    }
    if (best == v) best = v + 1;
    if (cells_apart(lattice_, villages_[v].cell, villages_[best].cell) < loop_reach_cells)
      roads_.connect(villages_[v].cell, villages_[best].cell, Rank::village,
                     new_route({Rank::village, "", description_.villages[v].name, ""}));
  }
}

std::vector<LonLat> DemoGround::township_ring(std::size_t township) const {
  std::vector<std::int32_t> group(townships_.size());
  std::iota(group.begin(), group.end(), 0);
  return Borders(lattice_, labels_, description_.seed).ring(group, static_cast<std::int32_t>(township));
}

std::vector<LonLat> DemoGround::county_ring(std::size_t county) const {
  std::vector<std::int32_t> group;
  for (const DemoTownship& township : townships_) group.push_back(static_cast<std::int32_t>(township.county));
  return Borders(lattice_, labels_, description_.seed).ring(group, static_cast<std::int32_t>(county));
}

std::size_t DemoGround::county_of_cell(std::size_t cell) const {
  return labels_[cell] < 0 ? 0 : townships_[static_cast<std::size_t>(labels_[cell])].county;
}

}  // namespace xiangtu::synth
