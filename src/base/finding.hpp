// What was noticed in the data: never dropped in silence, listed with the rows.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/message.hpp"

namespace xiangtu {

enum class Severity { note, warning, error };

inline constexpr std::array<std::string_view, 3> severity_names{"note", "warning", "error"};

constexpr std::string_view severity_name(Severity severity) {
  return severity_names[static_cast<std::size_t>(severity)];
}

// One kind of observation about one layer, with every row it applies to.
struct Finding {
  std::string id;  // stable, machine-readable, e.g. "geometry.empty", "value.out_of_range"
  Severity severity = Severity::warning;
  std::string source;  // file or dataset as the user gave it
  std::string layer;
  std::string field;               // empty when it is not about a field
  Message message;                 // what it means and what happens to the rows
  std::vector<std::int64_t> rows;  // source row ids, ascending
};

}  // namespace xiangtu
