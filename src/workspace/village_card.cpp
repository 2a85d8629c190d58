#include "workspace/village_card.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "base/parallel.hpp"
#include "indicators/base_rows.hpp"
#include "indicators/near.hpp"

namespace xiangtu::workspace {

using atlas::Layer;
using indicators::Base;
using indicators::Definition;
using indicators::NearMeasure;
using spatial::Counts;
using table::Role;

namespace {

constexpr std::size_t places_per_task = 256;
constexpr const char* hardened_measure = "near_hardened";
// A ring after the other, so that a near feature is found among few.
constexpr std::array<double, 5> rings_m{500, 2000, 8000, 32'000, search_limit.value};

bool counts_villages(Base base) {
  using enum Base;
  return base == natural_villages || base == admin_villages || base == communities || base == village_units ||
         base == settlements || base == household_villages;
}

std::optional<double> number_of(const table::FeatureTable& table, std::string_view field, RowIx row) {
  const table::Column* column = table.find(field);
  if (!column || column->is_text() || column->missing(row.value)) return std::nullopt;
  return column->numbers()[row.value];
}

std::string text_of(const table::FeatureTable& table, std::string_view field, RowIx row) {
  const table::Column* column = table.find(field);
  return column ? column->shown(row.value) : std::string{};
}

std::optional<geodesy::LonLat> position_of(const table::FeatureTable& table, RowIx row) {
  if (!table.has_geometry() || table.geometry.empty_at(row.value)) return std::nullopt;
  return table.geometry.representative(row.value);
}

Service state_of(double served, double whole) {
  if (std::isnan(served) || std::isnan(whole) || whole <= 0) return Service::unknown;
  return served >= whole ? Service::served : served <= 0 ? Service::unserved : Service::partly;
}

// Evaluates a definition's expressions for one row.
class RowEvaluator {
 public:
  RowEvaluator(const Layer& layer, RowIx row, const indicators::Parameters& parameters)
      : layer_(layer), row_(row), parameters_(parameters) {}

  // None: an expression speaks of a field that the layer does not have, or of a measure; or the row is not
  // counted.
  std::optional<VillageService> service(const Definition& definition) const {
    for (const auto* expression : {&definition.where, &definition.weight, &definition.part, &definition.when})
      if (*expression && !can_say(**expression)) return std::nullopt;
    if (definition.where && value(*definition.where) != 1) return std::nullopt;
    VillageService service{&definition, Service::unknown, {}, {}, false};
    if (definition.when) {
      service.state = state_of(value(*definition.when), 1);
      return service;
    }
    const double whole = definition.weight ? value(*definition.weight) : 1, served = value(*definition.part);
    service.state = state_of(served, whole);
    if (service.state != Service::unknown) {
      service.served = served;
      service.whole = whole;
    }
    return service;
  }

 private:
  bool can_say(const indicators::Expression& expression) const {
    return std::all_of(expression.names().begin(), expression.names().end(), [&](const std::string& name) {
      return indicators::operand_of(layer_.table, parameters_, name).has_value();
    });
  }
  double value(const indicators::Expression& expression) const {
    return expression.evaluate({&row_, 1}, [&](std::string_view name) {
      return indicators::operand_of(layer_.table, parameters_, name);
    })[0];
  }

  const Layer& layer_;
  RowIx row_;
  const indicators::Parameters& parameters_;
};

}  // namespace

bool is_village_role(Role role) {
  return role == Role::villages || role == Role::natural_villages || role == Role::admin_villages;
}

Result<VillageSurroundings> VillageSurroundings::build(std::shared_ptr<const atlas::Atlas> atlas,
                                                       std::shared_ptr<const Workspace> workspace,
                                                       const indicators::Parameters& parameters,
                                                       Progress& progress) {
  VillageSurroundings built;
  built.atlas_ = std::move(atlas);
  built.workspace_ = std::move(workspace);
  built.parameters_ = parameters;
  progress.begin("looking around villages", 0);
  for (const Role role : {Role::roads, Role::bridges, Role::water_projects})
    built.add_features(role, progress);
  built.add_measures(progress);
  if (progress.stop_requested()) return cancelled_issue();
  return built;
}

void VillageSurroundings::add_features(Role role, const Progress& progress) {
  const Layer* layer = atlas_->layer(role);
  if (!layer || !layer->table.has_geometry()) return;
  features_.push_back({layer, std::make_unique<spatial::SegmentIndex>(layer->table.geometry, progress), {}});
}

// The measures that the indicators name, of features that there are.
void VillageSurroundings::add_measures(const Progress& progress) {
  const indicators::Definitions& definitions = workspace_->definitions();
  for (const Definition& definition : definitions.indicators())
    for (const auto* expression : {&definition.where, &definition.weight, &definition.part, &definition.when})
      for (const std::string& name : *expression ? (*expression)->names() : std::set<std::string>{}) {
        const NearMeasure* measure = definitions.near_measure(name);
        const auto is_measure = [&](const Measure& other) { return other.definition == measure; };
        if (!measure || std::any_of(measures_.begin(), measures_.end(), is_measure)) continue;
        const Layer* target = indicators::rows_of(*atlas_, measure->target, parameters_).layer;
        for (std::size_t i = 0; i < features_.size(); ++i)
          if (features_[i].layer == target)
            measures_.push_back(
                {measure, i, indicators::counts_of(*measure, *atlas_, parameters_, progress)});
      }
  for (const Measure& measure : measures_)
    if (measure.definition->id == hardened_measure) features_[measure.features].counts = measure.counts;
}

NearestFeature VillageSurroundings::nearest(const Features& features, geodesy::LonLat from,
                                            Counts at_least) const {
  for (const double ring_m : rings_m) {
    const auto found = features.index->nearest(from, {ring_m}, features.counts, at_least);
    if (found.row.exists()) return {features.layer, found.row, found.distance, found.at};
  }
  return {features.layer, RowIx::none(), {std::numeric_limits<double>::infinity()}, from};
}

VillageCard VillageSurroundings::card(const Layer& layer, RowIx row) const {
  const table::FeatureTable& table = layer.table;
  VillageCard card;
  card.layer = &layer;
  card.row = row;
  card.unit = layer.unit_of.empty() ? atlas::Hierarchy::total() : layer.unit_of[row.value];
  card.name = text_of(table, "name", row);
  card.code = text_of(table, "code", row);
  card.population = number_of(table, "population", row);
  card.households = number_of(table, "households", row);
  card.position = position_of(table, row);
  card.services = services(layer, row);
  card.reach = reach(card);
  if (card.position)
    for (const Features& features : features_)
      card.nearest.push_back(nearest(features, *card.position, Counts::yes));
  return card;
}

// What the row itself can say; of the rest, what the village unit it belongs to says.
std::vector<VillageService> VillageSurroundings::services(const Layer& layer, RowIx row) const {
  std::vector<VillageService> found;
  const RowEvaluator own(layer, row, parameters_);
  const atlas::Selection units =
      atlas_->rows_that_are(layer.unit_of.empty() ? UnitIx{} : layer.unit_of[row.value]);
  const bool has_unit = units.layer && units.layer != &layer && is_village_role(units.layer->role);
  const auto selected = workspace_->definitions().select("coverage", {});
  if (!selected) return found;
  for (const Definition* definition : *selected) {
    if (!definition->info.fraction || !counts_villages(definition->base)) continue;
    std::optional<VillageService> service = own.service(*definition);
    if (!service && has_unit) {
      service = RowEvaluator(*units.layer, units.rows.front(), parameters_).service(*definition);
      if (service) service->of_village_unit = true;
    }
    if (service) found.push_back(*service);
  }
  return found;
}

std::vector<VillageReach> VillageSurroundings::reach(const VillageCard& card) const {
  std::vector<VillageReach> found;
  for (const Measure& measure : measures_) {
    VillageReach reach{measure.definition,
                       {indicators::parameter_value(parameters_, measure.definition->within).value_or(0)},
                       Counts::maybe,
                       std::nullopt};
    if (card.position)
      reach.measured =
          features_[measure.features].index->within(*card.position, reach.within, measure.counts);
    if (!measure.definition->ledger.empty())
      if (const auto flag = number_of(card.layer->table, measure.definition->ledger, card.row))
        reach.ledger = *flag != 0;
    found.push_back(reach);
  }
  return found;
}

Result<VillageDistances> VillageSurroundings::distances(Progress& progress) const {
  const atlas::Selection settlements = indicators::rows_of(*atlas_, Base::settlements, parameters_);
  const auto roads = std::find_if(features_.begin(), features_.end(), [](const Features& features) {
    return features.layer->role == Role::roads;
  });
  VillageDistances found;
  if (!settlements.layer || roads == features_.end()) return found;
  constexpr double unknown = std::numeric_limits<double>::quiet_NaN();
  found.layer = settlements.layer;
  found.rows = settlements.rows;
  found.hardened_m.assign(found.rows.size(), unknown);
  found.possibly_m.assign(found.rows.size(), unknown);
  progress.begin("measuring reach", found.rows.size());
  parallel_for(found.rows.size(), places_per_task, progress, [&](std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end && !progress.stop_requested(); ++i) {
      const auto position = position_of(found.layer->table, found.rows[i]);
      if (!position) continue;
      found.hardened_m[i] = nearest(*roads, *position, Counts::yes).distance.value;
      found.possibly_m[i] = nearest(*roads, *position, Counts::maybe).distance.value;
    }
    progress.advance(end - begin);
  });
  if (progress.stop_requested()) return cancelled_issue();
  return found;
}

}  // namespace xiangtu::workspace
