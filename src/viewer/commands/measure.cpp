#include "viewer/commands/measure.hpp"

#include <cmath>

#include "geodesy/measure.hpp"
#include "viewer/measured_text.hpp"

namespace xiangtu::viewer {

bool is_measuring(const ToolState& tool) {
  return tool.active == MapTool::measure_length || tool.active == MapTool::measure_area;
}

Measurement measure(const ToolState& tool, std::optional<geodesy::LonLat> pointer) {
  Measurement measured;
  if (!is_measuring(tool) || tool.points.empty()) return measured;
  std::vector<geodesy::LonLat> points = tool.points;
  if (pointer && !tool.finished && !(points.back() == *pointer)) points.push_back(*pointer);
  if (tool.active == MapTool::measure_area && points.size() > 2) {
    measured.area = SquareMetres{std::abs(geodesy::ring_area(points).value)};
    points.push_back(points.front());
  }
  for (std::size_t i = 0; i + 1 < points.size(); ++i) {
    measured.segments.push_back(geodesy::distance(points[i], points[i + 1]));
    measured.length += measured.segments.back();
  }
  return measured;
}

std::string measurement_text(const ToolState& tool, const Measurement& measured, const Catalogue& t) {
  if (measured.segments.empty()) return {};
  const std::string length = length_text(measured.length, t);
  if (tool.active == MapTool::measure_length) return length;
  return measured.area ? area_text(*measured.area, t) + "\n" + Message("around: {0}", length).in(t) : length;
}

}  // namespace xiangtu::viewer
