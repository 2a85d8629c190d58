// The thresholds that a user may set; each is printed with the result.
#pragma once

#include <array>
#include <string_view>
#include <utility>

namespace xiangtu::indicators {

struct Parameters {
  double near_m = 2000;              // near_*: geodesic, inclusive
  double reach_m = 500;              // reached: the product's definition, not a standard
  double rai_m = 2000;               // SDG 9.1.1
  double eligible_households = 30;   // natural villages that count: at least so many households
  double eligible_population = 150;  //   or so many people; 0 and 0: all
  bool include_communities = false;  // residents' committees in the rural denominators
  bool hardened_blocks = true;       // stone and brick pavement counts as hardened

  bool operator==(const Parameters&) const = default;
};

// Their names, as results print them and workspace files write them.
inline constexpr std::array<std::pair<std::string_view, double Parameters::*>, 5> number_parameters{
    {{"near_m", &Parameters::near_m},
     {"reach_m", &Parameters::reach_m},
     {"rai_m", &Parameters::rai_m},
     {"eligible_households", &Parameters::eligible_households},
     {"eligible_population", &Parameters::eligible_population}}};
inline constexpr std::array<std::pair<std::string_view, bool Parameters::*>, 2> yes_no_parameters{
    {{"include_communities", &Parameters::include_communities},
     {"hardened_blocks", &Parameters::hardened_blocks}}};

}  // namespace xiangtu::indicators
