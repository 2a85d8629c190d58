#include "cli/network_options.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "cli/option_checks.hpp"

namespace xiangtu::cli {

reach::NetworkOptions NetworkRequest::network() const {
  reach::NetworkOptions options;
  options.over = over == "any" ? reach::Over::any : reach::Over::hardened;
  options.length = length == "ledger" ? reach::LengthBy::ledger : reach::LengthBy::geodesic;
  options.bridge_within = {bridge_m};
  // Attached at nodes, results are for comparison with tools that know only ends.
  const bool ends_only = join.empty() ? attach == "node" : join == "ends";
  options.join = ends_only ? reach::Join::ends : reach::Join::all;
  options.join_within = {join_m};
  return options;
}

reach::AttachOptions NetworkRequest::attachment() const {
  return {attach == "node" ? reach::Attach::node : reach::Attach::edge, {attach_m}};
}

void add_network_options(CLI::App& app, NetworkRequest& request, const Catalogue& texts) {
  app.add_option("--attach-m", request.attach_m,
                 texts.c_str("how far from a road a village may lie, in metres"))
      ->check(metres_up_to(100000, texts))
      ->capture_default_str();
  app.add_option("--length", request.length,
                 texts.c_str("lengths of roads: geodesic, or as in the ledger's length_km"))
      ->check(one_of({"geodesic", "ledger"}, texts))
      ->capture_default_str();
  app.add_option("--bridge-m", request.bridge_m,
                 texts.c_str("how far from its road a bridge may lie, in metres"))
      ->check(metres_up_to(1000, texts))
      ->capture_default_str();
  app.add_option(
         "--join", request.join,
         texts.c_str("where roads join: all, also where they meet or cross inside, or ends only; without it "
                     "ends with --attach node, all with --attach edge"))
      ->check(one_of({"ends", "all"}, texts));
  app.add_option("--join-m", request.join_m,
                 texts.c_str("how far apart ends of roads that join may lie, in metres"))
      ->check(metres_up_to(100, texts))
      ->capture_default_str();
  app.add_flag("--no-hardened-blocks", request.soft_blocks,
               texts.c_str("stone and brick pavement does not count as hardened"));
}

void add_travel_options(CLI::App& app, NetworkRequest& request, const Catalogue& texts) {
  app.add_option("--attach", request.attach,
                 texts.c_str("where villages are attached: edge, the nearest place of a road, or node, the "
                             "nearest end of one, without the way there"))
      ->check(one_of({"edge", "node"}, texts))
      ->capture_default_str();
  app.add_option("--over", request.over, texts.c_str("roads that are travelled: hardened or any"))
      ->check(one_of({"hardened", "any"}, texts))
      ->capture_default_str();
}

// "4,5": condition classes of bridges, 1 to 5.
Result<std::vector<int>> condition_classes(const char* option, const std::string& text) {
  std::vector<int> classes;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find(',', begin), text.size());
    const auto number = parse_integer(text.substr(begin, end - begin));
    if (!number || *number < 1 || *number > 5)
      return Issue{IssueCode::usage, "{0} takes condition classes from 1 to 5 such as 4,5, not '{1}'", option,
                   text};
    classes.push_back(static_cast<int>(*number));
    begin = end + 1;
  }
  return classes;
}

}  // namespace xiangtu::cli
