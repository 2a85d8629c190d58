// The order in which people look texts up: digits, Chinese by pinyin, Latin whatever its case (CLDR's
// order for Chinese), the same in every language of the interface.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "base/progress.hpp"

namespace xiangtu {

// The place of each of `count` texts in that order; equal ones share a place. text_of is asked from several
// threads. Where the collation is not to be had, by bytes. After a requested stop the places mean nothing.
std::vector<std::uint32_t> collation_places(std::size_t count,
                                            const std::function<std::string(std::size_t)>& text_of,
                                            const Progress& progress);

}  // namespace xiangtu
