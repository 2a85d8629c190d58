// The synthetic regions that tasks run on, kept from one time to the next.
#pragma once

#include <cstdint>
#include <filesystem>

#include "base/result.hpp"

namespace xiangtu::bench {

// The GeoPackage in the folder with so many natural villages; made by the program where there is none yet.
// It bears its name only when it is complete.
Result<std::filesystem::path> region_of(std::uint64_t villages, const std::filesystem::path& program,
                                        const std::filesystem::path& folder);

}  // namespace xiangtu::bench
