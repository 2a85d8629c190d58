// A source layer with everything that is needed to read it: its role, fields, geometry and
// coordinate system, found before any row is read.
#pragma once

#include <optional>
#include <string>
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
  SourceFile* source = nullptr;
  OGRLayer* layer = nullptr;              // owned by the source's dataset
  const LayerMapping* mapping = nullptr;  // null: none applies
  LayerTraits traits;
  RoleGuess guess;
  PositionColumns position;
  std::vector<FieldBinding> bindings;
  std::optional<geodesy::Crs> crs;
  LayerInfo info;
};

// Fields, possible kinds of geometry and position columns; with a guess of the role.
Result<BoundLayer> survey_layer(const Schema& schema, SourceFile& source, OGRLayer& layer,
                                const LayerMapping* mapping);

// A layer ready to give its rows from the first one on, for one reading.
struct OpenLayer {
  GdalDataset own;  // for formats that cannot be rewound well; closed with the reading
  GDALDataset* dataset = nullptr;
  OGRLayer* layer = nullptr;
  bool streamed = false;  // rows of several layers come mixed from the dataset

  // Null at the end, when something failed (GDAL says what), or when progress was asked to stop.
  GdalFeature next(Progress& progress) const;
};

// With the roles settled: kind, coordinate system, fields, number of rows. Errors: a geometry of a
// known role without a coordinate system; a mapping that names what is not there.
Status complete_layer(const Schema& schema, BoundLayer& bound, Progress& progress);

// The layer with the mapping's filter, giving only the fields whose positions are wanted.
Result<OpenLayer> start_reading(const BoundLayer& bound, const std::vector<bool>& wanted_fields,
                                bool wants_geometry);

}  // namespace xiangtu::io
