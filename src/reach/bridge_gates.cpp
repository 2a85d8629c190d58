#include "reach/bridge_gates.hpp"

#include <algorithm>
#include <cmath>
#include <string_view>
#include <utility>

#include "base/parallel.hpp"
#include "geodesy/measure.hpp"
#include "network/attachment.hpp"

namespace xiangtu::reach {

using geodesy::LonLat;
using network::LinePlace;
using network::NearestPlace;

namespace {

constexpr std::size_t bridges_per_task = 64;

const table::TextColumn* text_column(const table::FeatureTable& table, std::string_view name) {
  const table::Column* column = table.find(name);
  return column && column->is_text() ? &column->text() : nullptr;
}

class BridgePlacing {
 public:
  BridgePlacing(const table::FeatureTable& bridges, const table::FeatureTable& roads, Metres within,
                const Progress& progress)
      : bridges_(bridges),
        lines_(roads.geometry),
        within_(within),
        parts_(lines_, {}),
        index_(lines_, parts_, progress),
        road_codes_(text_column(roads, "code")),
        named_codes_(text_column(bridges, "road_code")) {}

  std::vector<LinePlace> places_of(std::size_t bridge) const {
    if (bridges_.geometry.empty_at(bridge)) return {};
    const std::vector<NearestPlace> near =
        network::places_within(index_, parts_, lines_, {}, bridges_.geometry.representative(bridge), within_);
    if (near.empty()) return {};
    const NearestPlace* own = &near.front();
    for (auto place = near.rbegin(); place != near.rend(); ++place)
      if (is_named(bridge, place->road)) own = &*place;
    std::vector<LinePlace> places{own->place};
    for (const NearestPlace& other : near)
      if (&other != own && run_along(*own, other)) places.push_back(other.place);
    return places;
  }

 private:
  bool is_named(std::size_t bridge, std::uint32_t road) const {
    return named_codes_ && road_codes_ && named_codes_->has(bridge) &&
           road_codes_->at(parts_.rows[road].value) == named_codes_->at(bridge);
  }

  // At one position, and in one direction or in opposite ones: within some degrees.
  bool run_along(const NearestPlace& a, const NearestPlace& b) const {
    constexpr Metres one_place{0.1};
    constexpr double most_sine = 0.1;
    if (geodesy::distance(network::position_of(lines_, a.place), network::position_of(lines_, b.place)) >
        one_place)
      return false;
    const Direction u = direction_of(a.segment), v = direction_of(b.segment);
    return std::abs(u.east * v.north - u.north * v.east) <=
           most_sine * std::hypot(u.east, u.north) * std::hypot(v.east, v.north);
  }

  struct Direction {
    double east, north;
  };
  Direction direction_of(std::uint32_t segment) const {
    constexpr double degree = 0.017453292519943295;
    const LonLat a = lines_.vertices()[segment], b = lines_.vertices()[segment + 1];
    return {(b.lon - a.lon) * std::cos(a.lat * degree), b.lat - a.lat};
  }

  const table::FeatureTable& bridges_;
  const table::GeometryColumn& lines_;
  Metres within_;
  network::RoadParts parts_;
  network::RunIndex index_;
  const table::TextColumn* road_codes_;
  const table::TextColumn* named_codes_;
};

}  // namespace

BridgeGates bridge_gates(const atlas::Layer& bridges, const atlas::Layer& roads,
                         std::span<const std::uint8_t> asked, Metres within, std::vector<Finding>& findings,
                         const Progress& progress) {
  const table::FeatureTable& table = bridges.table;
  const BridgePlacing placing(table, roads.table, within, progress);
  std::vector<std::vector<LinePlace>> places(table.size());
  if (table.has_geometry())
    parallel_for(table.size(), bridges_per_task, progress, [&](std::size_t begin, std::size_t end) {
      for (std::size_t row = begin; row < end; ++row)
        if (asked[row] != 0) places[row] = placing.places_of(row);
    });
  Finding off_road{"bridge.off_road",
                   Severity::warning,
                   table.source.path,
                   table.source.layer,
                   "",
                   Message("no road within {0} m of the bridge: closing it closes nothing", within.value),
                   {}};
  BridgeGates gates;
  for (std::size_t row = 0; row < table.size(); ++row) {
    if (asked[row] == 0) continue;
    if (places[row].empty()) off_road.rows.push_back(table.row_ids[row]);
    for (const LinePlace place : places[row]) {
      gates.places.push_back(place);
      gates.bridges.push_back(RowIx(row));
    }
  }
  if (!off_road.rows.empty()) findings.push_back(std::move(off_road));
  return gates;
}

}  // namespace xiangtu::reach
