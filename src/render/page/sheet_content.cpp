#include "render/page/sheet_content.hpp"

#include <map>
#include <utility>

#include "render/page/ground.hpp"
#include "render/scene/graticule.hpp"

namespace xiangtu::render::page {

namespace {

using scene::MapLayer;

class Lookup {
 public:
  Lookup(const scene::Scene& scene, SheetContent& content) : scene_(scene), content_(content) {}

  void look_up(const scene::MeasureText& measure) {
    content_.furniture = scene::furniture_of(content_.sheet, scene_, content_.camera, measure);
    look_up_grounds();
    look_up_layers();
    look_up_selection();
    scene::LabelOptions options{false, scene::covered_map(content_.sheet, content_.furniture)};
    if (content_.sheet.graticule) look_up_graticule(measure, options);
    if (content_.sheet.labels) look_up_names(measure, options);
  }

 private:
  void look_up_grounds() {
    for (const scene::Background& background : scene_.backgrounds().all()) {
      if (!background.look.visible || background.look.opacity <= 0) continue;
      if (auto picture = ground_picture(scene_.backgrounds(), background, content_.camera))
        content_.grounds.push_back({std::move(*picture), background.look.opacity});
    }
  }

  void look_up_layers() {
    std::map<scene::LayerId, std::vector<std::shared_ptr<const scene::Piece>>> pieces;
    for (const scene::DrawingPass& pass : scene::drawing_passes(scene_)) {
      const auto [found, fresh] = pieces.try_emplace(pass.layer->id);
      if (fresh) found->second = scene_.pieces(*pass.layer, content_.camera);
      content_.drawings.push_back({pass, found->second});
    }
  }

  void look_up_selection() {
    const scene::Camera& camera = content_.camera;
    for (const scene::LayerRows& rows : scene_.selection()) {
      const MapLayer* layer = scene_.find(rows.layer);
      if (!layer || !layer->look.visible) continue;
      content_.selection.push_back(
          {*layer, scene_.highlight_of(*layer, camera, rows.rows, camera.view()).piece});
    }
  }

  ScreenPoint on_sheet(ScreenPoint on_map) const {
    return {content_.place.x + on_map.x, content_.place.y + on_map.y};
  }

  // No name stands where its degrees do.
  void look_up_graticule(const scene::MeasureText& measure, scene::LabelOptions& labels) {
    scene::Furniture& lines = content_.graticule;
    lines = scene::graticule(content_.camera, content_.paper);
    const auto degrees = scene::degree_boxes(lines, measure);
    labels.keep_free.insert(labels.keep_free.end(), degrees.begin(), degrees.end());
    for (scene::FurnitureLine& line : lines.lines) line.a = on_sheet(line.a), line.b = on_sheet(line.b);
    for (scene::FurnitureText& text : lines.texts) text.left_baseline = on_sheet(text.left_baseline);
  }

  void look_up_names(const scene::MeasureText& measure, const scene::LabelOptions& options) {
    const double halo = scene::text_halo * content_.sheet.pixel_ratio();
    for (scene::PlacedLabel& label : scene::place_labels(scene_, content_.camera, measure, options)) {
      for (scene::LabelGlyph& glyph : label.glyphs) glyph.left_baseline = on_sheet(glyph.left_baseline);
      if (label.box) label.box->min = on_sheet(label.box->min), label.box->max = on_sheet(label.box->max);
      content_.names.push_back({{std::move(label.text), on_sheet(label.left_baseline), label.size,
                                 label.colour, label.halo, halo, std::move(label.glyphs)},
                                label.box});
    }
  }

  const scene::Scene& scene_;
  SheetContent& content_;
};

}  // namespace

SheetContent content_of(const scene::Scene& scene, const scene::MapSheet& sheet, const scene::Camera& camera,
                        const scene::MeasureText& measure) {
  SheetContent content{sheet, camera, scene.styles().paper, scene::map_place(sheet), {}, {}, {}, {}, {}, {}};
  Lookup{scene, content}.look_up(measure);
  return content;
}

}  // namespace xiangtu::render::page
