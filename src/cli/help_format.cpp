#include "cli/help_format.hpp"

#include <string>
#include <utility>
#include <vector>

#include "base/text.hpp"

namespace xiangtu::cli {

namespace {

class HelpFormat : public CLI::Formatter {
 public:
  explicit HelpFormat(const Catalogue& texts) {
    const std::pair<const char*, std::string_view> words[] = {
        {"Usage", texts("Usage")},         {"OPTIONS", texts("OPTIONS")},
        {"SUBCOMMAND", texts("COMMAND")},  {"Positionals", texts("Arguments")},
        {"Options", texts("Options")},     {"Subcommands", texts("Commands")},
        {"REQUIRED", texts("(required)")}, {"Excludes", texts("not with")},
        {"TEXT", texts("TEXT")},           {"INT", texts("NUMBER")},
        {"UINT", texts("NUMBER")},         {"FLOAT", texts("NUMBER")}};
    for (const auto& [key, word] : words) label(key, std::string{word});
  }

  std::string make_usage(const CLI::App* app, std::string) const override {
    std::string name = app->get_name();
    for (const CLI::App* above = app->get_parent(); above; above = above->get_parent())
      name = above->get_name() + " " + name;
    return Formatter::make_usage(app, name);
  }

  std::string make_group(std::string group, bool is_positional,
                         std::vector<const CLI::Option*> options) const override {
    return Formatter::make_group(get_label(group), is_positional, options);
  }

  std::string make_subcommands(const CLI::App* app, CLI::AppFormatMode mode) const override {
    const std::string group = "\nSubcommands:\n";
    std::string text = Formatter::make_subcommands(app, mode);
    if (text.starts_with(group)) text.replace(0, group.size(), "\n" + get_label("Subcommands") + ":\n");
    return text;
  }

  std::string make_option(const CLI::Option* option, bool is_positional) const override {
    return line(make_option_name(option, is_positional) + make_option_opts(option), make_option_desc(option));
  }

  std::string make_option_opts(const CLI::Option* option) const override {
    if (option->get_type_size() == 0) return "";
    std::string text = " " + value_name(option->get_type_name());
    if (!option->get_default_str().empty()) text += "=" + option->get_default_str();
    if (option->get_positional() && option->get_expected_max() > 1) text += " …";
    if (option->get_required()) text += " " + get_label("REQUIRED");
    if (!option->get_excludes().empty()) text += " (" + get_label("Excludes");
    for (const CLI::Option* other : option->get_excludes()) text += " " + other->get_name();
    return option->get_excludes().empty() ? text : text + ")";
  }

 private:
  // By columns on a terminal, where CLI11 counts bytes.
  std::string line(const std::string& name, const std::string& description) const {
    const int room = static_cast<int>(column_width_) - 2 - display_width(name);
    const std::string gap =
        room > 0 ? std::string(static_cast<std::size_t>(room), ' ') : "\n" + std::string(column_width_, ' ');
    return "  " + name + gap + description + "\n";
  }

  // CLI11 puts its word for the kind of value before what is checked: "TEXT:{county,township}",
  // "INT:INT in [1 - 1024]".
  std::string value_name(std::string name) const {
    const std::size_t colon = name.find(':');
    if (colon == std::string::npos) return get_label(name);
    const std::string kind = name.substr(0, colon);
    std::string checked = name.substr(colon + 1);
    const std::size_t range = checked.find('[');
    const std::size_t dash = checked.find(" - ");
    if (range == std::string::npos || dash == std::string::npos) return checked;
    return get_label(kind) + " " + checked.substr(range + 1, dash - range - 1) + "–" +
           checked.substr(dash + 3, checked.size() - dash - 4);
  }
};

}  // namespace

std::shared_ptr<CLI::FormatterBase> help_format(const Catalogue& texts) {
  return std::make_shared<HelpFormat>(texts);
}

}  // namespace xiangtu::cli
