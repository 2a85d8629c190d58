#include "indicators/evaluation.hpp"

#include <algorithm>
#include <iterator>
#include <optional>
#include <utility>

#include "base/parallel.hpp"
#include "indicators/base_rows.hpp"
#include "indicators/row_shares.hpp"

namespace xiangtu::indicators {

using atlas::Atlas;
using atlas::Level;

namespace {

Message nothing_known(const std::vector<std::string>& missing_fields, const BaseRows& base) {
  if (missing_fields.empty()) return Message("unknown for every feature");
  return Message("layer {0} has no field {1}", base.layer->table.source.layer, missing_fields.front());
}

// Why a figure has no value.
enum class Missing : std::uint8_t { nothing, too_deep, nothing_to_count, nothing_known };

Missing missing_of(const Definition& definition, const Sums& sums, bool misses_fields) {
  const bool counts_nothing = sums.known + sums.unknown == 0;
  if (counts_nothing && definition.info.fraction)
    return misses_fields ? Missing::nothing_known : Missing::nothing_to_count;
  if (counts_nothing && misses_fields && definition.weight) return Missing::nothing_known;
  return !counts_nothing && sums.known == 0 ? Missing::nothing_known : Missing::nothing;
}

// One indicator's figures for some units, and what is said of the rows that they are counted from.
class ColumnEvaluator {
 public:
  ColumnEvaluator(const Atlas& atlas, const Ground& ground, const Definition& definition,
                  const Progress& progress)
      : atlas_(atlas),
        ground_(ground),
        definition_(definition),
        progress_(progress),
        rows_(ground.rows(definition.base)) {}

  std::vector<Finding> findings;

  FigureColumn column(std::span<const UnitIx> units) {
    if (!rows_.layer)
      return FigureColumn{Message("no layer of the role {0} in the sources",
                                  table::role_name(roles_of(definition_.base).front()))};
    const std::string& layer = rows_.layer->table.source.layer;
    if (definition_.base == Base::roads && rows_.rows.empty() && rows_.layer->table.size() > 0)
      return FigureColumn{Message("no row of layer {0} has a usable geometry", layer)};
    const std::vector<Sums> of_unit = sum_up();
    std::vector<Sums> sums(units.size());
    std::vector<std::uint8_t> reason_of(units.size(), 0);
    for (std::size_t row = 0; row < units.size(); ++row) {
      const bool too_deep = atlas_.hierarchy[units[row]].level > rows_.deepest && !rows_.rows.empty();
      if (!too_deep) sums[row] = of_unit[units[row].value];
      reason_of[row] = static_cast<std::uint8_t>(
          too_deep ? Missing::too_deep : missing_of(definition_, sums[row], !missing_names_.empty()));
    }
    if (std::all_of(reason_of.begin(), reason_of.end(), [](std::uint8_t reason) { return reason == 0; }))
      return FigureColumn::of(std::move(sums));
    return FigureColumn::of(std::move(sums),
                            {Message("layer {0} is not placed at units of this level", layer),
                             Message("nothing to count here"), nothing_known(missing_names_, rows_)},
                            std::move(reason_of));
  }

 private:
  std::vector<Sums> sum_up() {
    RowShares shares(ground_, definition_);
    std::vector<std::size_t> membership_unknown, weight_missing, exceeding;  // positions
    std::vector<Sums> sums(atlas_.hierarchy.size());
    shares.for_each(progress_, [&](std::size_t position, const RowShare& share) {
      if (share.verdict == Verdict::membership_unknown) membership_unknown.push_back(position);
      if (share.verdict == Verdict::weight_missing) weight_missing.push_back(position);
      if (share.is_left_out()) return;
      if (share.exceeds_whole()) exceeding.push_back(position);
      add(sums[rows_.units[position].value], share.sums, definition_.aggregate);
    });
    for (std::size_t unit = sums.size() - 1; unit > 0; --unit)
      add(sums[atlas_.hierarchy[UnitIx{unit}].parent.value], sums[unit], definition_.aggregate);

    missing_names_ = shares.missing_names();
    report(membership_unknown, "base.unknown", Severity::warning,
           Message("{0}: not known whether the row belongs to what is counted; it is left out",
                   definition_.info.id));
    if (!shares.misses_weight())
      report(weight_missing, "weight.missing", Severity::warning,
             Message("{0}: '{1}' is missing; the row is left out", definition_.info.id,
                     definition_.weight ? definition_.weight->text() : ""));
    report(exceeding, "part.exceeds_whole", Severity::error,
           Message("{0}: the part is larger than the whole; check the row", definition_.info.id));
    return sums;
  }

