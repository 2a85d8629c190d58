// A scene as a page of vectors: the `map` command. What is drawn, and the classes and names on it, are those
// of the picture in pixels of the same sheet.
#pragma once

#include <string>
#include <vector>

#include "base/progress.hpp"
#include "base/result.hpp"
#include "render/scene/scene.hpp"
#include "render/scene/sheet.hpp"
#include "render/text/font_file.hpp"

namespace xiangtu::render::page {

enum class PageFormat : std::uint8_t { pdf, svg };

// The file's bytes, the same for the same scene and sheet: no clock goes in. The page is as large as the
// sheet's pixels at its resolution. PDF holds the characters of the fonts that it needs; SVG names the fonts.
// Errors: no_font, cancelled, usage (size), output_unwritable (cairo had no memory).
Result<std::string> draw_page(scene::Scene& scene, const scene::MapSheet& sheet, PageFormat format,
                              const std::vector<text::FontFile>& fonts, Progress& progress);

}  // namespace xiangtu::render::page
