// A finding as JSON: its rows are counted in full and listed up to a limit.
#pragma once

#include <nlohmann/json.hpp>

#include "base/finding.hpp"

namespace xiangtu::report {

nlohmann::ordered_json finding_json(const Finding& finding);

}  // namespace xiangtu::report
