#include "indicators/ground.hpp"

#include <iterator>
#include <set>
#include <utility>

namespace xiangtu::indicators {

Status Ground::prepare(const std::vector<const Definition*>& indicators, Progress& progress) {
  std::map<Base, std::set<const NearMeasure*>> measures;
  for (const Definition* definition : indicators) {
    if (const Status found = find_rows(definition->base, progress); !found) return found;
    for (const Expression* expression : expressions_of(*definition))
      for (const std::string& name : expression->names())
        if (const NearMeasure* measure = definitions_.near_measure(name))
          measures[definition->base].insert(measure);
  }
  for (const auto& [base, of_base] : measures) {
    const BaseRows& base_rows = rows(base);
    const std::vector<const NearMeasure*> in_order(of_base.begin(), of_base.end());
    if (!base_rows.layer) continue;
    if (const Status done =
            near_.compute(in_order, base, {base_rows.layer, base_rows.rows}, findings, progress);
        !done)
      return done;
  }
  return {};
}

std::optional<Operand> Ground::operand(std::string_view name, Base base) const {
  if (definitions_.near_measure(name)) return Operand{CellsByRow{near_.values(name, base)}};
  const BaseRows& base_rows = rows(base);
  if (name == "geodesic_km" && base == Base::roads) return Operand{CellsByPosition{base_rows.geodesic_km}};
  return operand_of(base_rows.layer->table, parameters_, name);
}

Status Ground::find_rows(Base base, Progress& progress) {
  const auto [entry, is_new] = bases_.try_emplace(base);
  if (!is_new) return {};
  Result<BaseRows> rows = base_rows(atlas_, base, parameters_, progress);
  if (!rows) return rows.issue();
  std::move(rows->findings.begin(), rows->findings.end(), std::back_inserter(findings));
  entry->second = std::move(*rows);
  return {};
}

}  // namespace xiangtu::indicators
