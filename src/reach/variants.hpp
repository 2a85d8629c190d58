// Reach in the ways that it is commonly asked for, side by side: in a straight line, along the roads, over
// hardened roads, and over those with bridges closed; and the Rural Access Index.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "atlas/atlas.hpp"
#include "base/finding.hpp"
#include "base/progress.hpp"
#include "base/result.hpp"
#include "indicators/definitions.hpp"
#include "indicators/parameters.hpp"
#include "reach/footing.hpp"
#include "reach/road_network.hpp"
#include "reach/villages.hpp"

namespace xiangtu::reach {

enum class Variant : std::uint8_t {
  straight_near,     // a hardened road lies within near_m in a straight line
  network_near,      // one lies within near_m along roads of any surface, with the way to the first of them
  connected,         // as reach has it, all bridges open
  connected_closed,  // with the dangerous bridges closed
  // Straight, within rai_m of an all-season road: SDG 9.1.1, of rural people alone. A village whose
  // urban-rural class (城乡分类代码) begins with 1 is urban; where none is given all villages are rural.
  rural_access
};
inline constexpr std::array<std::string_view, 5> variant_names{"straight_near", "network_near", "connected",
                                                               "connected_closed", "rai_sdg_9_1_1"};
inline constexpr std::size_t variant_count = variant_names.size();

// Of the villages in a unit: what is not known of a village without position, or of one that only a road of
// unknown surface may reach, is unknown; people that are not known count 0.
struct VariantFigure {
  std::uint64_t villages = 0, reached = 0, unknown = 0;  // villages: those that are asked about
  double population = 0, population_reached = 0, population_unknown = 0;

  void add(const VariantFigure& other);
};
using VariantFigures = std::array<VariantFigure, variant_count>;

// Whether each village is reached, by variant, and whether it is asked about at all.
struct VillageVariants {
  std::array<Counts, variant_count> reached{};
  bool rural = true;
};

// Straight and near variants alone; the connected ones are reach's own answers. Errors: cancelled.
Result<std::vector<VillageVariants>> near_variants(const atlas::Atlas& atlas,
                                                   const indicators::Definitions& definitions,
                                                   const indicators::Parameters& parameters,
                                                   const NetworkOptions& network, const AttachOptions& attach,
                                                   const Villages& villages, std::vector<Finding>& findings,
                                                   Progress& progress);

// The figures of one village.
VariantFigures figures_of(const VillageVariants& village, double population);

// The fields beside those of reach.
void need_variants(indicators::Needs& needs, const indicators::Definitions& definitions);

}  // namespace xiangtu::reach
