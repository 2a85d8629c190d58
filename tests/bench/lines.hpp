// The tables of a terminal, line by line, so that each is seen as soon as it is known.
#pragma once

#include <string>
#include <string_view>

#include "comparison.hpp"
#include "results.hpp"

namespace xiangtu::bench {

std::string measured_heading();
// `smaller`: the same task on the next smaller region, null where there is none; the doubling ratio is from
// there to here, marked with '!' where the cost grows faster than linearly.
std::string measured_line(const Measurement& measured, const Measurement* smaller, std::string_view what);

std::string change_heading();
std::string change_line(const Change& change);

}  // namespace xiangtu::bench
