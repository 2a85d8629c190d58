#include "io/row_judge.hpp"

namespace xiangtu::io {

bool RowJudge::needs_last_row() {
  std::uint32_t combination = 0;
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    std::uint32_t value = table::Dictionary::missing;
    if (columns_[i]) {
      const std::variant<std::uint32_t, double> last = columns_[i]->last_cell();
      if (const double* number = std::get_if<double>(&last); !number)
        value = std::get<std::uint32_t>(last);
      else if (!std::isnan(*number))
        value = numbers_.try_emplace(*number, static_cast<std::uint32_t>(numbers_.size())).first->second;
    }
    const std::uint64_t key = std::uint64_t{combination} << 32 | value;
    combination = next_[i].try_emplace(key, static_cast<std::uint32_t>(next_[i].size())).first->second;
  }
  if (combination == needed_.size()) needed_.push_back(ask());
  return needed_[combination] != 0;
}

bool RowJudge::ask() const {
  std::vector<table::FieldValue> values;
  for (const ColumnReader* column : columns_)
    values.push_back(column ? column->last_value() : table::FieldValue{});
  return sieve_->needs(values);
}

void RowJudge::forget() {
  for (auto& combinations : next_) combinations.clear();
  numbers_.clear();
  needed_.clear();
}

}  // namespace xiangtu::io