  // Lists positions of the base as rows of its source, each row once.
  void report(const std::vector<std::size_t>& positions, const char* id, Severity severity, Message message) {
    if (positions.empty()) return;
    const table::FeatureTable& table = rows_.layer->table;
    Finding finding{id, severity, table.source.path, table.source.layer, "", std::move(message), {}};
    for (const std::size_t i : positions) finding.rows.push_back(table.row_ids[rows_.rows[i].value]);
    std::sort(finding.rows.begin(), finding.rows.end());
    finding.rows.erase(std::unique(finding.rows.begin(), finding.rows.end()), finding.rows.end());
    findings.push_back(std::move(finding));
  }

  const Atlas& atlas_;
  const Ground& ground_;
  const Definition& definition_;
  const Progress& progress_;
  const BaseRows& rows_;
  std::vector<std::string> missing_names_;
};

std::vector<UnitIx> units_of(const atlas::Hierarchy& hierarchy, const std::vector<Level>& levels) {
  std::vector<UnitIx> units{atlas::Hierarchy::total()};
  for (const Level level : {Level::county, Level::township, Level::village}) {
    if (std::find(levels.begin(), levels.end(), level) == levels.end()) continue;
    const auto of_level = hierarchy.at_level(level);
    units.insert(units.end(), of_level.begin(), of_level.end());
  }
  return units;
}

class NeedsCollector {
 public:
  NeedsCollector(const Definitions& definitions, const Available& available)
      : definitions_(definitions), available_(available) {}

  void add(const Definition& definition) {
    add_base(definition.base);
    if (definition.base == Base::roads) {
      locate(Base::roads);
      needs_.boundaries = true;
    }
    for (const Expression* expression : expressions_of(definition)) add_names(*expression, definition.base);
  }
  Needs take() { return std::move(needs_); }

 private:
  void add_base(Base base) {
    for (const table::Role role : serving_roles(base, available_)) needs_.roles.insert(role);
  }
  void locate(Base base) {
    for (const table::Role role : serving_roles(base, available_)) needs_.located.insert(role);
  }
  void add_names(const Expression& expression, Base base) {
    for (const std::string& name : expression.names()) {
      const NearMeasure* measure = definitions_.near_measure(name);
      if (!measure) {
        needs_.fields.insert(name);
        continue;
      }
      add_base(measure->target);
      locate(measure->target);
      locate(base);
      if (measure->where) add_names(*measure->where, measure->target);
      if (!measure->ledger.empty()) needs_.fields.insert(measure->ledger);
    }
  }

  const Definitions& definitions_;
  const Available& available_;
  Needs needs_;
};

}  // namespace

Needs needs_of(const std::vector<const Definition*>& indicators, const Definitions& definitions,
               const Available& available) {
  NeedsCollector collector(definitions, available);
  for (const Definition* definition : indicators) collector.add(*definition);
  return collector.take();
}

Result<Evaluation> evaluate(const Atlas& atlas, const Definitions& definitions,
                            const std::vector<const Definition*>& indicators,
                            const std::vector<Level>& levels, const Parameters& parameters,
                            Progress& progress) {
  Ground ground(atlas, definitions, parameters);
  if (const Status prepared = ground.prepare(indicators, progress); !prepared) return prepared.issue();
  return evaluate(atlas, ground, indicators, levels, progress);
}

Result<Evaluation> evaluate(const Atlas& atlas, const Ground& ground,
                            const std::vector<const Definition*>& indicators,
                            const std::vector<Level>& levels, Progress& progress) {
  Evaluation evaluation;
  CoverageTable& table = evaluation.table;
  table.units = units_of(atlas.hierarchy, levels);
  table.columns.resize(indicators.size());
  std::vector<std::vector<Finding>> findings(indicators.size());
  progress.begin("computing indicators", indicators.size());
  parallel_for(indicators.size(), 1, progress, [&](std::size_t begin, std::size_t end) {
    for (std::size_t k = begin; k < end && !progress.stop_requested(); ++k) {
      ColumnEvaluator evaluator(atlas, ground, *indicators[k], progress);
      table.columns[k] = evaluator.column(table.units);
      findings[k] = std::move(evaluator.findings);
      progress.advance();
    }
  });
  if (progress.stop_requested()) return cancelled_issue();
  evaluation.findings = ground.findings;
  for (std::size_t k = 0; k < indicators.size(); ++k) {
    table.indicators.push_back(indicators[k]->info);
    std::move(findings[k].begin(), findings[k].end(), std::back_inserter(evaluation.findings));
  }
  return evaluation;
}

}  // namespace xiangtu::indicators
