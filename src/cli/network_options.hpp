// The options of commands that search the road network.
#pragma once

#include <string>

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

void add_network_options(CLI::App& app, NetworkRequest& request, const Catalogue& texts);

}  // namespace xiangtu::cli
