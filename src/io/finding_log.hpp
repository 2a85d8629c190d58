// What is noticed while a layer is read, gathered by kind and field with the rows it applies to.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/finding.hpp"

namespace xiangtu::io {

enum class Noticed : std::uint8_t {
  geometry_null,
  geometry_empty,
  geometry_not_finite,
  geometry_out_of_range,
  geometry_at_zero,
  geometry_kind,
  geometry_degenerate,
  geometry_unreadable,
  value_not_a_number,
  value_not_whole,
  value_out_of_range,
  value_unknown_choice,
  value_not_boolean,
  value_not_a_date,
  value_encoding,
  code_lost_digits,
  code_missing,
  code_duplicate,
  length_differs,
  row_total,
  row_damaged,
};

class FindingLog {
 public:
  FindingLog(std::string source, std::string layer) : source_(std::move(source)), layer_(std::move(layer)) {}

  // `sample`: the cell's text; a few distinct ones are shown.
  void add(Noticed what, std::string_view field, std::int64_t row, std::string_view sample = {});
  // A finding about the layer as a whole.
  void note(std::string_view id, Severity severity, std::string_view field, Message message);

  // What another log of the same layer has, about rows that come later.
  void append(FindingLog& later);

  // By kind and field, in a fixed order.
  std::vector<Finding> take();

 private:
  struct Entry {
    std::vector<std::int64_t> rows;
    std::vector<std::string> samples;  // distinct, in the order in which they came
  };
  Finding finding(Noticed what, const std::string& field, Entry& entry) const;

  std::string source_, layer_;
  std::map<std::pair<Noticed, std::string>, Entry, std::less<>> entries_;
  std::vector<Finding> notes_;
};

}  // namespace xiangtu::io
