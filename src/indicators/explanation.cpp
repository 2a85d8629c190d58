#include "indicators/explanation.hpp"

#include <algorithm>
#include <cmath>
#include <set>
#include <utility>

#include "indicators/evaluation.hpp"
#include "indicators/ground.hpp"

namespace xiangtu::indicators {

namespace {

// What became of a row hangs on this expression of the definition; null: on none.
const Expression* deciding(const Definition& definition, Verdict verdict) {
  const auto of = [](const std::optional<Expression>& expression) {
    return expression ? &*expression : nullptr;
  };
  switch (verdict) {
    case Verdict::unknown:
      return of(!definition.info.fraction ? definition.where
                : definition.part         ? definition.part
                                          : definition.when);
    case Verdict::membership_unknown:
      return of(definition.where);
    case Verdict::weight_missing:
      return of(definition.weight);
    default:
      return nullptr;
  }
}

// By position in the explained rows, which are at `positions` of the base.
ExplainedName explained(std::string name, const Operand& operand, std::span<const ExplainedRow> rows,
                        std::span<const std::size_t> positions) {
  ExplainedName result{std::move(name), nullptr, {}};
  if (const auto* texts = std::get_if<const table::TextColumn*>(&operand)) {
    result.texts = *texts;
    return result;
  }
  const auto* by_row = std::get_if<CellsByRow>(&operand);
  const auto* by_position = std::get_if<CellsByPosition>(&operand);
  for (std::size_t i = 0; i < rows.size(); ++i)
    result.numbers.push_back(by_row ? by_row->values[rows[i].row.value] : by_position->values[positions[i]]);
  return result;
}

void list_rows(const atlas::Atlas& atlas, const Ground& ground, const Progress& progress,
               Explanation& explanation) {
  const Definition& definition = explanation.definition;
  const BaseRows& base = ground.rows(definition.base);
  RowShares shares(ground, definition);
  explanation.missing_names = shares.missing_names();
  std::vector<std::size_t> positions;
  shares.for_each(progress, [&](std::size_t position, const RowShare& share) {
    if (!atlas.hierarchy.is_within(base.units[position], explanation.unit)) return;
    explanation.rows.push_back({base.rows[position], base.units[position], share});
    positions.push_back(position);
  });
  std::set<std::string> names;
  for (const Expression* expression : expressions_of(definition))
    names.insert(expression->names().begin(), expression->names().end());
  for (const std::string& name : names)
    if (const auto operand = ground.operand(name, definition.base);
        operand && !std::holds_alternative<Constant>(*operand))
      explanation.names.push_back(explained(name, *operand, explanation.rows, positions));
}

}  // namespace

bool ExplainedName::is_known(const ExplainedRow& row, std::size_t position) const {
  return texts ? texts->has(row.row.value) : !std::isnan(numbers[position]);
}

Figure Explanation::figure() const {
  return table.figure(*table.row_of(unit), 0);
}

std::array<VerdictSum, verdict_count> Explanation::by_verdict() const {
  std::array<VerdictSum, verdict_count> sums;
  for (const ExplainedRow& row : rows) {
    VerdictSum& sum = sums[static_cast<std::size_t>(row.share.verdict)];
    ++sum.rows;
    add(sum.sums, row.share.sums, definition.aggregate);
  }
  return sums;
}

std::vector<std::string_view> Explanation::unknown_names(std::size_t position) const {
  std::vector<std::string_view> unknown;
  const Expression* expression = deciding(definition, rows[position].share.verdict);
  if (!expression) return unknown;
  for (const std::string& name : expression->names()) {
    const auto known = std::find_if(names.begin(), names.end(),
                                    [&](const ExplainedName& explained) { return explained.name == name; });
    const bool nobody_has =
        std::find(missing_names.begin(), missing_names.end(), name) != missing_names.end();
    if (nobody_has || (known != names.end() && !known->is_known(rows[position], position)))
      unknown.push_back(name);
  }
  return unknown;
}

Result<Explanation> explain(const atlas::Atlas& atlas, const Definitions& definitions,
                            const Definition& definition, UnitIx unit, const Parameters& parameters,
                            Progress& progress) {
  Explanation explanation{definition, unit, nullptr, {}, {}, {}, {}, {}};
  Ground ground(atlas, definitions, parameters);
  if (const Status prepared = ground.prepare({&definition}, progress); !prepared) return prepared.issue();
  Result<Evaluation> evaluation =
      evaluate(atlas, ground, {&definition}, {atlas.hierarchy[unit].level}, progress);
  if (!evaluation) return evaluation.issue();
  explanation.table = std::move(evaluation->table);
  explanation.findings = std::move(evaluation->findings);
  explanation.layer = ground.rows(definition.base).layer;
  if (explanation.layer) list_rows(atlas, ground, progress, explanation);
  if (progress.stop_requested()) return cancelled_issue();
  return explanation;
}

}  // namespace xiangtu::indicators
