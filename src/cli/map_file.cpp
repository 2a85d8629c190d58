#include "cli/map_file.hpp"

#include <array>
#include <cmath>

#include "cli/command_line.hpp"
#include "io/atomic_file.hpp"
#include "io/file_ending.hpp"
#include "io/png_file.hpp"
#include "render/page/draw_page.hpp"

namespace xiangtu::cli {

namespace {

constexpr int smallest_side = 64, largest_side = 16384;
constexpr double mm_per_inch = 25.4;

struct Paper {
  std::string_view name;
  int width_mm, height_mm;
};
// ISO 216.
constexpr std::array<Paper, 7> papers{{{"A0", 841, 1189},
                                       {"A1", 594, 841},
                                       {"A2", 420, 594},
                                       {"A3", 297, 420},
                                       {"A4", 210, 297},
                                       {"A5", 148, 210},
                                       {"A6", 105, 148}}};

}  // namespace

Result<MapFormat> map_format(const std::string& output) {
  const std::string ending = io::ending_of(output);
  if (ending == ".png") return MapFormat::png;
  if (ending == ".pdf") return MapFormat::pdf;
  if (ending == ".svg") return MapFormat::svg;
  return Issue{IssueCode::output_unknown_ending,
               "{0}: a map is written as .png, .pdf or .svg; give a file name with one of these endings",
               output};
}

Result<SheetSize> parse_sheet_size(const std::string& text, double dpi) {
  for (const Paper& paper : papers) {
    if (text != paper.name) continue;
    const auto pixels = [&](int mm) { return static_cast<int>(std::lround(mm / mm_per_inch * dpi)); };
    return SheetSize{pixels(paper.width_mm), pixels(paper.height_mm), true};
  }
  const auto size = parse_size(text, smallest_side, largest_side);
  if (!size) return size.issue();
  return SheetSize{size->first, size->second, false};
}

Result<DrawnMap> draw_map(MapFormat format, render::scene::Scene& scene, const render::scene::MapSheet& sheet,
                          const std::vector<render::text::FontFile>& fonts, Progress& progress) {
  DrawnMap map{format, {}, sheet.dpi, {}};
  if (format == MapFormat::png) {
    auto image = render::page::draw_picture(scene, sheet, fonts, progress);
    if (!image) return image.issue();
    map.image = std::move(*image);
  } else {
    using render::page::PageFormat;
    const PageFormat page = format == MapFormat::pdf ? PageFormat::pdf : PageFormat::svg;
    auto bytes = render::page::draw_page(scene, sheet, page, fonts, progress);
    if (!bytes) return bytes.issue();
    map.bytes = std::move(*bytes);
  }
  if (progress.stop_requested()) return cancelled_issue();
  return map;
}

Status write_map(const std::string& path, const DrawnMap& map, const Progress& progress) {
  if (map.format != MapFormat::png) return io::write_file(path, map.bytes, progress.stop_token());
  const render::scene::Image& image = map.image;
  return io::write_png(path, image.rgba, image.width, image.height, map.dpi, progress);
}

}  // namespace xiangtu::cli
