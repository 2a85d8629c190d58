#include "cli/choropleth_options.hpp"

#include <algorithm>
#include <functional>
#include <optional>
#include <vector>

#include "base/text.hpp"
#include "cli/option_checks.hpp"

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

Result<scene::ChoroplethSettings> ChoroplethOptions::over(scene::ChoroplethSettings settings) const {
  settings.count = count.value_or(settings.count);
  settings.ramp = ramp.value_or(settings.ramp);
  if (shown) settings.shown = *shown == "unknown" ? scene::Shown::unknown_share : scene::Shown::value;
  if (!classes) return settings;
  settings.limits.clear();
  const auto method = scene::class_method_from_name(*classes);
  if (method && *method != scene::ClassMethod::manual) {
    settings.method = *method;
    return settings;
  }
  const auto limits = limits_of(*classes);
  if (!limits)
    return Issue{IssueCode::usage,
                 "--classes takes quantile, equal, natural, or at most {0} ascending limits between classes "
                 "such as 0.5,0.8 or 50%,80%, not '{1}'",
                 scene::max_classes - 1, *classes};
  settings.method = scene::ClassMethod::manual;
  settings.limits = *limits;
  return settings;
}

void add_choropleth_options(CLI::App& app, ChoroplethOptions& options, const Catalogue& texts) {
  const scene::ChoroplethSettings usual;
  app.add_option("--shows", options.shown,
                 texts.c_str("what the colours show: value, or unknown: the share that is not known"))
      ->check(one_of({"value", "unknown"}, texts))
      ->default_str("value");
  app.add_option("--classes", options.classes,
                 texts.c_str("classes of its values: quantile, equal, natural (breaks), or limits"))
      ->type_name("METHOD|LIMIT,…")
      ->default_str(std::string{scene::class_method_name(usual.method)});
  app.add_option("--class-count", options.count, texts.c_str("at most so many classes; not with limits"))
      ->check(number_between(1, scene::max_classes, texts))
      ->default_str(std::to_string(usual.count));
  const auto ramps = scene::ramp_names();
  app.add_option("--ramp", options.ramp, texts.c_str("colours of the classes, by ColorBrewer"))
      ->check(one_of(std::vector<std::string>(ramps.begin(), ramps.end()), texts))
      ->default_str(usual.ramp);
}

}  // namespace xiangtu::cli
