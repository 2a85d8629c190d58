// A source layer with everything that is needed to read it: its role, fields, geometry and
// coordinate system, found before any row is read.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/progress.hpp"
#include "base/result.hpp"
#include "geodesy/crs.hpp"
#include "io/dataset.hpp"
#include "io/field_binding.hpp"
#include "io/role_recognition.hpp"
#include "io/source_file.hpp"

namespace xiangtu::io {

// Columns of a table that hold the position; -1: none.
struct PositionColumns {
  int x = -1, y = -1, wkt = -1;
  bool geographic = false;  // degrees on WGS 84 by their names
  bool any() const { return wkt >= 0 || (x >= 0 && y >= 0); }
};

struct BoundLayer {
  const SourceFile* source = nullptr;
  SourceLayer* layer = nullptr;           // owned by the source
  const LayerMapping* mapping = nullptr;  // null: none applies
  LayerTraits traits;
  RoleGuess guess;
  PositionColumns position;
  std::vector<FieldBinding> bindings;
  std::optional<geodesy::Crs> crs;
  LayerInfo info;

  // OGR's attribute filter; empty for none.
  std::string_view filter() const { return mapping ? std::string_view{mapping->filter} : std::string_view{}; }
};

// Fields, possible kinds of geometry and position columns; with a guess of the role.
Result<BoundLayer> survey_layer(const Schema& schema, const SourceFile& source, SourceLayer& layer,
                                const LayerMapping* mapping);

// With the roles settled: kind, coordinate system, fields, number of rows. Errors: a geometry of a
// known role without a coordinate system; a mapping that names what is not there.
Status complete_layer(const Schema& schema, BoundLayer& bound, Progress& progress);

}  // namespace xiangtu::io
