#include "cli/option_checks.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace xiangtu::cli {

namespace {

std::string joined(const std::vector<std::string>& words, const char* separator) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : separator) + word;
  return text;
}

std::string limit_text(double limit) {
  return with_thousands(format_number(limit, 0));
}

}  // namespace

CLI::Validator one_of(std::vector<std::string> words, const Catalogue& texts) {
  std::string shown = "{" + joined(words, ",") + "}";
  return CLI::Validator(
      [words = std::move(words), &texts](std::string& text) {
        if (std::find(words.begin(), words.end(), text) != words.end()) return std::string{};
        return Message("takes one of {0}, not '{1}'", joined(words, ", "), text).in(texts);
      },
      std::move(shown), "one_of");
}

CLI::Validator number_between(double least, double most, const Catalogue& texts) {
  return CLI::Validator(
      [least, most, &texts](std::string& text) {
        const auto number = parse_number(text);
        if (number && *number >= least && *number <= most) return std::string{};
        return Message("takes a number from {0} to {1}, not '{2}'", limit_text(least), limit_text(most), text)
            .in(texts);
      },
      "[" + limit_text(least) + " - " + limit_text(most) + "]", "number_between");
}

CLI::Validator metres_up_to(double most, const Catalogue& texts) {
  return CLI::Validator(
      [most, &texts](std::string& text) {
        const auto number = parse_number(text);
        if (number && *number >= 0 && *number <= most) return std::string{};
        return Message("takes metres from 0 to {0}, not '{1}'", limit_text(most), text).in(texts);
      },
      "", "metres_up_to");
}

CLI::Validator not_empty(const Catalogue& texts) {
  return CLI::Validator(
      [&texts](std::string& text) {
        return text.empty() ? std::string{texts("is empty; leave it away to ask for everything")}
                            : std::string{};
      },
      "", "not_empty");
}

}  // namespace xiangtu::cli
