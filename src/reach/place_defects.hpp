// Defects of what lies apart: islands of roads, bridges off the roads, villages far from them.
#pragma once

#include <vector>

#include "base/finding.hpp"
#include "base/progress.hpp"
#include "reach/defects.hpp"
#include "reach/villages.hpp"

namespace xiangtu::reach {

// The villages that are asked about with what each counts. Layer null: there are none.
struct CountedVillages : Villages {
  std::vector<Gain> counts;
};

// Findings: pieces that have no trunk road but roads of unknown class; villages on roads that lead to the
// trunk network only over such as are not travelled for sure.
std::vector<Defect> islands(const RoadNetwork& network, const Gains& gains, const CountedVillages& villages,
                            std::vector<Finding>& findings);

std::vector<Defect> bridges_off_road(const RoadNetwork& network, const atlas::Layer& bridges, Metres within,
                                     Progress& progress);

// Findings: bridges within 10 m of where roads cross and are joined for want of levels: one may lead over the
// other.
void note_bridges_on_crossings(const RoadNetwork& network, const atlas::Layer& bridges,
                               std::vector<Finding>& findings, const Progress& progress);

// Findings: villages near such roads alone of which it is not known whether they are travelled, or which are
// not.
std::vector<Defect> villages_off_road(const RoadNetwork& network, const Gains& gains, const Footing& footing,
                                      Metres attach_within, const CountedVillages& villages,
                                      std::vector<Finding>& findings, Progress& progress);

}  // namespace xiangtu::reach
