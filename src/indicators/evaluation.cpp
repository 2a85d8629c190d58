#include "indicators/evaluation.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <map>
#include <optional>
#include <utility>

#include "indicators/base_rows.hpp"
#include "indicators/near.hpp"

namespace xiangtu::indicators {

using atlas::Atlas;
using atlas::Level;

namespace {

struct Sums {
  double numerator = 0, known = 0, unknown = 0;  // the denominator is known + unknown
  void add(const Sums& other, Aggregate aggregate) {
    const auto join = [&](double a, double b) {
      return aggregate == Aggregate::maximum ? std::max(a, b) : a + b;
    };
    numerator = join(numerator, other.numerator);
    known = join(known, other.known);
    unknown = join(unknown, other.unknown);
  }
};

// What an expression came to for a base, and the names that nobody has.
struct Cells {
  std::vector<double> values;  // empty: there is no expression
  std::vector<std::string> missing_fields;
};

Message nothing_known(const std::vector<std::string>& missing_fields, const BaseRows& base) {
  if (missing_fields.empty()) return Message("unknown for every feature");
  return Message("layer {0} has no field {1}", base.layer->table.source.layer, missing_fields.front());
}

Figure figure_of(const Definition& definition, const Sums& sums,
                 const std::vector<std::string>& missing_fields, const BaseRows& base) {
  Figure figure;
  figure.numerator = sums.numerator;
  figure.denominator = sums.known + sums.unknown;
  figure.unknown = sums.unknown;
  const bool counts_nothing = figure.denominator == 0;
  if (counts_nothing && definition.info.fraction) {
    figure.why =
        missing_fields.empty() ? Message("nothing to count here") : nothing_known(missing_fields, base);
    return figure;
  }
  if (counts_nothing && !missing_fields.empty() && definition.weight) {
    figure.why = nothing_known(missing_fields, base);
    return figure;
  }
  if (!counts_nothing && sums.known == 0) {
    figure.why = nothing_known(missing_fields, base);
    return figure;
  }
  if (definition.info.fraction) {
    figure.value = sums.numerator / sums.known;
    figure.low = sums.numerator / figure.denominator;
    figure.high = (sums.numerator + sums.unknown) / figure.denominator;
  } else {
    figure.value = figure.low = sums.numerator;
    figure.high = sums.numerator + sums.unknown;
  }
  return figure;
}

class Evaluator {
 public:
  Evaluator(const Atlas& atlas, const Definitions& definitions, const Parameters& parameters,
            Progress& progress)
      : atlas_(atlas),
        definitions_(definitions),
        parameters_(parameters),
        progress_(progress),
        near_(atlas, definitions, parameters) {}

  std::vector<Finding> findings;

  // The indicator's figure for each of the units.
  Result<std::vector<Figure>> figures(const Definition& definition, std::span<const UnitIx> units) {
    const Result<const BaseRows*> found = base(definition.base);
    if (!found) return found.issue();
    const BaseRows& rows = **found;
    if (!rows.layer) return std::vector<Figure>(units.size(), no_layer(definition.base));
    if (definition.base == Base::roads && rows.rows.empty() && rows.layer->table.size() > 0)
      return std::vector<Figure>(units.size(), nothing_located(rows));
    std::vector<std::string> missing_fields;
    Result<std::vector<Sums>> sums = sum_up(definition, rows, missing_fields);
    if (!sums) return sums.issue();
    std::vector<Figure> figures;
    figures.reserve(units.size());
    for (const UnitIx unit : units) {
      if (atlas_.hierarchy[unit].level > rows.deepest && !rows.rows.empty()) {
        figures.emplace_back().why =
            Message("layer {0} is not placed at units of this level", rows.layer->table.source.layer);
        continue;
      }
      figures.push_back(figure_of(definition, (*sums)[unit.value], missing_fields, rows));
    }
    return figures;
  }

 private:
  static Figure no_layer(Base base) {
    Figure figure;
    figure.why = Message("no layer of the role {0} in the sources", table::role_name(roles_of(base).front()));
    return figure;
  }

  static Figure nothing_located(const BaseRows& rows) {
    Figure figure;
    figure.why = Message("no row of layer {0} has a usable geometry", rows.layer->table.source.layer);
    return figure;
  }

  Result<const BaseRows*> base(Base base) {
    const auto entry = bases_.find(base);
    if (entry != bases_.end()) return &entry->second;
    Result<BaseRows> rows = base_rows(atlas_, base, parameters_, progress_);
    if (!rows) return rows.issue();
    std::move(rows->findings.begin(), rows->findings.end(), std::back_inserter(findings));
    return &bases_.emplace(base, std::move(*rows)).first->second;
  }

  // Values of an expression at the positions of a base; near measures are computed on the way.
  Result<Cells> cells(const std::optional<Expression>& expression, Base base, const BaseRows& rows) {
    Cells cells;
    if (!expression) return cells;
    std::map<std::string, const std::vector<double>*, std::less<>> measured;
    for (const std::string& name : expression->names()) {
      if (const NearMeasure* measure = definitions_.near_measure(name)) {
        const auto values = near_.values(*measure, base, {rows.layer, rows.rows}, findings, progress_);
        if (!values) return values.issue();
        measured.emplace(name, *values);
      } else if (!(name == "geodesic_km" && base == Base::roads) &&
                 !operand_of(rows.layer->table, parameters_, name)) {
        cells.missing_fields.push_back(name);
      }
    }
    cells.values = expression->evaluate(rows.rows, [&](std::string_view name) -> std::optional<Operand> {
      if (const auto found = measured.find(name); found != measured.end())
        return Operand{CellsByRow{*found->second}};
      if (name == "geodesic_km" && base == Base::roads) return Operand{CellsByPosition{rows.geodesic_km}};
      return operand_of(rows.layer->table, parameters_, name);
    });
    return cells;
  }

