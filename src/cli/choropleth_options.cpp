#include "cli/choropleth_options.hpp"

#include <algorithm>
#include <functional>
#include <optional>
#include <vector>

#include "base/text.hpp"

namespace xiangtu::cli {

namespace scene = render::scene;

namespace {

// "0.5,0.8" or "50%,80%": ascending, as many as there may be classes.
std::optional<std::vector<double>> limits_of(const std::string& text) {
  std::vector<double> limits;
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t comma = std::min(text.find(',', at), text.size());
    std::string word = text.substr(at, comma - at);
    const bool percent = word.ends_with('%');
    if (percent) word.pop_back();
    const auto number = parse_number(word);
    if (!number) return std::nullopt;
    limits.push_back(percent ? *number / 100 : *number);
    at = comma + 1;
  }
  const bool ascending =
      std::adjacent_find(limits.begin(), limits.end(), std::greater_equal<>{}) == limits.end();
  if (!ascending || limits.size() >= static_cast<std::size_t>(scene::max_classes)) return std::nullopt;
  return limits;
}

}  // namespace

Result<scene::ChoroplethSettings> ChoroplethOptions::settings() const {
  scene::ChoroplethSettings settings;
  settings.count = count;
  settings.ramp = ramp;
  const auto method = scene::class_method_from_name(classes);
  if (method && *method != scene::ClassMethod::manual) {
    settings.method = *method;
    return settings;
  }
  const auto limits = limits_of(classes);
  if (!limits)
    return Issue{IssueCode::usage,
                 "--classes takes quantile, equal, natural, or at most {0} ascending limits between classes "
                 "such as 0.5,0.8 or 50%,80%, not '{1}'",
                 scene::max_classes - 1, classes};
  settings.method = scene::ClassMethod::manual;
  settings.limits = *limits;
  return settings;
}

void add_choropleth_options(CLI::App& app, ChoroplethOptions& options, const Catalogue& texts) {
  CLI::Option* indicator = app.get_option("--indicator");
  app.add_option("--classes", options.classes,
                 texts.c_str("classes of its values: quantile, equal, natural (breaks), or limits"))
      ->type_name("METHOD|LIMIT,…")
      ->capture_default_str()
      ->needs(indicator);
  app.add_option("--class-count", options.count, texts.c_str("at most so many classes; not with limits"))
      ->check(CLI::Range(1, scene::max_classes))
      ->capture_default_str()
      ->needs(indicator);
  const auto ramps = scene::ramp_names();
  app.add_option("--ramp", options.ramp, texts.c_str("colours of the classes, by ColorBrewer"))
      ->check(CLI::IsMember(std::vector<std::string>(ramps.begin(), ramps.end())))
      ->capture_default_str()
      ->needs(indicator);
}

}  // namespace xiangtu::cli
