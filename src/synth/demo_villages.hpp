// Attributes of a demonstration map's villages: census populations and published rates met exactly.
#pragma once

#include <vector>

#include "synth/demo_ground.hpp"
#include "synth/description.hpp"
#include "synth/records.hpp"

namespace xiangtu::synth {

struct DemoPeople {
  std::vector<AdminVillage> villages;                // as in the description
  std::vector<std::vector<NaturalVillage>> hamlets;  // of each village
};

DemoPeople make_people(const Description& description, const DemoGround& ground);

}  // namespace xiangtu::synth
