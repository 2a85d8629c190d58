// Features as GeoJSON (RFC 7946), with coordinates to a millimetre or so.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "geodesy/position.hpp"
#include "report/text_blocks.hpp"

namespace xiangtu::report {

struct GeoJsonFeature {
  std::string properties;                 // the inside of the object, as JSON
  std::span<const geodesy::LonLat> line;  // outlives it; one position: a point
};

Status write_geojson(std::span<const GeoJsonFeature> features, const TextSink& sink,
                     const Progress& progress);

}  // namespace xiangtu::report
