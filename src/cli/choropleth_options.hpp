// How units are coloured, as options of a command.
#pragma once

#include <string>

#include <CLI/CLI.hpp>

#include "base/catalogue.hpp"
#include "base/result.hpp"
#include "render/scene/choropleth.hpp"

namespace xiangtu::cli {

struct ChoroplethOptions {
  std::string classes = "quantile";  // a method's name, or limits
  int count = render::scene::ChoroplethSettings{}.count;
  std::string ramp = render::scene::ChoroplethSettings{}.ramp;

  // Error usage when the classes are neither.
  Result<render::scene::ChoroplethSettings> settings() const;
};

// --classes, --class-count and --ramp; the command has --indicator, which they need.
void add_choropleth_options(CLI::App& app, ChoroplethOptions& options, const Catalogue& texts);

}  // namespace xiangtu::cli
