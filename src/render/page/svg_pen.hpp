// Pages as SVG 1.1: paths, symbols as uses of one drawing each, and texts as texts, so that they can be
// selected, searched and edited. Numbers are written with '.' whatever the locale.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "render/page/pen.hpp"

namespace xiangtu::render::page {

struct SvgHead {
  int width = 0, height = 0;          // device pixels of the sheet
  double dpi = 96;                    // of these to an inch of the page
  std::string title, description;     // UTF-8
  std::vector<std::string> families;  // fonts that the texts are measured with
};

class SvgPen final : public Pen {
 public:
  explicit SvgPen(const SvgHead& head);

  void begin_clip(const scene::Rect& rect) override;
  void end_clip() override;
  void begin_group(std::string_view name, double opacity) override;
  void end_group() override;
  void fill(const Path& path, const scene::FillPaint& paint, double spread) override;
  void stroke(const Path& path, const scene::LinePaint& paint, double dash_begin) override;
  void symbols(const scene::SymbolPaint& paint, std::span<const ScreenPoint> centres) override;
  void image(const scene::Image& image, const scene::Rect& place, double opacity) override;
  void texts(std::span<const TextLine> lines) override;

  // The whole document; nothing is drawn after it.
  std::string finish();

 private:
  // The name of a definition, made on first use.
  const std::string& hatch_of(scene::Colour colour);
  const std::string& symbol_of(const scene::SymbolPaint& paint);
  const std::string& definition(std::string element);

  double ratio_;  // device pixels to a style pixel
  std::string svg_;
  std::map<std::string, std::string> definitions_;  // element, {} for its name → name
};

}  // namespace xiangtu::render::page
