#include "indicators/row_filter.hpp"

#include <algorithm>
#include <optional>

#include "base/nearest_word.hpp"
#include "base/parallel.hpp"
#include "indicators/expression_lexer.hpp"

namespace xiangtu::indicators {

using table::Column;

namespace {

constexpr std::size_t grain = 64 * BoundExpression::block_rows;

std::size_t place_of(std::string_view text, std::string_view name) {
  for (Lexer lexer{text}; lexer.token() != Token::end && lexer.token() != Token::bad; lexer.next())
    if (lexer.token() == Token::name && lexer.spelling() == name) return lexer.column();
  return 1;
}

// What a field may be called.
std::vector<std::string> field_names(const table::FeatureTable& table, const io::Schema& schema,
                                     io::Role role) {
  std::vector<std::string> names;
  for (const Column& column : table.columns) {
    names.insert(names.end(), {column.name, column.source_name});
    for (const Language language : {Language::chinese, Language::english})
      names.push_back(schema.field_label(role, column.name, language));
  }
  std::erase_if(names, [](const std::string& name) { return !is_word(name); });
  return names;
}

Issue no_field(const std::string& name, std::size_t place, const table::FeatureTable& table,
               const io::Schema& schema, io::Role role) {
  const std::vector<std::string> names = field_names(table, schema, role);
  const std::string near = nearest(name, {names.begin(), names.end()});
  if (near.empty())
    return {IssueCode::input_bad_definition,
            "column {1}: there is no field '{0}' here; a text is written in quotes, such as '{0}'", name,
            place};
  return {IssueCode::input_bad_definition,
          "column {1}: there is no field '{0}' here; did you mean {2}? A text is written in quotes, such as "
          "'{0}'",
          name, place, near};
}

bool passes(TextTest test, std::string_view value, std::string_view text) {
  const std::size_t at = value.find(text);
  return test == TextTest::starts ? at == 0 : at != std::string_view::npos;
}

// The values of a choice that a written text stands for: by its label or an alias, or by a part of a label.
std::optional<std::vector<std::string>> meant_values(const io::Schema& schema, io::Role role,
                                                     std::string_view field, TextTest test,
                                                     const std::string& text) {
  const auto& choices = schema.choices(role, field);
  if (choices.empty()) return std::nullopt;
  std::vector<std::string> values;
  if (test == TextTest::equals) {
    if (const std::string_view value = schema.choice_of(role, field, text); !value.empty())
      values.emplace_back(value);
    if (std::ranges::find(values, text) == values.end()) values.push_back(text);
    return values;
  }
  for (const io::ChoiceSpec& choice : choices)
    if (passes(test, choice.value, text) || passes(test, choice.label_zh, text) ||
        passes(test, choice.label_en, text))
      values.push_back(choice.value);
  return values;
}

}  // namespace

const Column* column_called(const table::FeatureTable& table, const io::Schema& schema, io::Role role,
                            std::string_view name) {
  if (const Column* column = table.find(name)) return column;
  if (const io::FieldSpec* field = schema.match(role, name).field)
    if (const Column* column = table.find(field->name)) return column;
  const auto found =
      std::ranges::find_if(table.columns, [&](const Column& each) { return each.source_name == name; });
  return found == table.columns.end() ? nullptr : &*found;
}

Result<RowFilter> RowFilter::parse(std::string_view text, const table::FeatureTable& table,
                                   const io::Schema& schema, io::Role role) {
  Result<Expression> parsed = Expression::parse(text, {});
  if (!parsed) return parsed.issue();
  RowFilter filter;
  filter.expression_ = std::move(*parsed);
  for (const std::string& name : filter.expression_.names()) {
    const Column* column = column_called(table, schema, role, name);
    if (!column) return no_field(name, place_of(text, name), table, schema, role);
    filter.columns_[name] = static_cast<std::size_t>(column - table.columns.data());
  }
  const auto column_of = [&](std::string_view name) -> const Column& {
    return table.columns[filter.columns_.find(name)->second];
  };
  for (const std::string& name : filter.expression_.text_names())
    if (!column_of(name).is_text())
      return Issue{IssueCode::input_bad_definition,
                   "column {1}: the field '{0}' holds numbers; compare it with a number without quotes", name,
                   place_of(text, name)};
  for (const std::string& name : filter.expression_.number_names())
    if (column_of(name).is_text())
      return Issue{IssueCode::input_bad_definition,
                   "column {1}: the field '{0}' holds texts; compare it by = or != with a text in quotes, or "
                   "use contains({0}, 'text')",
                   name, place_of(text, name)};
  filter.expression_.interpret_texts([&](std::string_view name, TextTest test, const std::string& written) {
    return meant_values(schema, role, column_of(name).name, test, written);
  });
  return filter;
}

std::vector<std::uint8_t> RowFilter::marks(const table::FeatureTable& table, const Progress& progress) const {
  const auto operand = [&](std::string_view name) -> std::optional<Operand> {
    const Column& column = table.columns[columns_.find(name)->second];
    if (column.is_text()) return &column.text();
    return CellsByRow{column.numbers()};
  };
  std::vector<RowIx> rows(table.size());
  for (std::size_t row = 0; row < rows.size(); ++row) rows[row] = RowIx{row};
  std::vector<std::uint8_t> marks(table.size(), 0);
  parallel_for(rows.size(), grain, progress, [&](std::size_t begin, std::size_t end) {
    BoundExpression bound(expression_, rows, operand);
    for (std::size_t first = begin; first < end; first += BoundExpression::block_rows) {
      const auto values = bound.block(first, std::min(BoundExpression::block_rows, end - first));
      for (std::size_t i = 0; i < values.size(); ++i)
        marks[first + i] = values[i] != 0 && values[i] == values[i];
    }
  });
  return marks;
}

}  // namespace xiangtu::indicators
