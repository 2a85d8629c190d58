// Natural breaks: the classes within which values differ least. W. D. Fisher, "On grouping for maximum
// homogeneity" (1958); brought to maps by G. F. Jenks, "The data model concept in statistical mapping"
// (1967).
#pragma once

#include <span>
#include <vector>

namespace xiangtu::render::scene {

// The first value of each of at most `count` classes (fewer when there are fewer distinct values), ascending,
// such that the sum of the squared distances to the classes' means is the least there is. Values ascending
// and finite, at least one; equal values are never split. O(count · n log n) for n distinct values.
std::vector<double> natural_breaks(std::span<const double> sorted, int count);

}  // namespace xiangtu::render::scene
