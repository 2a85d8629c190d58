// Scenarios as TOML, so that they can be kept, passed on and asked again:
//   name = "bridge 12 closed"
//   [[bridge]]
//   row = 12            # of the source, or the code where one row alone has it; both must agree
//   code = "X001610825L0027"
//   closed = true
//   [[road]]
//   row = 7
//   hardened = true
//   [[link]]
//   line = [[109.7, 38.2], [109.8, 38.2]]
#pragma once

#include <string>
#include <string_view>

#include "atlas/atlas.hpp"
#include "base/result.hpp"
#include "reach/scenario.hpp"

namespace xiangtu::reach {

std::string scenario_text(const Scenario& scenario, const atlas::Atlas& atlas);

// name: what messages call the text. Errors, with file and line: no TOML, words that nobody knows, rows that
// are not there or bear another code, rows that are said to be both, positions that are none, lines of fewer
// than two or longer than 1000 km, nothing at all.
Result<Scenario> parse_scenario(std::string_view text, const std::string& name, const atlas::Atlas& atlas);

}  // namespace xiangtu::reach
