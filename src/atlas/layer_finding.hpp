// Findings about rows of a layer, as kernels make them.
#pragma once

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "base/finding.hpp"
#include "table/feature_table.hpp"

namespace xiangtu::atlas {

// Without rows as yet.
inline Finding finding_of(const table::FeatureTable& table, std::string id, Severity severity,
                          std::string field, Message message) {
  return {std::move(id),    severity,           table.source.path, table.source.layer,
          std::move(field), std::move(message), {}};
}

// Adds it where it is about any row.
inline void keep(Finding finding, std::vector<Finding>& findings) {
  if (finding.rows.empty()) return;
  std::sort(finding.rows.begin(), finding.rows.end());
  findings.push_back(std::move(finding));
}

}  // namespace xiangtu::atlas
