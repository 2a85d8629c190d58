#include "indicators/expression.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "base/parallel.hpp"

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

BoundExpression::BoundExpression(const Expression& expression, std::span<const RowIx> rows,
                                 const Resolver& resolve)
    : nodes_(expression.nodes_),
      rows_(rows),
      bound_(expression.nodes_.size()),
      values_(expression.nodes_.size() * block_rows) {
  for (std::size_t node = 0; node < nodes_.size(); ++node) bind(node, resolve);
}

void BoundExpression::bind(std::size_t position, const Resolver& resolve) {
  const Node& node = nodes_[position];
  Bound& bound = bound_[position];
  if (node.kind == Kind::name) bound.operand = resolve(node.name);
  if (node.kind == Kind::number) std::fill_n(values_of(position), block_rows, node.number);
  const bool about_texts = Expression::about_texts(node.kind);
  if (!about_texts && node.kind != Kind::is_missing) return;
  const auto cells = resolve(nodes_[node.children[0]].name);
  const auto* column = cells ? std::get_if<const table::TextColumn*>(&*cells) : nullptr;
  if (!column) return;
  bound.texts = *column;
  if (!about_texts) return;
  const table::Dictionary& dictionary = bound.texts->dictionary;
  bound.of_entry.assign(dictionary.size(), 0);
  if (node.kind == Kind::contains_text || node.kind == Kind::starts_text) {
    for (std::uint32_t entry = 0; entry < dictionary.size(); ++entry) {
      const std::size_t at = dictionary[entry].find(node.texts[0]);
      bound.of_entry[entry] = node.kind == Kind::starts_text ? at == 0 : at != std::string_view::npos;
    }
    return;
  }
  for (const std::string& text : node.texts)
    if (const std::uint32_t entry = dictionary.find(text); entry != table::Dictionary::missing)
      bound.of_entry[entry] = 1;
}

std::span<const double> BoundExpression::block(std::size_t first, std::size_t count) {
  for (std::size_t node = 0; node < nodes_.size(); ++node)
    evaluate(node, first, count);  // children come first
  return {values_of(nodes_.size() - 1), count};
}

template <class Function>
void BoundExpression::map(const Node& node, double* to, std::size_t count, const Function& function) {
  const double* from = values_of(node.children[0]);
  for (std::size_t i = 0; i < count; ++i) to[i] = function(from[i]);
}

template <class Function>
void BoundExpression::map2(const Node& node, double* to, std::size_t count, const Function& function) {
  const double *left = values_of(node.children[0]), *right = values_of(node.children[1]);
  for (std::size_t i = 0; i < count; ++i) to[i] = function(left[i], right[i]);
}

void BoundExpression::take_operand(const std::optional<Operand>& operand, std::size_t first,
                                   std::size_t count, double* to) const {
  std::fill_n(to, count, unknown);
  if (!operand) return;
  if (const auto* constant = std::get_if<Constant>(&*operand)) std::fill_n(to, count, constant->value);
  if (const auto* by_row = std::get_if<CellsByRow>(&*operand))
    for (std::size_t i = 0; i < count; ++i) to[i] = by_row->values[rows_[first + i].value];
  if (const auto* by_position = std::get_if<CellsByPosition>(&*operand))
    std::copy_n(by_position->values.begin() + static_cast<std::ptrdiff_t>(first), count, to);
}

