// A sheet, drawn with a pen: the map as it is in pixels, and what is around it.
#pragma once

#include "base/progress.hpp"
#include "base/result.hpp"
#include "render/page/pen.hpp"
#include "render/page/sheet_content.hpp"

namespace xiangtu::render::page {

// What lies on this part of the sheet, or reaches into it; the pen leaves out what is beyond. Error:
// cancelled; what was drawn until then is worth nothing.
Status paint(const SheetContent& content, const scene::Rect& part, Pen& pen, Progress& progress);

}  // namespace xiangtu::render::page
