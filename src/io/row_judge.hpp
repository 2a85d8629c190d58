// A sieve at work on the rows of one sink: what it said about equal values is remembered.
#pragma once

#include <cstdint>
#include <unordered_map>
#include <vector>

#include "io/column_reader.hpp"
#include "table/row_sieve.hpp"

namespace xiangtu::io {

class RowJudge {
 public:
  // columns: by field of the sieve; null where the layer has no such field. Both outlive the judge.
  RowJudge(const table::RowSieve& sieve, std::vector<const ColumnReader*> columns)
      : sieve_(&sieve), columns_(std::move(columns)), next_(columns_.size()) {}

  // Of the last row in the columns.
  bool needs_last_row();
  // When the columns have been emptied: the numbers of their texts mean others then.
  void forget();

 private:
  bool ask() const;

  const table::RowSieve* sieve_;
  std::vector<const ColumnReader*> columns_;
  // Distinct combinations are numbered field by field: (number so far, value) → number.
  std::vector<std::unordered_map<std::uint64_t, std::uint32_t>> next_;
  std::unordered_map<double, std::uint32_t> numbers_;
  std::vector<std::uint8_t> needed_;  // by number of the combination
};

}  // namespace xiangtu::io
