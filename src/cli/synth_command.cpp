// xiangtu synth: synthetic regions of any size, and the demonstration map.
#include <filesystem>
#include <memory>

#include "cli/command_line.hpp"
#include "cli/option_checks.hpp"
#include "synth/demo.hpp"
#include "synth/region.hpp"

namespace xiangtu::cli {

namespace {

struct SynthRequest {
  synth::RegionOptions region;
  std::string demo, output;
};

int run_synth(const SynthRequest& request, Console& console) {
  if (std::filesystem::path{request.output}.extension() != ".gpkg")
    return console.fail({IssueCode::output_unknown_ending,
                         "{0}: a region is written as a GeoPackage; give a file name that ends in .gpkg",
                         request.output});
  if (request.demo.empty()) {
    const Status made = synth::make_region(request.region, request.output, console.progress());
    return made ? 0 : console.fail(made.issue());
  }
  const Status made =
      synth::make_demo(synth::demo_description(request.demo), request.output, console.progress());
  return made ? 0 : console.fail(made.issue());
}

}  // namespace

Command add_synth(CLI::App& program, const Catalogue& texts) {
  auto request = std::make_shared<SynthRequest>();
  CLI::App* app = program.add_subcommand(
      "synth", texts.c_str("synthetic regions of any size, and the demonstration map"));
  app->footer(
      texts.c_str("Examples:\n"
                  "  xiangtu synth --villages 60000 --seed 1 -o region.gpkg\n"
                  "  xiangtu synth --demo yulin -o yulin.gpkg"));
  auto* villages =
      app->add_option("--villages", request->region.villages, texts.c_str("how many natural villages"))
          ->check(number_between(1, 10000000, texts))
          ->capture_default_str();
  auto* seed =
      app->add_option("--seed", request->region.seed, texts.c_str("the same seed gives the same region"))
          ->capture_default_str();
  auto* demo = app->add_option("--demo", request->demo,
                               texts.c_str("make a demonstration map: its name, or its description file"))
                   ->type_name("NAME");
  demo->excludes(villages)->excludes(seed);
  app->add_option("-o,--output", request->output, texts.c_str("file to write, ending in .gpkg"))
      ->type_name("FILE.gpkg")
      ->required();
  return {app, [request](Console& console) { return run_synth(*request, console); }};
}

}  // namespace xiangtu::cli
