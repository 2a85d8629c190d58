// xiangtu view: the window, or a picture of it.
#include <algorithm>
#include <iterator>
#include <memory>

#include "cli/command_line.hpp"
#include "cli/option_checks.hpp"
#include "io/raster_file.hpp"
#include "print/sheet_size.hpp"

namespace xiangtu::cli {

namespace {

constexpr int smallest_side = 320, largest_side = 8192;  // pixels

struct ViewOptions {
  SourceOptions source;
  ViewRequest request;
  std::string size = "1280x800";
};

// Rasters among the sources lie under the map.
void take_rasters(ViewRequest& request) {
  std::vector<std::string>& sources = request.open.sources;
  const auto rasters = std::stable_partition(sources.begin(), sources.end(),
                                             [](const auto& source) { return !io::names_raster(source); });
  request.backgrounds.insert(request.backgrounds.begin(), std::make_move_iterator(rasters),
                             std::make_move_iterator(sources.end()));
  sources.erase(rasters, sources.end());
}

}  // namespace

Command add_view(CLI::App& program, const Catalogue& texts, const ViewFunction& view) {
  auto options = std::make_shared<ViewOptions>();
  CLI::App* app = program.add_subcommand("view", texts.c_str("the window: map, layers, statistics"));
  app->footer(
      texts.c_str("Examples:\n"
                  "  xiangtu view region.gpkg\n"
                  "  xiangtu view region.gpkg --indicator tap_household_rate --screenshot window.png"));
  add_sources(*app, options->source, texts);
  app->get_option("source")->required(false);
  app->add_option("--screenshot", options->request.screenshot,
                  texts.c_str("draw one settled frame into this file and exit; needs no display"))
      ->type_name("FILE.png");
  app->add_option("--size", options->size, texts.c_str("of the window in pixels"))->capture_default_str();
  app->add_option("--indicator", options->request.indicator,
                  texts.c_str("colour the units by this indicator"))
      ->type_name("ID");
  app->add_option("--by", options->request.level,
                  texts.c_str("level of the coloured units: county or township"))
      ->check(one_of({"county", "township"}, texts));
  app->add_option("--theme", options->request.theme,
                  texts.c_str("colours of window and map: light or dark; else those last used"))
      ->check(one_of({"light", "dark"}, texts));
  app->add_option("--select", options->request.select, texts.c_str("select this unit"))
      ->type_name("UNIT_CODE");
  add_background_option(*app, options->request.backgrounds, texts);
  return {app, [app, options, view](Console& console) {
            const auto size = print::parse_pixels(options->size, smallest_side, largest_side);
            if (!size)
              return console.fail(
                  Issue{IssueCode::usage,
                        "--size takes WIDTHxHEIGHT in pixels from {0} to {1}, such as 1600x1200, not '{2}'",
                        smallest_side, largest_side, options->size});
            options->request.width = size->first;
            options->request.height = size->second;
            options->request.size_asked = app->get_option("--size")->count() > 0;
            options->request.open = options->source.open();
            take_rasters(options->request);
            const Status done = view(options->request, console);
            return done ? 0 : console.fail(done.issue());
          }};
}

}  // namespace xiangtu::cli
