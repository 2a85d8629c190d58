#include "report/geojson.hpp"

#include "base/text.hpp"

namespace xiangtu::report {

namespace {

constexpr int decimals = 8;
constexpr std::size_t features_per_block = 256;

void append_position(std::string& text, geodesy::LonLat position) {
  text += '[' + format_number(position.lon, decimals) + ", " + format_number(position.lat, decimals) + ']';
}

void append_line_geometry(std::string& text, std::span<const geodesy::LonLat> line) {
  if (line.size() == 1) {
    text += "{\"type\": \"Point\", \"coordinates\": ";
    append_position(text, line.front());
    text += '}';
    return;
  }
  text += "{\"type\": \"LineString\", \"coordinates\": [";
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (i > 0) text += ", ";
    append_position(text, line[i]);
  }
  text += "]}";
}

}  // namespace

Status write_geojson(std::span<const GeoJsonFeature> features, const TextSink& sink,
                     const Progress& progress) {
  if (const Status written = sink("{\"type\": \"FeatureCollection\", \"features\": [\n"); !written)
    return written;
  if (const Status written = write_blocks(
          features.size(), features_per_block,
          [&](std::size_t first, std::size_t last, std::string& text) {
            for (std::size_t i = first; i < last; ++i) {
              text +=
                  "{\"type\": \"Feature\", \"properties\": {" + features[i].properties + "}, \"geometry\": ";
              append_line_geometry(text, features[i].line);
              text += i + 1 < features.size() ? "},\n" : "}\n";
            }
          },
          sink, progress);
      !written)
    return written;
  return sink("]}\n");
}

}  // namespace xiangtu::report
