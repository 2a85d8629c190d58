// Checks of what options take; the refusals speak the user's language.
#pragma once

#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "base/catalogue.hpp"

namespace xiangtu::cli {

CLI::Validator one_of(std::vector<std::string> words, const Catalogue& catalogue);
CLI::Validator number_between(double least, double most, const Catalogue& catalogue);  // both included
CLI::Validator metres_up_to(double most, const Catalogue& catalogue);                  // from 0
CLI::Validator not_empty(const Catalogue& catalogue);  // as an unset variable of a script is

}  // namespace xiangtu::cli
