// A demonstration map from a description file: real names and codes of the units, synthetic positions,
// and totals that equal published figures. The description (geodata/*.toml) holds every fact; nothing
// here knows the place.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "base/progress.hpp"
#include "base/result.hpp"

namespace xiangtu::synth {

// The description that a name stands for: geodata/NAME.toml beside the program's assets; a path with
// an ending stands for itself.
std::filesystem::path demo_description(std::string_view name);

// The same description and unit lists give the same bytes. Errors name the file, line and key.
Status make_demo(const std::filesystem::path& description, const std::string& path, Progress& progress);

}  // namespace xiangtu::synth
