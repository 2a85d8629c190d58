#include "indicators/bridge_gates.hpp"

#include <algorithm>
#include <cmath>
#include <string_view>
#include <utility>

#include "base/parallel.hpp"
#include "geodesy/measure.hpp"
#include "network/attachment.hpp"

namespace xiangtu::indicators {

using geodesy::LonLat;
using network::LinePlace;
using network::NearestPlace;
using spatial::Counts;

namespace {

constexpr std::size_t bridges_per_task = 64;

const table::TextColumn* text_column(const table::FeatureTable& table, std::string_view name) {
  const table::Column* column = table.find(name);
  return column && column->is_text() ? &column->text() : nullptr;
}

std::vector<Counts> closed_of(const table::FeatureTable& bridges, std::span<const int> closed_classes) {
  std::vector<Counts> closed(bridges.size(), Counts::maybe);
  const table::Column* classes = bridges.find("condition_class");
  if (!classes || classes->is_text()) return closed;
  for (std::size_t row = 0; row < closed.size(); ++row) {
    const double known = classes->numbers()[row];
    if (std::isnan(known)) continue;
    const bool is_closed = std::any_of(closed_classes.begin(), closed_classes.end(),
                                       [&](int condition_class) { return condition_class == known; });
    closed[row] = is_closed ? Counts::yes : Counts::no;
  }
  return closed;
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

Finding finding_of(const table::FeatureTable& bridges, const char* id, const char* field, Message message) {
  return {id, Severity::warning, bridges.source.path, bridges.source.layer, field, std::move(message), {}};
}

}  // namespace

BridgeGates bridge_gates(const atlas::Layer& bridges, const atlas::Layer& roads,
                         std::span<const int> closed_classes, Metres within, std::vector<Finding>& findings,
                         const Progress& progress) {
  const table::FeatureTable& table = bridges.table;
  const std::vector<Counts> closed = closed_of(table, closed_classes);
  const BridgePlacing placing(table, roads.table, within, progress);
  std::vector<std::vector<LinePlace>> places(table.size());
  if (table.has_geometry())
    parallel_for(table.size(), bridges_per_task, progress, [&](std::size_t begin, std::size_t end) {
      for (std::size_t row = begin; row < end; ++row)
        if (closed[row] != Counts::no) places[row] = placing.places_of(row);
    });
  Finding off_road =
      finding_of(table, "bridge.off_road", "",
                 Message("no road within {0} m of the bridge: closing it closes nothing", within.value));
  Finding without_class = finding_of(
      table, "bridge.class_unknown", "condition_class",
      Message("the bridge's condition class is not known: it may be closed or open; villages that depend "
              "on it are unknown"));
  BridgeGates gates;
  for (std::size_t row = 0; row < table.size(); ++row) {
    if (closed[row] == Counts::no) continue;
    if (places[row].empty()) off_road.rows.push_back(table.row_ids[row]);
    if (closed[row] == Counts::maybe) without_class.rows.push_back(table.row_ids[row]);
    for (const LinePlace place : places[row]) {
      gates.places.push_back(place);
      gates.closed.push_back(closed[row]);
    }
  }
  for (Finding* finding : {&off_road, &without_class})
    if (!finding->rows.empty()) findings.push_back(std::move(*finding));
  return gates;
}

}  // namespace xiangtu::indicators