  Result<std::vector<Sums>> sum_up(const Definition& definition, const BaseRows& rows,
                                   std::vector<std::string>& missing_fields) {
    Cells where, weight, part, when;
    for (const auto& [expression, into] : {std::pair{&definition.where, &where},
                                           {&definition.weight, &weight},
                                           {&definition.part, &part},
                                           {&definition.when, &when}}) {
      Result<Cells> found = cells(*expression, definition.base, rows);
      if (!found) return found.issue();
      *into = std::move(*found);
      missing_fields.insert(missing_fields.end(), into->missing_fields.begin(), into->missing_fields.end());
    }
    if (progress_.stop_requested()) return cancelled_issue();

    std::vector<Sums> sums(atlas_.hierarchy.size());
    std::vector<std::size_t> base_unknown, weight_missing, exceeding;
    for (std::size_t i = 0; i < rows.rows.size(); ++i) {
      const double belongs = where.values.empty() ? 1 : where.values[i];
      const double whole = weight.values.empty() ? 1 : weight.values[i];
      const bool counts = definition.info.fraction ? belongs != 0 : true;
      if (!counts) continue;
      if (definition.info.fraction && std::isnan(belongs)) {
        base_unknown.push_back(i);
      } else if (std::isnan(whole)) {
        if (belongs != 0) weight_missing.push_back(i);
      } else {
        const Sums row = definition.info.fraction ? share(whole, part, when, i) : amount(whole, belongs);
        if (row.numerator > row.known + row.unknown) exceeding.push_back(i);
        sums[rows.units[i].value].add(row, definition.aggregate);
      }
    }
    for (std::size_t unit = sums.size() - 1; unit > 0; --unit)
      sums[atlas_.hierarchy[UnitIx{unit}].parent.value].add(sums[unit], definition.aggregate);

    report(rows, base_unknown, "base.unknown", Severity::warning, definition,
           Message("{0}: not known whether the row belongs to what is counted; it is left out",
                   definition.info.id));
    if (weight.missing_fields.empty())
      report(rows, weight_missing, "weight.missing", Severity::warning, definition,
             Message("{0}: '{1}' is missing; the row is left out", definition.info.id,
                     definition.weight ? definition.weight->text() : ""));
    report(rows, exceeding, "part.exceeds_whole", Severity::error, definition,
           Message("{0}: the part is larger than the whole; check the row", definition.info.id));
    return sums;
  }

  static Sums share(double whole, const Cells& part, const Cells& when, std::size_t i) {
    const double served = part.values.empty() ? when.values[i] : part.values[i];
    if (std::isnan(served)) return {0, 0, whole};
    if (part.values.empty()) return {served != 0 ? whole : 0, whole, 0};
    return {served, whole, 0};
  }

  static Sums amount(double whole, double belongs) {
    if (std::isnan(belongs)) return {0, 0, whole};
    return {belongs != 0 ? whole : 0, whole, 0};
  }

  // Lists positions of a base as rows of its source, each row once.
  void report(const BaseRows& rows, const std::vector<std::size_t>& positions, const char* id,
              Severity severity, const Definition&, Message message) {
    if (positions.empty()) return;
    const table::FeatureTable& table = rows.layer->table;
    Finding finding{id, severity, table.source.path, table.source.layer, "", std::move(message), {}};
    for (const std::size_t i : positions) finding.rows.push_back(table.row_ids[rows.rows[i].value]);
    std::sort(finding.rows.begin(), finding.rows.end());
    finding.rows.erase(std::unique(finding.rows.begin(), finding.rows.end()), finding.rows.end());
    findings.push_back(std::move(finding));
  }

  const Atlas& atlas_;
  const Definitions& definitions_;
  const Parameters& parameters_;
  Progress& progress_;
  NearMeasures near_;
  std::map<Base, BaseRows> bases_;
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

}  // namespace

std::optional<std::size_t> CoverageTable::row_of(UnitIx unit) const {
  const auto found = std::find(units.begin(), units.end(), unit);
  if (found == units.end()) return std::nullopt;
  return static_cast<std::size_t>(found - units.begin());
}

namespace {

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
  Evaluator evaluator(atlas, definitions, parameters, progress);
  Evaluation evaluation;
  CoverageTable& table = evaluation.table;
  table.units = units_of(atlas.hierarchy, levels);
  table.figures.resize(table.units.size() * indicators.size());
  for (std::size_t k = 0; k < indicators.size(); ++k) {
    table.indicators.push_back(indicators[k]->info);
    Result<std::vector<Figure>> column = evaluator.figures(*indicators[k], table.units);
    if (!column) return column.issue();
    for (std::size_t unit = 0; unit < table.units.size(); ++unit)
      table.figures[unit * indicators.size() + k] = std::move((*column)[unit]);
  }
  evaluation.findings = std::move(evaluator.findings);
  return evaluation;
}

}  // namespace xiangtu::indicators
