// A scene on its sheet, drawn with a pen: the map as it is in pixels, and what is around it.
#pragma once

#include "base/progress.hpp"
#include "base/result.hpp"
#include "render/page/pen.hpp"
#include "render/scene/labels.hpp"
#include "render/scene/scene.hpp"
#include "render/scene/sheet.hpp"

namespace xiangtu::render::page {

// The scene must be settled for the sheet's camera. Error: cancelled; what was drawn until then is worth
// nothing.
Status paint_sheet(const scene::Scene& scene, const scene::MapSheet& sheet, const scene::Camera& camera,
                   const scene::MeasureText& measure, Pen& pen, Progress& progress);

}  // namespace xiangtu::render::page
