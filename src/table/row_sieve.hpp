// Which rows of a layer are needed, told by some of their fields: for one who wants few of many.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace xiangtu::table {

// A cell as a column has it: missing, a text or a number.
using FieldValue = std::variant<std::monostate, std::string_view, double>;

struct RowSieve {
  std::vector<std::string> fields;  // canonical names
  // values: one a field; missing where the layer has no such field. Depends on nothing else: it is asked once
  // about equal values, and from several threads.
  std::function<bool(std::span<const FieldValue> values)> needs;
};

}  // namespace xiangtu::table
