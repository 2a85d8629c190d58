// The small expression language of the definitions: over fields, measures and parameters.
//
//   or, and, not; = != < <= > >=; in ('a', 'b'); + - * /; missing(field); coalesce(a, b); unknown;
//   contains(field, 'text'); starts(field, 'text')
//
// Names may be of any script; one that is no word stands in double quotes.
// Anything may be unknown (a missing cell). Logic is Kleene's: unknown and false is false, unknown or
// true is true, else unknown. Arithmetic with an unknown is unknown.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/ids.hpp"
#include "base/progress.hpp"
#include "base/result.hpp"
#include "table/column.hpp"

namespace xiangtu::indicators {

// What a name stands for when an expression is evaluated: a constant, cells by row of the table, or
// cells by position in the selection that is evaluated.
struct Constant {
  double value;
};
struct CellsByRow {
  std::span<const double> values;
};
struct CellsByPosition {
  std::span<const double> values;
};
using Operand = std::variant<Constant, CellsByRow, CellsByPosition, const table::TextColumn*>;

// nullopt: nobody has the name; every cell of it is unknown.
using Resolver = std::function<std::optional<Operand>(std::string_view name)>;

// What is asked of a cell with a text.
enum class TextTest : std::uint8_t { equals, contains, starts };

class Expression {
 public:
  using Defines = std::map<std::string, Expression, std::less<>>;

  // Names in `defines` stand for their expressions. The issue tells the column.
  static Result<Expression> parse(std::string_view text, const Defines& defines);

  const std::string& text() const { return text_; }
  // All names that are not defines: fields, measures, parameters.
  const std::set<std::string>& names() const { return names_; }
  // Of these, the ones that are compared with texts, and those that are used as numbers.
  std::set<std::string> text_names() const;
  std::set<std::string> number_names() const;

  // The unit of the value: "" for plain numbers, truth, texts, products and ratios, and where names have
  // none. The issue says where unlike units are added or compared.
  using UnitOf = std::function<std::string(std::string_view name)>;
  Result<std::string> unit(const UnitOf& unit_of) const;
  // Whether it divides by cells: a ratio, which does not add up from row to row.
  bool divides_by(const std::function<bool(std::string_view name)>& is_cell) const;

  // Which texts in the cells of a field a written one stands for; nullopt: only itself.
  using Meant = std::function<std::optional<std::vector<std::string>>(std::string_view field, TextTest,
                                                                      const std::string&)>;
  // Takes written texts for what they stand for: a label for the value that it is the label of.
  void interpret_texts(const Meant& meant);

  // One number per row of the selection; NaN is unknown, true is 1, false is 0. A text where a
  // number is needed, or the reverse, is unknown. `resolve` is asked from several threads.
  // After a requested stop some are 0.
  std::vector<double> evaluate(std::span<const RowIx> rows, const Resolver& resolve,
                               const Progress& progress = Progress{}) const;

 private:
  friend class ExpressionParser;
  friend class BoundExpression;

  enum class Kind : std::uint8_t {
    number,
    name,
    equals_text,
    in_texts,
    contains_text,
    starts_text,
    is_missing,
    coalesce,
    logical_not,
    logical_and,
    logical_or,
    negate,
    add,
    subtract,
    multiply,
    divide,
    equal,
    not_equal,
    less,
    less_equal,
    greater,
    greater_equal,
  };
  struct Node {
    Kind kind = Kind::number;
    double number = 0;
    std::string name;
    std::vector<std::string> texts;     // in_texts; one: equals_text, contains_text, starts_text
    std::vector<std::size_t> children;  // positions in nodes_
  };

  static bool about_texts(Kind kind) { return kind >= Kind::equals_text && kind <= Kind::starts_text; }

  std::string text_;
  std::set<std::string> names_;
  std::vector<Node> nodes_;  // the root is last
};

// An expression with what its names stand for, evaluated block by block: one pass over a short array a node,
// so that all of it stays in the processor's cache. One for each thread; expression, rows and operands
// outlive it.
class BoundExpression {
 public:
  static constexpr std::size_t block_rows = 512;

  BoundExpression(const Expression& expression, std::span<const RowIx> rows, const Resolver& resolve);
  // The values at positions first … first + count − 1 of the selection, at most a block; valid until the next
  // call.
  std::span<const double> block(std::size_t first, std::size_t count);

 private:
  using Kind = Expression::Kind;
  using Node = Expression::Node;

  // A node with what it needs of the outside.
  struct Bound {
    std::optional<Operand> operand;            // of a name, and of the text column that a node asks about
    const table::TextColumn* texts = nullptr;  // that column
    std::vector<double> of_entry;              // by its entries: whether the node holds for it
  };
  void bind(std::size_t node, const Resolver& resolve);
  double* values_of(std::size_t node) { return values_.data() + node * block_rows; }
  void evaluate(std::size_t node, std::size_t first, std::size_t count);
  void take_operand(const std::optional<Operand>& operand, std::size_t first, std::size_t count,
                    double* to) const;
  template <class Function>
  void map(const Node& node, double* to, std::size_t count, const Function& function);
  template <class Function>
  void map2(const Node& node, double* to, std::size_t count, const Function& function);

  const std::vector<Node>& nodes_;
  std::span<const RowIx> rows_;
  std::vector<Bound> bound_;
  std::vector<double> values_;  // a block for each node
};

}  // namespace xiangtu::indicators
