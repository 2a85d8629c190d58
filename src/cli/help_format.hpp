// How --help looks: in the user's language, with the whole name of the command, and values named plainly.
#pragma once

#include <memory>

#include <CLI/CLI.hpp>

#include "base/catalogue.hpp"

namespace xiangtu::cli {

std::shared_ptr<CLI::FormatterBase> help_format(const Catalogue& texts);

}  // namespace xiangtu::cli
