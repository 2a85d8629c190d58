#include "render/scene/rule_matching.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace xiangtu::render::scene {

using table::FieldValue;

ConditionTest::ConditionTest(const RuleCondition& condition)
    : missing_(condition.missing), texts_(condition.values) {
  for (const std::string& value : condition.values)
    if (const auto number = parse_number(value)) numbers_.push_back(*number);
}

bool ConditionTest::meets(const FieldValue& value) const {
  if (missing_ || std::holds_alternative<std::monostate>(value))
    return missing_ && std::holds_alternative<std::monostate>(value);
  if (const auto* text = std::get_if<std::string_view>(&value))
    return std::find(texts_.begin(), texts_.end(), *text) != texts_.end();
  return std::find(numbers_.begin(), numbers_.end(), std::get<double>(value)) != numbers_.end();
}

std::vector<bool> rows_that_meet(const table::FeatureTable& table, const RuleCondition& condition) {
  const ConditionTest test(condition);
  const bool of_missing = test.meets(FieldValue{});
  std::vector<bool> meet(table.size(), of_missing);
  const table::Column* column = table.find(condition.field);
  if (!column) return meet;
  if (!column->is_text()) {
    const auto numbers = column->numbers();
    for (std::size_t row = 0; row < table.size(); ++row)
      if (!column->missing(row)) meet[row] = test.meets(numbers[row]);
    return meet;
  }
  // Each text once.
  const table::TextColumn& text = column->text();
  std::vector<bool> wanted(text.dictionary.size());
  for (std::uint32_t entry = 0; entry < wanted.size(); ++entry)
    wanted[entry] = test.meets(text.dictionary[entry]);
  for (std::size_t row = 0; row < table.size(); ++row)
    if (text.has(row)) meet[row] = wanted[text.entries[row]];
  return meet;
}

}  // namespace xiangtu::render::scene
