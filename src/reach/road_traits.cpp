#include "reach/road_traits.hpp"

#include <cmath>
#include <limits>
#include <optional>
#include <string>
#include <utility>

#include "atlas/layer_finding.hpp"
#include "table/cells.hpp"

namespace xiangtu::reach {

using network::Direction;
using table::FeatureTable;

namespace {

// The words that a field of roads can have, and what they mean.
template <class Value>
struct Words {
  std::string_view field;
  std::vector<std::pair<std::string_view, Value>> meanings;
  Message unknown;  // what becomes of a row with another word, which is listed

  std::optional<Value> meaning_of(std::string_view word) const {
    for (const auto& [name, value] : meanings)
      if (name == word) return value;
    return std::nullopt;
  }
};

// By row; none where nothing is said or nobody knows what. Empty: no such field.
template <class Value>
std::vector<std::optional<Value>> read(const FeatureTable& roads, const Words<Value>& words,
                                       std::vector<Finding>& findings) {
  const table::Column* column = roads.find(words.field);
  if (!column || !column->is_text()) return {};
  const table::TextColumn& texts = column->text();
  std::vector<std::optional<Value>> meanings;
  for (std::uint32_t entry = 0; entry < texts.dictionary.size(); ++entry)
    meanings.push_back(words.meaning_of(texts.dictionary[entry]));
  Finding unknown = atlas::finding_of(roads, std::string{words.field} + ".unknown", Severity::warning,
                                      std::string{words.field}, words.unknown);
  std::vector<std::optional<Value>> values(roads.size());
  for (std::size_t row = 0; row < values.size(); ++row) {
    if (!texts.has(row)) continue;
    values[row] = meanings[texts.entries[row]];
    if (!values[row]) unknown.rows.push_back(roads.row_ids[row]);
  }
  atlas::keep(std::move(unknown), findings);
  return values;
}

Message on_the_ground() {
  return Message("nobody knows what this value means: the road counts as one on the ground");
}

// A row's own level; none where it has none or one that is no level, which is listed.
std::vector<std::optional<std::int8_t>> own_levels(const FeatureTable& roads,
                                                   std::vector<Finding>& findings) {
  const std::span<const double> numbers = numbers_of(roads, "level");
  std::vector<std::optional<std::int8_t>> levels(numbers.size());
  Finding unknown = atlas::finding_of(roads, "level.unknown", Severity::warning, "level", on_the_ground());
  Finding aloft = atlas::finding_of(
      roads, "level.most", Severity::warning, "level",
      Message("by this field most roads lie above or below the ground, where they do not join "
              "roads of other levels that they cross; if it means something else, say in a "
              "mapping file what"));
  for (std::size_t row = 0; row < numbers.size(); ++row) {
    if (std::isnan(numbers[row])) continue;
    if (numbers[row] != std::round(numbers[row]) ||
        std::abs(numbers[row]) > std::numeric_limits<std::int8_t>::max()) {
      unknown.rows.push_back(roads.row_ids[row]);
      continue;
    }
    levels[row] = static_cast<std::int8_t>(numbers[row]);
    if (*levels[row] != 0) aloft.rows.push_back(roads.row_ids[row]);
  }
  atlas::keep(std::move(unknown), findings);
  if (aloft.rows.size() * 2 > roads.size()) atlas::keep(std::move(aloft), findings);
  return levels;
}

std::vector<std::int8_t> levels_of(const FeatureTable& roads, std::vector<Finding>& findings) {
  const auto own = own_levels(roads, findings);
  const auto bridge =
      read<bool>(roads, {"bridge", {{"yes", true}, {"no", false}}, on_the_ground()}, findings);
  const auto tunnel = read<bool>(
      roads, {"tunnel", {{"yes", true}, {"roofed", false}, {"no", false}}, on_the_ground()}, findings);
  if (own.empty() && bridge.empty() && tunnel.empty()) return {};
  Finding both = atlas::finding_of(roads, "bridge.tunnel", Severity::note, "bridge",
                                   Message("a bridge and a tunnel at once: the road counts as a bridge"));
  std::vector<std::int8_t> levels(roads.size());
  for (std::size_t row = 0; row < levels.size(); ++row) {
    const bool on_bridge = !bridge.empty() && bridge[row].value_or(false),
               in_tunnel = !tunnel.empty() && tunnel[row].value_or(false);
    const bool known = !own.empty() && own[row];
    if (on_bridge && in_tunnel && !known) both.rows.push_back(roads.row_ids[row]);
    levels[row] = known ? *own[row] : static_cast<std::int8_t>(on_bridge ? 1 : in_tunnel ? -1 : 0);
  }
  atlas::keep(std::move(both), findings);
  return levels;
}

std::vector<Direction> directions_of(const FeatureTable& roads, std::vector<Finding>& findings) {
  const auto own = read<Direction>(
      roads,
      {"oneway",
       {{"both", Direction::both}, {"forward", Direction::forward}, {"backward", Direction::backward}},
       Message("nobody knows what this value means: the road counts as travelled both ways")},
      findings);
  const std::span<const double> roundabout = numbers_of(roads, "roundabout");
  if (own.empty() && roundabout.empty()) return {};
  std::vector<Direction> directions(roads.size(), Direction::both);
  for (std::size_t row = 0; row < directions.size(); ++row)
    if (!own.empty() && own[row])
      directions[row] = *own[row];
    else if (!roundabout.empty() && roundabout[row] == 1)
      directions[row] = Direction::forward;
  return directions;
}

}  // namespace

RoadTraits road_traits(const atlas::Layer& roads) {
  RoadTraits traits;
  traits.levels = levels_of(roads.table, traits.findings);
  traits.directions = directions_of(roads.table, traits.findings);
  return traits;
}

}  // namespace xiangtu::reach
