#include "indicators/expression.hpp"

#include <cmath>
#include <limits>
#include <utility>

namespace xiangtu::indicators {

namespace {

constexpr double unknown = std::numeric_limits<double>::quiet_NaN();

double kleene_and(double a, double b) {
  if (a == 0 || b == 0) return 0;
  return std::isnan(a) || std::isnan(b) ? unknown : 1;
}
double kleene_or(double a, double b) {
  if (a != 0 && !std::isnan(a)) return 1;
  if (b != 0 && !std::isnan(b)) return 1;
  return std::isnan(a) || std::isnan(b) ? unknown : 0;
}
double kleene_not(double a) {
  return std::isnan(a) ? unknown : a == 0 ? 1 : 0;
}
double truth(bool value, double a, double b) {
  return std::isnan(a) || std::isnan(b) ? unknown : value ? 1 : 0;
}

}  // namespace

// Evaluates a node for the whole selection at once: one pass over a column per node.
class ExpressionEvaluator {
 public:
  ExpressionEvaluator(const Expression& expression, std::span<const RowIx> rows, const Resolver& resolve)
      : nodes_(expression.nodes_), rows_(rows), resolve_(resolve) {}

  std::vector<double> root() const { return evaluate(nodes_.size() - 1); }

 private:
  using Kind = Expression::Kind;
  using Node = Expression::Node;
  using Values = std::vector<double>;

  std::optional<Operand> operand(std::size_t node) const { return resolve_(nodes_[node].name); }

  Values evaluate(std::size_t position) const {
    const Node& node = nodes_[position];
    switch (node.kind) {
      case Kind::number:
        return Values(rows_.size(), node.number);
      case Kind::name:
        return named(node);
      case Kind::equals_text:
      case Kind::in_texts:
        return among_texts(node);
      case Kind::is_missing:
        return missing(node);
      case Kind::logical_not:
        return map(node, kleene_not);
      case Kind::negate:
        return map(node, [](double a) { return -a; });
      case Kind::coalesce:
        return map2(node, [](double a, double b) { return std::isnan(a) ? b : a; });
      case Kind::logical_and:
        return map2(node, kleene_and);
      case Kind::logical_or:
        return map2(node, kleene_or);
      case Kind::add:
        return map2(node, [](double a, double b) { return a + b; });
      case Kind::subtract:
        return map2(node, [](double a, double b) { return a - b; });
      case Kind::multiply:
        return map2(node, [](double a, double b) { return a * b; });
      case Kind::divide:
        return map2(node, [](double a, double b) { return b == 0 ? unknown : a / b; });
      case Kind::equal:
        return map2(node, [](double a, double b) { return truth(a == b, a, b); });
      case Kind::not_equal:
        return map2(node, [](double a, double b) { return truth(a != b, a, b); });
      case Kind::less:
        return map2(node, [](double a, double b) { return truth(a < b, a, b); });
      case Kind::less_equal:
        return map2(node, [](double a, double b) { return truth(a <= b, a, b); });
      case Kind::greater:
        return map2(node, [](double a, double b) { return truth(a > b, a, b); });
      case Kind::greater_equal:
        return map2(node, [](double a, double b) { return truth(a >= b, a, b); });
    }
    return Values(rows_.size(), unknown);
  }

  template <class Function>
  Values map(const Node& node, const Function& function) const {
    Values values = evaluate(node.children[0]);
    for (double& value : values) value = function(value);
    return values;
  }

  template <class Function>
  Values map2(const Node& node, const Function& function) const {
    Values left = evaluate(node.children[0]);
    const Values right = evaluate(node.children[1]);
    for (std::size_t i = 0; i < left.size(); ++i) left[i] = function(left[i], right[i]);
    return left;
  }

  Values named(const Node& node) const {
    Values values(rows_.size(), unknown);
    const auto cells = resolve_(node.name);
    if (!cells) return values;
    if (const auto* constant = std::get_if<Constant>(&*cells)) values.assign(rows_.size(), constant->value);
    if (const auto* by_row = std::get_if<CellsByRow>(&*cells))
      for (std::size_t i = 0; i < rows_.size(); ++i) values[i] = by_row->values[rows_[i].value];
    if (const auto* by_position = std::get_if<CellsByPosition>(&*cells))
      values.assign(by_position->values.begin(), by_position->values.end());
    return values;
  }

  const table::TextColumn* text_column(const Node& node) const {
    const auto cells = operand(node.children[0]);
    const auto* column = cells ? std::get_if<const table::TextColumn*>(&*cells) : nullptr;
    return column ? *column : nullptr;
  }

  Values among_texts(const Node& node) const {
    Values values(rows_.size(), unknown);
    const table::TextColumn* column = text_column(node);
    if (!column) return values;
    std::vector<double> of_entry(column->dictionary.size(), 0);
    for (const std::string& text : node.texts)
      if (const std::uint32_t entry = column->dictionary.find(text); entry != table::Dictionary::missing)
        of_entry[entry] = 1;
    for (std::size_t i = 0; i < rows_.size(); ++i)
      if (column->has(rows_[i].value)) values[i] = of_entry[column->entries[rows_[i].value]];
    return values;
  }

  Values missing(const Node& node) const {
    if (const table::TextColumn* column = text_column(node)) {
      Values values(rows_.size(), 0);
      for (std::size_t i = 0; i < rows_.size(); ++i) values[i] = column->has(rows_[i].value) ? 0 : 1;
      return values;
    }
    return map(node, [](double a) { return std::isnan(a) ? 1.0 : 0.0; });
  }

  const std::vector<Node>& nodes_;
  std::span<const RowIx> rows_;
  const Resolver& resolve_;
};

std::vector<double> Expression::evaluate(std::span<const RowIx> rows, const Resolver& resolve) const {
  return ExpressionEvaluator(*this, rows, resolve).root();
}

}  // namespace xiangtu::indicators