void BoundExpression::evaluate(std::size_t position, std::size_t first, std::size_t count) {
  const Node& node = nodes_[position];
  const Bound& bound = bound_[position];
  double* to = values_of(position);
  const auto entry_at = [&](std::size_t i) { return bound.texts->entries[rows_[first + i].value]; };
  switch (node.kind) {
    case Kind::number:
      return;
    case Kind::name:
      return take_operand(bound.operand, first, count, to);
    case Kind::equals_text:
    case Kind::in_texts:
    case Kind::contains_text:
    case Kind::starts_text:
      std::fill_n(to, count, unknown);
      for (std::size_t i = 0; bound.texts && i < count; ++i)
        if (const std::uint32_t entry = entry_at(i); entry != table::Dictionary::missing)
          to[i] = bound.of_entry[entry];
      return;
    case Kind::is_missing:
      if (!bound.texts) return map(node, to, count, [](double a) { return std::isnan(a) ? 1.0 : 0.0; });
      for (std::size_t i = 0; i < count; ++i) to[i] = entry_at(i) == table::Dictionary::missing ? 1 : 0;
      return;
    case Kind::logical_not:
      return map(node, to, count, kleene_not);
    case Kind::negate:
      return map(node, to, count, [](double a) { return -a; });
    case Kind::coalesce:
      return map2(node, to, count, [](double a, double b) { return std::isnan(a) ? b : a; });
    case Kind::logical_and:
      return map2(node, to, count, kleene_and);
    case Kind::logical_or:
      return map2(node, to, count, kleene_or);
    case Kind::add:
      return map2(node, to, count, [](double a, double b) { return a + b; });
    case Kind::subtract:
      return map2(node, to, count, [](double a, double b) { return a - b; });
    case Kind::multiply:
      return map2(node, to, count, [](double a, double b) { return a * b; });
    case Kind::divide:
      return map2(node, to, count, [](double a, double b) { return b == 0 ? unknown : a / b; });
    case Kind::equal:
      return map2(node, to, count, [](double a, double b) { return truth(a == b, a, b); });
    case Kind::not_equal:
      return map2(node, to, count, [](double a, double b) { return truth(a != b, a, b); });
    case Kind::less:
      return map2(node, to, count, [](double a, double b) { return truth(a < b, a, b); });
    case Kind::less_equal:
      return map2(node, to, count, [](double a, double b) { return truth(a <= b, a, b); });
    case Kind::greater:
      return map2(node, to, count, [](double a, double b) { return truth(a > b, a, b); });
    case Kind::greater_equal:
      return map2(node, to, count, [](double a, double b) { return truth(a >= b, a, b); });
  }
}

std::set<std::string> Expression::text_names() const {
  std::set<std::string> names;
  for (const Node& node : nodes_)
    if (about_texts(node.kind)) names.insert(nodes_[node.children[0]].name);
  return names;
}

std::set<std::string> Expression::number_names() const {
  std::set<std::string> names;
  const auto note = [&](std::size_t position) {
    if (nodes_[position].kind == Kind::name) names.insert(nodes_[position].name);
  };
  for (const Node& node : nodes_)
    if (!about_texts(node.kind) && node.kind != Kind::is_missing) std::ranges::for_each(node.children, note);
  note(nodes_.size() - 1);
  return names;
}

void Expression::interpret_texts(const Meant& meant) {
  for (Node& node : nodes_) {
    if (!about_texts(node.kind)) continue;
    const std::string& field = nodes_[node.children[0]].name;
    const TextTest test = node.kind == Kind::contains_text ? TextTest::contains
                          : node.kind == Kind::starts_text ? TextTest::starts
                                                           : TextTest::equals;
    std::vector<std::string> texts;
    bool interpreted = false;
    for (const std::string& text : node.texts) {
      const auto values = meant(field, test, text);
      interpreted = interpreted || values;
      if (values)
        texts.insert(texts.end(), values->begin(), values->end());
      else
        texts.push_back(text);
    }
    if (!interpreted) continue;
    node.kind = Kind::in_texts;
    node.texts = std::move(texts);
  }
}

std::vector<double> Expression::evaluate(std::span<const RowIx> rows, const Resolver& resolve,
                                         const Progress& progress) const {
  constexpr std::size_t blocks_per_task = 128;
  constexpr std::size_t block_rows = BoundExpression::block_rows;
  std::vector<double> values(rows.size());
  const std::size_t blocks = (rows.size() + block_rows - 1) / block_rows;
  parallel_for(blocks, blocks_per_task, progress, [&](std::size_t begin, std::size_t end) {
    BoundExpression bound(*this, rows, resolve);
    for (std::size_t first = begin * block_rows; first < std::min(end * block_rows, rows.size());
         first += block_rows)
      std::ranges::copy(bound.block(first, std::min(block_rows, rows.size() - first)),
                        values.begin() + static_cast<std::ptrdiff_t>(first));
  });
  return values;
}

}  // namespace xiangtu::indicators
