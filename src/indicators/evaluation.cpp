#include "indicators/evaluation.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "base/parallel.hpp"
#include "indicators/base_rows.hpp"
#include "indicators/near.hpp"

namespace xiangtu::indicators {

using atlas::Atlas;
using atlas::Level;

namespace {

void add(Sums& to, const Sums& other, Aggregate aggregate) {
  const auto join = [&](double a, double b) {
    return aggregate == Aggregate::maximum ? std::max(a, b) : a + b;
  };
  to.numerator = join(to.numerator, other.numerator);
  to.known = join(to.known, other.known);
  to.unknown = join(to.unknown, other.unknown);
}

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

// What is shared by the indicators: rows by base, measures of settlements. Prepared before the indicators are
// computed beside each other, then read only.
class Ground {
 public:
  Ground(const Atlas& atlas, const Definitions& definitions, const Parameters& parameters, Progress& progress)
      : atlas_(atlas),
        definitions_(definitions),
        parameters_(parameters),
        progress_(progress),
        near_(atlas, definitions, parameters) {}

  Status prepare(const std::vector<const Definition*>& definitions) {
    std::map<Base, std::set<const NearMeasure*>> measures;
    for (const Definition* definition : definitions) {
      if (const Status found = find_rows(definition->base); !found) return found;
      for (const auto* expression :
           {&definition->where, &definition->weight, &definition->part, &definition->when})
        if (*expression)
          for (const std::string& name : (*expression)->names())
            if (const NearMeasure* measure = definitions_.near_measure(name))
              measures[definition->base].insert(measure);
    }
    for (const auto& [base, of_base] : measures) {
      const BaseRows& base_rows = rows(base);
      const std::vector<const NearMeasure*> in_order(of_base.begin(), of_base.end());
      if (!base_rows.layer) continue;
      if (const Status done =
              near_.compute(in_order, base, {base_rows.layer, base_rows.rows}, findings, progress_);
          !done)
        return done;
    }
    return {};
  }

  const BaseRows& rows(Base base) const { return bases_.at(base); }

  // What a name stands for at the positions of a base; none when nobody has it.
  std::optional<Operand> operand(std::string_view name, Base base) const {
    if (definitions_.near_measure(name)) return Operand{CellsByRow{near_.values(name, base)}};
    const BaseRows& base_rows = rows(base);
    if (name == "geodesic_km" && base == Base::roads) return Operand{CellsByPosition{base_rows.geodesic_km}};
    return operand_of(base_rows.layer->table, parameters_, name);
  }

  std::vector<Finding> findings;

 private:
  Status find_rows(Base base) {
    const auto [entry, is_new] = bases_.try_emplace(base);
    if (!is_new) return {};
    Result<BaseRows> rows = base_rows(atlas_, base, parameters_, progress_);
    if (!rows) return rows.issue();
    std::move(rows->findings.begin(), rows->findings.end(), std::back_inserter(findings));
    entry->second = std::move(*rows);
    return {};
  }

