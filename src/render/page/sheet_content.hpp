// All that is on a sheet, looked up once, so that the sheet can be painted in parts side by side.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "render/page/pen.hpp"
#include "render/scene/furniture.hpp"
#include "render/scene/highlight.hpp"
#include "render/scene/image.hpp"
#include "render/scene/labels.hpp"
#include "render/scene/paint.hpp"
#include "render/scene/scene.hpp"
#include "render/scene/sheet.hpp"

namespace xiangtu::render::page {

// What lies on the map is in pixels from the sheet's corner, if not said otherwise. Refers to what it was
// made from, which stays as it is meanwhile. May be read by several threads.
struct SheetContent {
  const scene::MapSheet& sheet;
  const scene::Camera& camera;
  const scene::PaperStyle& paper;
  scene::Rect place;  // of the map

  struct Ground {
    scene::Image picture;  // of the whole map
    double opacity = 1;
  };
  std::vector<Ground> grounds;  // backgrounds, the lowest first

  struct Drawing {
    scene::DrawingPass pass;
    std::vector<std::shared_ptr<const scene::Piece>> pieces;
  };
  std::vector<Drawing> drawings;  // in their order

  struct Selected {
    const scene::MapLayer& layer;
    std::shared_ptr<const scene::Piece> piece;
  };
  std::vector<Selected> selection;

  struct Name {
    TextLine line;
    std::optional<scene::LabelBox> box;  // under it
  };
  std::vector<Name> names;

  scene::Furniture graticule, furniture;
};

// The scene must be settled for the sheet's camera.
SheetContent content_of(const scene::Scene& scene, const scene::MapSheet& sheet, const scene::Camera& camera,
                        const scene::MeasureText& measure);

}  // namespace xiangtu::render::page
