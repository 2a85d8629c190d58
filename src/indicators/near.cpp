#include "indicators/near.hpp"

#include <cmath>
#include <limits>

#include "indicators/base_rows.hpp"

namespace xiangtu::indicators {

using atlas::Layer;
using atlas::Selection;

namespace {

constexpr double unknown = std::numeric_limits<double>::quiet_NaN();

}  // namespace

std::optional<double> parameter_value(const Parameters& parameters, std::string_view name) {
  if (name == "near_m") return parameters.near_m;
  if (name == "reach_m") return parameters.reach_m;
  if (name == "rai_m") return parameters.rai_m;
  if (name == "eligible_households") return parameters.eligible_households;
  if (name == "eligible_population") return parameters.eligible_population;
  if (name == "hardened_blocks") return parameters.hardened_blocks ? 1 : 0;
  return std::nullopt;
}

std::optional<Operand> operand_of(const table::FeatureTable& table, const Parameters& parameters,
                                  std::string_view name) {
  if (const table::Column* column = table.find(name)) {
    if (column->is_text()) return Operand{&column->text()};
    return Operand{CellsByRow{column->numbers()}};
  }
  if (const auto value = parameter_value(parameters, name)) return Operand{Constant{*value}};
  return std::nullopt;
}

const NearMeasures::Features& NearMeasures::features_of(const NearMeasure& measure) {
  const auto [entry, is_new] =
      features_.try_emplace({measure.target, measure.where ? measure.where->text() : std::string{}});
  if (!is_new) return entry->second;
  const Selection targets = rows_of(atlas_, measure.target, parameters_);
  if (!targets.layer || !targets.layer->table.has_geometry()) return entry->second;
  std::vector<RowIx> certain = targets.rows, possible;
  if (measure.where) {
    const auto resolve = [&](std::string_view name) {
      return operand_of(targets.layer->table, parameters_, name);
    };
    const std::vector<double> counts = measure.where->evaluate(targets.rows, resolve);
    certain.clear();
    for (std::size_t i = 0; i < counts.size(); ++i) {
      if (std::isnan(counts[i]))
        possible.push_back(targets.rows[i]);
      else if (counts[i] != 0)
        certain.push_back(targets.rows[i]);
    }
  }
  entry->second.certain = std::make_unique<spatial::SegmentIndex>(targets.layer->table.geometry, certain);
  entry->second.possible = std::make_unique<spatial::SegmentIndex>(targets.layer->table.geometry, possible);
  return entry->second;
}

Result<const std::vector<double>*> NearMeasures::values(const NearMeasure& measure, Base settlements,
                                                        const Selection& selection,
                                                        std::vector<Finding>& findings, Progress& progress) {
  const auto [entry, is_new] = values_.try_emplace({measure.id, settlements});
  std::vector<double>& values = entry->second;
  if (!is_new) return &values;
  values.assign(selection.layer->table.size(), unknown);
  const table::GeometryColumn& places = selection.layer->table.geometry;
  const Features& features = features_of(measure);
  if (features.certain && selection.layer->table.has_geometry()) {
    const Metres within{parameter_value(parameters_, measure.within).value_or(0)};
    std::vector<RowIx> placed, doubtful;
    for (const RowIx row : selection.rows)
      if (!places.empty_at(row.value)) placed.push_back(row);
    const auto certain = spatial::within_distance(places, placed, *features.certain, within, progress);
    if (!certain) return certain.issue();
    for (std::size_t i = 0; i < placed.size(); ++i) {
      values[placed[i].value] = (*certain)[i];
      if ((*certain)[i] == 0) doubtful.push_back(placed[i]);
    }
    if (!features.possible->empty()) {
      const auto possible = spatial::within_distance(places, doubtful, *features.possible, within, progress);
      if (!possible) return possible.issue();
      for (std::size_t i = 0; i < doubtful.size(); ++i)
        if ((*possible)[i] != 0) values[doubtful[i].value] = unknown;
    }
  }
  if (!measure.ledger.empty()) prefer_ledger(measure, selection, values, findings);
  return &values;
}

void NearMeasures::prefer_ledger(const NearMeasure& measure, const Selection& selection,
                                 std::vector<double>& values, std::vector<Finding>& findings) const {
  const table::FeatureTable& table = selection.layer->table;
  const table::Column* flags = table.find(measure.ledger);
  if (!flags || flags->is_text()) return;
  Finding disagreement{"reach.disagrees",
                       Severity::note,
                       table.source.path,
                       table.source.layer,
                       measure.ledger,
                       Message("the ledger's flag and the measured reach differ; the flag is followed"),
                       {}};
  for (const RowIx row : selection.rows) {
    const double flag = flags->numbers()[row.value];
    if (std::isnan(flag)) continue;
    double& value = values[row.value];
    if (!std::isnan(value) && (value != 0) != (flag != 0))
      disagreement.rows.push_back(table.row_ids[row.value]);
    value = flag != 0 ? 1 : 0;
  }
  if (!disagreement.rows.empty()) findings.push_back(std::move(disagreement));
}

}  // namespace xiangtu::indicators