  const Atlas& atlas_;
  const Definitions& definitions_;
  const Parameters& parameters_;
  Progress& progress_;
  NearMeasures near_;
  std::map<Base, BaseRows> bases_;
};

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
          too_deep ? Missing::too_deep : missing_of(definition_, sums[row], !missing_fields_.empty()));
    }
    if (std::all_of(reason_of.begin(), reason_of.end(), [](std::uint8_t reason) { return reason == 0; }))
      return FigureColumn::of(std::move(sums));
    return FigureColumn::of(std::move(sums),
                            {Message("layer {0} is not placed at units of this level", layer),
                             Message("nothing to count here"), nothing_known(missing_fields_, rows_)},
                            std::move(reason_of));
  }

 private:
  // One of the definition's expressions at the positions of the base, block by block.
  class Cells {
   public:
    Cells(const std::optional<Expression>& expression, const BaseRows& rows, const Resolver& resolve) {
      if (expression) bound_.emplace(*expression, rows.rows, resolve);
    }
    bool exist() const { return bound_.has_value(); }
    void go_to(std::size_t first, std::size_t count) {
      if (bound_) block_ = bound_->block(first, count);
    }
    // 1 where there is no expression.
    double operator[](std::size_t i) const { return bound_ ? block_[i] : 1; }

   private:
    std::optional<BoundExpression> bound_;
    std::span<const double> block_;
  };

  // Whether the expression names what nobody has.
  bool misses_fields(const std::optional<Expression>& expression, const Resolver& resolve) {
    if (!expression) return false;
    const std::size_t before = missing_fields_.size();
    for (const std::string& name : expression->names())
      if (!resolve(name)) missing_fields_.push_back(name);
    return missing_fields_.size() > before;
  }

  std::vector<Sums> sum_up() {
    const Resolver resolve = [this](std::string_view name) {
      return ground_.operand(name, definition_.base);
    };
    misses_fields(definition_.where, resolve);
    const bool misses_weight = misses_fields(definition_.weight, resolve);
    misses_fields(definition_.part, resolve);
    misses_fields(definition_.when, resolve);
    Cells where(definition_.where, rows_, resolve), weight(definition_.weight, rows_, resolve),
        part(definition_.part, rows_, resolve), when(definition_.when, rows_, resolve);
    std::vector<Sums> sums(atlas_.hierarchy.size());
    for (std::size_t first = 0; first < rows_.rows.size(); first += BoundExpression::block_rows) {
      if (progress_.stop_requested()) return sums;
      const std::size_t count = std::min(BoundExpression::block_rows, rows_.rows.size() - first);
      for (Cells* cells : {&where, &weight, &part, &when}) cells->go_to(first, count);
      for (std::size_t i = 0; i < count; ++i)
        add_row(first + i, where[i], weight[i], part.exist() ? part[i] : when[i], !part.exist(), sums);
    }
    for (std::size_t unit = sums.size() - 1; unit > 0; --unit)
      add(sums[atlas_.hierarchy[UnitIx{unit}].parent.value], sums[unit], definition_.aggregate);

    report(base_unknown_, "base.unknown", Severity::warning,
           Message("{0}: not known whether the row belongs to what is counted; it is left out",
                   definition_.info.id));
    if (!misses_weight)
      report(weight_missing_, "weight.missing", Severity::warning,
             Message("{0}: '{1}' is missing; the row is left out", definition_.info.id,
                     definition_.weight ? definition_.weight->text() : ""));
    report(exceeding_, "part.exceeds_whole", Severity::error,
           Message("{0}: the part is larger than the whole; check the row", definition_.info.id));
    return sums;
  }

  void add_row(std::size_t position, double belongs, double whole, double served, bool yes_or_no,
               std::vector<Sums>& sums) {
    const bool fraction = definition_.info.fraction;
    if (fraction && belongs == 0) return;
    if (fraction && std::isnan(belongs)) {
      base_unknown_.push_back(position);
    } else if (std::isnan(whole)) {
      if (belongs != 0) weight_missing_.push_back(position);
    } else {
      const Sums row = fraction ? share(whole, served, yes_or_no) : amount(whole, belongs);
      if (row.numerator > row.known + row.unknown) exceeding_.push_back(position);
      add(sums[rows_.units[position].value], row, definition_.aggregate);
    }
  }

  static Sums share(double whole, double served, bool yes_or_no) {
    if (std::isnan(served)) return {0, 0, whole};
    if (yes_or_no) return {served != 0 ? whole : 0, whole, 0};
    return {served, whole, 0};
  }

  static Sums amount(double whole, double belongs) {
    if (std::isnan(belongs)) return {0, 0, whole};
    return {belongs != 0 ? whole : 0, whole, 0};
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
  std::vector<std::string> missing_fields_;
  std::vector<std::size_t> base_unknown_, weight_missing_, exceeding_;  // positions
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
    for (const auto* expression : {&definition.where, &definition.weight, &definition.part, &definition.when})
      add_names(*expression, definition.base);
  }
  Needs take() { return std::move(needs_); }

 private:
  void add_base(Base base) {
    for (const table::Role role : serving_roles(base, available_)) needs_.roles.insert(role);
  }
  void locate(Base base) {
    for (const table::Role role : serving_roles(base, available_)) needs_.located.insert(role);
  }
  void add_names(const std::optional<Expression>& expression, Base base) {
    if (!expression) return;
    for (const std::string& name : expression->names()) {
      const NearMeasure* measure = definitions_.near_measure(name);
      if (!measure) {
        needs_.fields.insert(name);
        continue;
      }
      add_base(measure->target);
      locate(measure->target);
      locate(base);
      add_names(measure->where, measure->target);
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
  Ground ground(atlas, definitions, parameters, progress);
  if (const Status prepared = ground.prepare(indicators); !prepared) return prepared.issue();

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
  evaluation.findings = std::move(ground.findings);
  for (std::size_t k = 0; k < indicators.size(); ++k) {
    table.indicators.push_back(indicators[k]->info);
    std::move(findings[k].begin(), findings[k].end(), std::back_inserter(evaluation.findings));
  }
  return evaluation;
}

}  // namespace xiangtu::indicators
