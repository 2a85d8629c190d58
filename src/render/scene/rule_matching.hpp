// Which rows a style's rules are about.
#pragma once

#include <vector>

#include "render/scene/styles.hpp"
#include "table/feature_table.hpp"
#include "table/row_sieve.hpp"

namespace xiangtu::render::scene {

// A condition ready to be asked of many cells.
class ConditionTest {
 public:
  explicit ConditionTest(const RuleCondition& condition);
  bool meets(const table::FieldValue& value) const;

 private:
  bool missing_;
  std::vector<std::string> texts_;
  std::vector<double> numbers_;  // those of the texts that are numbers
};

// For each row of the table.
std::vector<bool> rows_that_meet(const table::FeatureTable& table, const RuleCondition& condition);

}  // namespace xiangtu::render::scene
