#include "print/sheet_size.hpp"

#include <cmath>

#include "base/text.hpp"

namespace xiangtu::print {

namespace scene = render::scene;

namespace {

constexpr double mm_per_inch = 25.4;

}  // namespace

std::optional<std::pair<int, int>> parse_pixels(const std::string& text, int smallest, int largest) {
  const std::size_t cross = text.find('x');
  if (cross == std::string::npos) return std::nullopt;
  const auto side = [&](std::string_view digits) {
    const long long pixels = parse_integer(digits).value_or(0);
    return pixels >= smallest && pixels <= largest ? static_cast<int>(pixels) : 0;
  };
  const int width = side(std::string_view{text}.substr(0, cross)),
            height = side(std::string_view{text}.substr(cross + 1));
  if (width <= 0 || height <= 0) return std::nullopt;
  return std::pair{width, height};
}

Result<SheetSize> parse_sheet_size(const std::string& text, double dpi) {
  for (const Paper& paper : papers) {
    if (text != paper.name) continue;
    const auto pixels = [&](int mm) { return static_cast<int>(std::lround(mm / mm_per_inch * dpi)); };
    return SheetSize{pixels(paper.width_mm), pixels(paper.height_mm), true};
  }
  if (const auto size = parse_pixels(text, scene::smallest_side, scene::largest_side))
    return SheetSize{size->first, size->second, false};
  return Issue{IssueCode::usage,
               "a map's size is a paper, A0 to A6, or WIDTHxHEIGHT in pixels from {0} to {1}, such as "
               "1600x1200, not '{2}'",
               scene::smallest_side, scene::largest_side, text};
}

void show(const geodesy::LonLatBox& extent, const SheetSize& size, scene::MapSheet& sheet) {
  sheet.extent = extent;
  if (!size.is_paper || extent.empty()) return;
  const scene::WorldBox box = scene::world_of(extent);
  const bool wide = box.max.x - box.min.x > box.max.y - box.min.y;
  sheet.width = wide ? size.height : size.width;
  sheet.height = wide ? size.width : size.height;
}

}  // namespace xiangtu::print
