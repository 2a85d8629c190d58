#include "indicators/row_shares.hpp"

namespace xiangtu::indicators {

namespace {

Resolver resolver(const Ground& ground, Base base) {
  return [&ground, base](std::string_view name) { return ground.operand(name, base); };
}

}  // namespace

void add(Sums& to, const Sums& other, Aggregate aggregate) {
  const auto join = [&](double a, double b) {
    return aggregate == Aggregate::maximum ? std::max(a, b) : a + b;
  };
  to.numerator = join(to.numerator, other.numerator);
  to.known = join(to.known, other.known);
  to.unknown = join(to.unknown, other.unknown);
}

RowShares::RowShares(const Ground& ground, const Definition& definition)
    : rows_(ground.rows(definition.base)),
      fraction_(definition.info.fraction),
      where_(definition.where, rows_, resolver(ground, definition.base)),
      weight_(definition.weight, rows_, resolver(ground, definition.base)),
      part_(definition.part, rows_, resolver(ground, definition.base)),
      when_(definition.when, rows_, resolver(ground, definition.base)) {
  const Resolver resolve = resolver(ground, definition.base);
  misses(definition.where, resolve);
  misses_weight_ = misses(definition.weight, resolve);
  misses(definition.part, resolve);
  misses(definition.when, resolve);
}

bool RowShares::misses(const std::optional<Expression>& expression, const Resolver& resolve) {
  if (!expression) return false;
  const std::size_t before = missing_names_.size();
  for (const std::string& name : expression->names())
    if (!resolve(name)) missing_names_.push_back(name);
  return missing_names_.size() > before;
}

}  // namespace xiangtu::indicators
