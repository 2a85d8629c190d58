#include "print/map_file.hpp"

#include <utility>

#include "io/atomic_file.hpp"
#include "io/file_ending.hpp"
#include "io/png_file.hpp"
#include "render/page/draw_page.hpp"

namespace xiangtu::print {

Result<MapFormat> map_format(const std::string& output) {
  const std::string ending = io::ending_of(output);
  if (ending == ".png") return MapFormat::png;
  if (ending == ".pdf") return MapFormat::pdf;
  if (ending == ".svg") return MapFormat::svg;
  return Issue{IssueCode::output_unknown_ending,
               "{0}: a map is written as .png, .pdf or .svg; give a file name with one of these endings",
               output};
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

}  // namespace xiangtu::print
