// The options of commands that search the road network.
#pragma once

#include <string>
#include <vector>

#include "cli/command_line.hpp"
#include "indicators/parameters.hpp"
#include "reach/footing.hpp"
#include "reach/road_network.hpp"

namespace xiangtu::cli {

// As it is typed.
struct NetworkRequest {
  std::string attach = "edge", join, over = "hardened", length = "geodesic";
  double attach_m = 500, bridge_m = 50, join_m = 0.1;
  bool soft_blocks = false;

  reach::NetworkOptions network() const;
  reach::AttachOptions attachment() const;
};

// Which roads are travelled and where villages are attached to them.
void add_travel_options(CLI::App& app, NetworkRequest& request, const Catalogue& texts);
// How far villages and bridges lie from roads, and where roads join.
void add_network_options(CLI::App& app, NetworkRequest& request, const Catalogue& texts);

// What such an option says: "4,5". Errors: a word that is no condition class from 1 to 5.
Result<std::vector<int>> condition_classes(const char* option, const std::string& text);

}  // namespace xiangtu::cli
