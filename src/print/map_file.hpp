// The file of a map: its format by the ending, and how it is drawn and written.
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "base/progress.hpp"
#include "base/result.hpp"
#include "io/png_file.hpp"
#include "render/scene/scene.hpp"
#include "render/scene/sheet.hpp"
#include "render/text/font_file.hpp"

namespace xiangtu::print {

enum class MapFormat { png, pdf, svg };

// Error: an ending that names none of them.
Result<MapFormat> map_format(const std::string& output);

// A map ready to be written: the bytes of a page, or a picture whose rows are encoded.
using DrawnMap = std::variant<std::string, io::PngPicture>;
// Errors are those of drawing; cancelled.
Result<DrawnMap> draw_map(MapFormat format, render::scene::Scene& scene, const render::scene::MapSheet& sheet,
                          const std::vector<render::text::FontFile>& fonts, Progress& progress);

// The file appears when all of it is there.
Status write_map(const std::string& path, const DrawnMap& map, const Progress& progress);

}  // namespace xiangtu::print
