// What building costs: assets/unit_costs.toml, or a user's file of the same form.
#pragma once

#include <string>

#include "base/result.hpp"

namespace xiangtu::reach {

struct UnitCosts {
  double harden_yuan_per_km = 0;
  double new_road_yuan_per_km = 0;
  double rebuild_bridge_yuan_per_m = 0;
  double bridge_m = 0;  // the length of a bridge that does not tell its own

  bool operator==(const UnitCosts&) const = default;
};

// The program's own costs, and over them those of the file; an empty path: just the program's. Errors, with
// file, line and column: unreadable, a name that is none of these, a value that is no number of 0 or more.
Result<UnitCosts> load_unit_costs(const std::string& user_file);

}  // namespace xiangtu::reach
