#include "indicators/near.hpp"

#include <cmath>
#include <limits>

#include "indicators/base_rows.hpp"

namespace xiangtu::indicators {

using atlas::Layer;
using atlas::Selection;
using spatial::Counts;

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

const spatial::SegmentIndex* NearMeasures::index_of(Base target, const Progress& progress) {
  const auto [entry, is_new] = indexes_.try_emplace(target);
  const Layer* layer = rows_of(atlas_, target, parameters_).layer;
  if (is_new && layer && layer->table.has_geometry())
    entry->second = std::make_unique<spatial::SegmentIndex>(layer->table.geometry, progress);
  return entry->second.get();
}

std::vector<Counts> counts_of(const NearMeasure& measure, const atlas::Atlas& atlas,
                              const Parameters& parameters, const Progress& progress) {
  const Selection targets = rows_of(atlas, measure.target, parameters);
  std::vector<Counts> counts(targets.layer->table.size(), Counts::no);
  if (!measure.where) {
    for (const RowIx row : targets.rows) counts[row.value] = Counts::yes;
    return counts;
  }
  const std::vector<double> where = measure.where->evaluate(
      targets.rows, [&](std::string_view name) { return operand_of(targets.layer->table, parameters, name); },
      progress);
  for (std::size_t i = 0; i < where.size(); ++i)
    counts[targets.rows[i].value] = std::isnan(where[i]) ? Counts::maybe
                                    : where[i] != 0      ? Counts::yes
                                                         : Counts::no;
  return counts;
}

Status NearMeasures::compute(std::span<const NearMeasure* const> measures, Base settlements,
                             const Selection& selection, std::vector<Finding>& findings, Progress& progress) {
  using Question = std::pair<Base, double>;  // whose features, within how many metres
  std::map<Question, std::vector<const NearMeasure*>> groups;
  for (const NearMeasure* measure : measures)
    groups[{measure->target, parameter_value(parameters_, measure->within).value_or(0)}].push_back(measure);
  for (const auto& [question, group] : groups)
    if (const Status done = measure_group(group, {question.second}, settlements, selection, progress); !done)
      return done;
  for (const NearMeasure* measure : measures)
    if (!measure->ledger.empty())
      prefer_ledger(*measure, selection, values_.at({measure->id, settlements}), findings);
  return {};
}

// Measures of the same features within the same distance, in one pass over the settlements.
Status NearMeasures::measure_group(const std::vector<const NearMeasure*>& group, Metres within,
                                   Base settlements, const Selection& selection, Progress& progress) {
  const table::FeatureTable& table = selection.layer->table;
  for (const NearMeasure* measure : group) values_[{measure->id, settlements}].assign(table.size(), unknown);
  const spatial::SegmentIndex* features = index_of(group.front()->target, progress);
  if (progress.stop_requested()) return cancelled_issue();
  if (!features || !table.has_geometry()) return {};
  std::vector<RowIx> placed;
  for (const RowIx row : selection.rows)
    if (!table.geometry.empty_at(row.value)) placed.push_back(row);
  std::vector<std::vector<Counts>> counts;
  for (const NearMeasure* measure : group) {
    if (progress.stop_requested()) return cancelled_issue();
    counts.push_back(counts_of(*measure, atlas_, parameters_, progress));
  }
  const std::vector<std::span<const Counts>> questions(counts.begin(), counts.end());
  const auto found = spatial::within_distance(table.geometry, placed, *features, questions, within, progress);
  if (!found) return found.issue();
  for (std::size_t k = 0; k < group.size(); ++k) {
    std::vector<double>& values = values_[{group[k]->id, settlements}];
    for (std::size_t i = 0; i < placed.size(); ++i)
      if ((*found)[k][i] != Counts::maybe) values[placed[i].value] = (*found)[k][i] == Counts::yes ? 1 : 0;
  }
  return {};
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
