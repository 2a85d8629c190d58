#include "cli/threshold_options.hpp"

#include "base/text.hpp"
#include "cli/option_checks.hpp"

namespace xiangtu::cli {

namespace {

// "all", or "HOUSEHOLDS/PEOPLE".
Status read_eligible(const std::string& text, indicators::Parameters& parameters) {
  if (text == "all") {
    parameters.eligible_households = parameters.eligible_population = 0;
    return {};
  }
  const std::size_t slash = text.find('/');
  const auto households = parse_number(text.substr(0, slash));
  const auto people = parse_number(slash == std::string::npos ? "" : text.substr(slash + 1));
  if (!households || !people || *households < 0 || *people < 0)
    return Issue{IssueCode::usage, "--eligible takes 'all' or HOUSEHOLDS/PEOPLE such as 30/150, not '{0}'",
                 text};
  parameters.eligible_households = *households;
  parameters.eligible_population = *people;
  return {};
}

}  // namespace

void add_threshold_options(CLI::App& app, ThresholdOptions& options, const Catalogue& catalogue) {
  app.add_option("--near-m", options.parameters.near_m,
                 catalogue.c_str("distance of the near_* indicators in metres, inclusive"))
      ->check(metres_up_to(100000, catalogue))
      ->capture_default_str();
  app.add_option("--reach-m", options.parameters.reach_m,
                 catalogue.c_str("distance to a hardened road at which a village is reached, in metres"))
      ->check(metres_up_to(100000, catalogue))
      ->capture_default_str();
  app.add_option("--eligible", options.eligible,
                 catalogue.c_str("natural villages that count: all, or at least HOUSEHOLDS/PEOPLE"))
      ->capture_default_str();
  app.add_flag("--include-communities", options.parameters.include_communities,
               catalogue.c_str("count residents' committees among the administrative villages"));
  app.add_flag("--no-hardened-blocks", options.soft_blocks,
               catalogue.c_str("stone and brick pavement does not count as hardened"));
}

Result<indicators::Parameters> thresholds_of(const CLI::App& app, const ThresholdOptions& options,
                                             const workspace::OpenOptions& sources) {
  indicators::Parameters asked = options.parameters;
  asked.hardened_blocks = !options.soft_blocks;
  if (const Status read = read_eligible(options.eligible, asked); !read) return read.issue();
  const auto saved = workspace::saved_parameters(sources);
  if (!saved) return saved.issue();
  if (!*saved) return asked;
  indicators::Parameters parameters = **saved;
  const auto is_asked = [&](const char* option) { return app.get_option(option)->count() > 0; };
  if (is_asked("--near-m")) parameters.near_m = asked.near_m;
  if (is_asked("--reach-m")) parameters.reach_m = asked.reach_m;
  if (is_asked("--include-communities")) parameters.include_communities = asked.include_communities;
  if (is_asked("--no-hardened-blocks")) parameters.hardened_blocks = asked.hardened_blocks;
  if (!is_asked("--eligible")) return parameters;
  parameters.eligible_households = asked.eligible_households;
  parameters.eligible_population = asked.eligible_population;
  return parameters;
}

}  // namespace xiangtu::cli
