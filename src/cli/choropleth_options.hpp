// How units are coloured, as options of a command.
#pragma once

#include <optional>
#include <string>

#include <CLI/CLI.hpp>

#include "base/catalogue.hpp"
#include "base/result.hpp"
#include "render/scene/choropleth.hpp"

namespace xiangtu::cli {

struct ChoroplethOptions {
  std::optional<std::string> classes;  // a method's name, or limits
  std::optional<int> count;
  std::optional<std::string> ramp, shown;

  bool any() const { return classes || count || ramp || shown; }
  // What was asked for over what there would be otherwise. Error usage when the classes are neither.
  Result<render::scene::ChoroplethSettings> over(render::scene::ChoroplethSettings settings) const;
};

// --shows, --classes, --class-count and --ramp.
void add_choropleth_options(CLI::App& app, ChoroplethOptions& options, const Catalogue& texts);

}  // namespace xiangtu::cli
