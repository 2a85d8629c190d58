// What stands around the map on a picture: title, legend, scale bar, north arrow, source and note.
// layout() is a pure function of the texts and of a text measure; it knows no graphics library. The
// window uses its pieces too (scale_bar, legend_of).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/catalogue.hpp"
#include "render/scene/camera.hpp"
#include "render/scene/labels.hpp"
#include "render/scene/scene.hpp"

namespace xiangtu::render::scene {

// A round length (1, 2 or 5 times a power of ten) and how long it is at the centre of the view.
struct ScaleBar {
  double metres = 0;
  double pixels = 0;  // device pixels
  std::string text;   // "500 m", "20 km"
};
ScaleBar scale_bar(const Camera& camera, double max_pixels);

struct LegendEntry {
  enum class Kind { heading, note, line, fill, symbol };  // note: said quietly under a heading
  Kind kind = Kind::heading;
  std::string text;
  FeatureStyle style;  // for line, fill and symbol
  bool alone = false;  // a layer with this one entry and no heading
};
// Only layers and rules that are visible at this zoom and have rows; topmost layer first. A
// choropleth's classes come first of all.
std::vector<LegendEntry> legend_of(const Scene& scene, const Camera& camera, Language language);

// All texts in the user's language; an empty one is left out.
struct MapTexts {
  std::string title;
  std::string subtitle;
  std::string source;        // "Source: …"
  std::string note;          // e.g. the date, or that positions are synthetic
  std::string legend_title;  // "Legend"
  std::string north = "N";
  Language language = Language::english;
};

struct Rect {
  double x = 0, y = 0, width = 0, height = 0;
  bool operator==(const Rect&) const = default;
};

struct FurnitureOptions {
  bool legend = true, scale_bar = true, north_arrow = true, frame = true;
};

// A flat list of simple things to draw, in order, in device pixels.
struct FurnitureBox {
  Rect rect;
  Colour fill{0, 0, 0, 0};
  Colour outline{0, 0, 0, 0};
  double outline_width = 0;
  Hatch hatch = Hatch::none;
  Colour hatch_colour;
};
struct FurnitureLine {
  ScreenPoint a, b;
  double width = 1;   // device pixels
  double casing = 0;  // added on each side
  LineStyle style;    // colours and dashes
};
struct FurnitureSymbol {
  ScreenPoint centre;
  SymbolStyle style;
  double size = 0;  // device pixels
};
struct FurnitureText {
  std::string text;
  ScreenPoint left_baseline;
  double size = 12;
  Colour colour, halo{0, 0, 0, 0};
};
struct FurnitureTriangle {
  ScreenPoint a, b, c;
  Colour colour;
};
struct Furniture {
  Rect map;  // where the map itself goes
  std::vector<FurnitureBox> boxes;
  std::vector<FurnitureLine> lines;
  std::vector<FurnitureTriangle> triangles;
  std::vector<FurnitureSymbol> symbols;
  std::vector<FurnitureText> texts;
};

// The map's place on a sheet of width × height device pixels: below the title, above the source line.
Rect map_rect(int width, int height, double pixel_ratio, const MapTexts& texts,
              const FurnitureOptions& options);
// camera: of the map's rectangle. A legend that is too high for its column gets smaller, down to two thirds,
// and is then cut with "…".
Furniture layout(int width, int height, const Camera& camera, const MapTexts& texts,
                 const std::vector<LegendEntry>& legend, const PaperStyle& paper, const MeasureText& measure,
                 const FurnitureOptions& options);
// The legend alone, with nothing beneath it, at its full size however high that is: its place is
// Furniture::map, with the upper left corner at 0, 0. For a panel of the window, which scrolls it.
Furniture legend_alone(const Camera& camera, double most_width, const std::vector<LegendEntry>& legend,
                       const PaperStyle& paper, const MeasureText& measure);
// The same, as far away.
Furniture moved(Furniture furniture, ScreenPoint by);

}  // namespace xiangtu::render::scene
