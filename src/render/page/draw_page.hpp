// A scene on its sheet, as the `map` command draws it: a page of vectors or a picture. Both have the same
// layers, classes and names, by one painter with different pens; no display and no OpenGL is needed.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "base/progress.hpp"
#include "base/result.hpp"
#include "render/scene/image.hpp"
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

// Rows of a picture, RGBA, from this one downwards: by several threads, in any order, each row once.
using TakeRows = std::function<void(int first_row, std::span<const std::uint8_t> rgba)>;
// The same in pixels, given away as they are done: cut in the same rows for a sheet of the same size. Errors:
// the same.
Status draw_picture(scene::Scene& scene, const scene::MapSheet& sheet,
                    const std::vector<text::FontFile>& fonts, const TakeRows& take, Progress& progress);
// All of it.
Result<scene::Image> draw_picture(scene::Scene& scene, const scene::MapSheet& sheet,
                                  const std::vector<text::FontFile>& fonts, Progress& progress);

}  // namespace xiangtu::render::page
