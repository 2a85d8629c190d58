// "Did you mean …": the word nearest to one that nobody knows.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace xiangtu {

// The candidate that differs least from the word; empty when none is near.
std::string nearest(std::string_view word, const std::vector<std::string_view>& candidates);

}  // namespace xiangtu
