// What is in the sources and how it was understood, as text, CSV and JSON.
#pragma once

#include <string>
#include <vector>

#include "atlas/atlas.hpp"
#include "base/catalogue.hpp"
#include "io/dataset.hpp"

namespace xiangtu::report {

struct SourceReport {
  const std::vector<io::LayerInfo>& layers;  // as found, those without a role too
  const atlas::Atlas& atlas;                 // as read: units and findings
};

std::string text(const SourceReport& report, const Catalogue& catalogue);
std::string json(const SourceReport& report);
// One line a field: source,layer,role,rows,geometry,crs,source_field,field,evidence,type.
std::string csv(const SourceReport& report);

}  // namespace xiangtu::report
