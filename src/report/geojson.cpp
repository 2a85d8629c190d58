#include "report/geojson.hpp"

#include "base/text.hpp"

namespace xiangtu::report {

namespace {

constexpr int decimals = 8;

void append_position(std::string& text, geodesy::LonLat position) {
  text += '[' + format_number(position.lon, decimals) + ", " + format_number(position.lat, decimals) + ']';
}

}  // namespace

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

}  // namespace xiangtu::report
