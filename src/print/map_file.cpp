#include "print/map_file.hpp"

#include <utility>

#include "io/atomic_file.hpp"
#include "io/file_ending.hpp"
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
  if (format != MapFormat::png) {
    using render::page::PageFormat;
    const PageFormat page = format == MapFormat::pdf ? PageFormat::pdf : PageFormat::svg;
    auto bytes = render::page::draw_page(scene, sheet, page, fonts, progress);
    if (!bytes) return bytes.issue();
    if (progress.stop_requested()) return cancelled_issue();
    return DrawnMap{std::move(*bytes)};
  }
  const render::scene::PaperStyle& paper = scene.styles().paper;
  io::PngPicture picture{sheet.width, sheet.height, sheet.dpi,
                         paper.sheet.a == 255 && paper.background.a == 255};
  const auto take = [&](int first_row, std::span<const std::uint8_t> rgba) { picture.add(first_row, rgba); };
  const Status drawn = render::page::draw_picture(scene, sheet, fonts, take, progress);
  if (!drawn) return drawn.issue();
  if (progress.stop_requested()) return cancelled_issue();
  return DrawnMap{std::move(picture)};
}

Status write_map(const std::string& path, const DrawnMap& map, const Progress& progress) {
  if (const auto* bytes = std::get_if<std::string>(&map))
    return io::write_file(path, *bytes, progress.stop_token());
  return std::get<io::PngPicture>(map).write(path, progress);
}

}  // namespace xiangtu::print
