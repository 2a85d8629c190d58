#include "render/scene/furniture.hpp"

#include <algorithm>
#include <cmath>

#include "base/text.hpp"
#include "render/scene/text_along.hpp"

namespace xiangtu::render::scene {

namespace {

// All in style pixels; multiplied by the pixel ratio on use.
constexpr double edge = 16;
constexpr double title_size = 22;
constexpr double subtitle_size = 13;
constexpr double small_size = 10.5;
constexpr double legend_size = 11.5;
constexpr double heading_size = 12;
constexpr double legend_row = 18.5;
constexpr double legend_smallest = 2.0 / 3;  // of its size: a long legend gets smaller before it is cut
constexpr double heading_gap = 8;
constexpr double panel_room = 12;  // above and below a legend inside the map
constexpr double panel_sides = 16;
constexpr double column_width = 196;
constexpr double column_gap = 14;
constexpr double swatch_width = 24;
constexpr double column_from_width = 520;  // narrower sheets have the legend inside the map

bool legend_beside(int width, double ratio, const FurnitureOptions& options) {
  return options.legend && width >= column_from_width * ratio;
}

double title_height(const MapTexts& texts) {
  double height = 0;
  if (!texts.title.empty()) height += title_size * 1.45;
  if (!texts.subtitle.empty()) height += subtitle_size * 1.6;
  return height;
}

double foot_height(const MapTexts& texts) {
  return small_size * 1.7 * ((texts.source.empty() ? 0 : 1) + (texts.note.empty() ? 0 : 1));
}

// Cut to a width with "…", between characters.
std::string fitted(const std::string& text, double size, double width, const MeasureText& measure) {
  if (measure(text, size) <= width) return text;
  std::string shorter = text;
  while (!shorter.empty()) {
    while (!shorter.empty() && (static_cast<unsigned char>(shorter.back()) & 0xC0) == 0x80)
      shorter.pop_back();
    if (!shorter.empty()) shorter.pop_back();
    if (measure(shorter + "…", size) <= width) break;
  }
  return shorter + "…";
}

// Broken into lines between words and ideographs; one that has no such place stays as it is.
std::vector<std::string> lines_of(const std::string& text, double size, double width,
                                  const MeasureText& measure) {
  std::vector<std::string> lines{""};
  std::string word;
  const auto end_word = [&] {
    std::string& line = lines.back();
    if (!line.empty() && measure(line + word, size) > width) {
      while (!line.empty() && line.back() == ' ') line.pop_back();
      lines.push_back(word);
    } else {
      line += word;
    }
    word.clear();
  };
  for (const TextCluster& cluster : clusters_of(text)) {
    if (cluster.ideograph) end_word();
    word += cluster.text;
    if (cluster.ideograph || cluster.text == " ") end_word();
  }
  end_word();
  return lines;
}

// Headings that are wider than the legend go on in the next row.
std::vector<LegendEntry> wrapped(const std::vector<LegendEntry>& legend, double size, double width,
                                 const MeasureText& measure) {
  std::vector<LegendEntry> rows;
  for (const LegendEntry& entry : legend) {
    if (entry.kind != LegendEntry::Kind::heading || measure(entry.text, size) <= width) {
      rows.push_back(entry);
      continue;
    }
    for (std::string& line : lines_of(entry.text, size, width, measure))
      rows.push_back({LegendEntry::Kind::heading, std::move(line), {}, false});
  }
  return rows;
}

class Layouter {
 public:
  Layouter(int width, int height, const Camera& camera, const MapTexts& texts, const PaperStyle& paper,
           const MeasureText& measure, const FurnitureOptions& options)
      : width_(width),
        height_(height),
        camera_(camera),
        texts_(texts),
        paper_(paper),
        measure_(measure),
        options_(options),
        ratio_(camera.pixel_ratio()) {
    result_.map = map_rect(width, height, ratio_, texts, options);
  }

  Furniture run(const std::vector<LegendEntry>& legend) {
    margins();
    titles();
    if (options_.scale_bar) add_scale_bar();
    if (options_.north_arrow) add_north_arrow();
    if (options_.legend && !legend.empty()) add_legend(wrapped_to(text_width(legend), legend));
    foot();
    return std::move(result_);
  }

  Furniture legend_alone(double most_width, const std::vector<LegendEntry>& legend) {
    const double width = std::min(inside_width(legend), most_width);
    const std::vector<LegendEntry> rows = wrapped_to(width - px(panel_sides), legend);
    result_.map = {0, 0, width, legend_height(rows) + px(panel_room)};
    write_legend(rows, inside(result_.map));
    return std::move(result_);
  }

 private:
  double px(double style_pixels) const { return style_pixels * ratio_; }
  double legend_px(double style_pixels) const { return px(style_pixels) * legend_scale_; }

  void text(std::string content, double x, double baseline, double size, Colour colour,
            Colour halo = {0, 0, 0, 0}) {
    if (!content.empty())
      result_.texts.push_back(
          {std::move(content), {std::round(x), std::round(baseline)}, size, colour, halo});
  }

  // White strips around the map hide what reaches out of it; then the frame.
  void margins() {
    const Rect& map = result_.map;
    const double w = width_;
    const double h = height_;
    const Colour paper = paper_.sheet;
    for (const Rect& strip : {Rect{0, 0, w, map.y}, Rect{0, map.y + map.height, w, h - map.y - map.height},
                              Rect{0, map.y, map.x, map.height},
                              Rect{map.x + map.width, map.y, w - map.x - map.width, map.height}})
      if (strip.width > 0 && strip.height > 0)
        result_.boxes.push_back({strip, paper, {}, 0, Hatch::none, {}});
    if (options_.frame) result_.boxes.push_back({map, {0, 0, 0, 0}, paper_.frame, px(1), Hatch::none, {}});
  }

  void titles() {
    double baseline = px(edge * 0.6);
    const double room = width_ - 2 * px(edge);
    if (!texts_.title.empty()) {
      baseline += px(title_size * 1.1);
      text(fitted(texts_.title, px(title_size), room, measure_), px(edge), baseline, px(title_size),
           paper_.text);
    }
    if (!texts_.subtitle.empty()) {
      baseline += px(subtitle_size * 1.55);
      text(fitted(texts_.subtitle, px(subtitle_size), room, measure_), px(edge), baseline, px(subtitle_size),
           paper_.quiet_text);
    }
  }

  void foot() {
    double baseline = result_.map.y + result_.map.height + px(small_size * 1.75);
    const double room = width_ - 2 * px(edge);
    for (const std::string& line : {texts_.source, texts_.note}) {
      if (line.empty()) continue;
      text(fitted(line, px(small_size), room, measure_), px(edge), baseline, px(small_size),
           paper_.quiet_text);
      baseline += px(small_size * 1.6);
    }
  }

  void add_scale_bar() {
    const ScaleBar bar = scale_bar(camera_, std::min(px(160), result_.map.width * 0.3));
    const double x = std::round(result_.map.x + px(14));
    const double y = std::round(result_.map.y + result_.map.height - px(16));
    const double thick = std::max(std::round(px(4)), 2.0);
    const double text_width = measure_(bar.text, px(small_size));
    result_.boxes.push_back({{x - px(7), y - px(small_size + 10), bar.pixels + text_width / 2 + px(14),
                              thick + px(small_size + 17)},
                             paper_.panel,
                             {},
                             0,
                             Hatch::none,
                             {}});
    for (int i = 0; i < 4; ++i) {
      const Colour fill = i % 2 == 0 ? paper_.text : paper_.sheet;
      result_.boxes.push_back(
          {{x + bar.pixels * i / 4, y, bar.pixels / 4, thick}, fill, paper_.text, px(0.75), Hatch::none, {}});
    }
    text("0", x, y - px(5), px(small_size), paper_.text, paper_.panel);
    text(bar.text, x + bar.pixels - text_width / 2, y - px(5), px(small_size), paper_.text, paper_.panel);
  }

  void add_north_arrow() {
    const double x = std::round(result_.map.x + result_.map.width - px(24));
    const double y = std::round(result_.map.y + px(28));
    result_.boxes.push_back({{x - px(14), y - px(22), px(28), px(50)}, paper_.panel, {}, 0, Hatch::none, {}});
    const ScreenPoint tip{x, y - px(4)};
    const ScreenPoint notch{x, y + px(18)};
    result_.triangles.push_back({tip, {x - px(8), y + px(24)}, notch, paper_.text});
    result_.triangles.push_back({tip, {x + px(8), y + px(24)}, notch, paper_.quiet_text.with_alpha(0.55)});
    text(texts_.north, x - measure_(texts_.north, px(13)) / 2, y - px(8), px(13), paper_.text, paper_.panel);
  }

  // The legend's place: the column beside the map, or a panel in the map's corner.
  Rect legend_place(const std::vector<LegendEntry>& legend) const {
    const Rect& map = result_.map;
    if (legend_beside(width_, ratio_, options_))
      return {map.x + map.width + px(column_gap), map.y, px(column_width), map.height};
    const double width = std::min(inside_width(legend), map.width * 0.45);
    const double height = std::min(legend_height(legend) + px(panel_room), map.height * 0.7);
    return {map.x + map.width - width - px(10),
            options_.north_arrow ? map.y + map.height - height - px(10) : map.y + px(10), width, height};
  }

  // Of the rows of a legend on a sheet.
  double text_width(const std::vector<LegendEntry>& legend) const {
    if (legend_beside(width_, ratio_, options_)) return px(column_width);
    return std::min(inside_width(legend), result_.map.width * 0.45) - px(panel_sides);
  }
  std::vector<LegendEntry> wrapped_to(double width, const std::vector<LegendEntry>& legend) const {
    return wrapped(legend, px(heading_size), width, measure_);
  }

  // As wide as its texts ask, within bounds.
  double inside_width(const std::vector<LegendEntry>& legend) const {
    double width = 0;
    for (const LegendEntry& entry : legend) {
      width = std::max(width, measure_(entry.text, px(text_size(entry))) + px(indent(entry)));
    }
    return std::clamp(width + px(18), px(120), px(280));
  }

  double legend_height(const std::vector<LegendEntry>& legend) const {
    double height = texts_.legend_title.empty() ? 0 : px(24);
    for (std::size_t i = 0; i < legend.size(); ++i)
      height += px(i > 0 && starts_group(legend[i], legend[i - 1]) ? legend_row + heading_gap : legend_row);
    return height;
  }

  static bool starts_group(const LegendEntry& entry, const LegendEntry& before) {
    const bool goes_on = before.kind == LegendEntry::Kind::heading;
    return (entry.kind == LegendEntry::Kind::heading && !goes_on) || (entry.alone && !before.alone);
  }

  // Of an entry's text, and where it begins.
  static double text_size(const LegendEntry& entry) {
    return entry.kind == LegendEntry::Kind::heading ? heading_size : legend_size;
  }
  static double indent(const LegendEntry& entry) {
    const bool alone = entry.kind == LegendEntry::Kind::heading || entry.kind == LegendEntry::Kind::note;
    return alone ? 0 : swatch_width + 8;
  }

  Rect inside(const Rect& panel) const {
    return {panel.x + px(8), panel.y + px(4), panel.width - px(panel_sides), panel.height - px(4)};
  }

  void add_legend(const std::vector<LegendEntry>& legend) {
    const bool beside = legend_beside(width_, ratio_, options_);
    const Rect place = legend_place(legend);
    if (!beside)
      result_.boxes.push_back({place, paper_.panel, paper_.frame.with_alpha(0.4), px(1), Hatch::none, {}});
    legend_scale_ = std::clamp((place.height - (beside ? 0 : px(panel_room))) / legend_height(legend),
                               legend_smallest, 1.0);
    write_legend(legend, beside ? place : inside(place));
  }

  void write_legend(const std::vector<LegendEntry>& legend, const Rect& place) {
    const double bottom = place.y + place.height;
    double y = place.y;
    if (!texts_.legend_title.empty()) {
      text(texts_.legend_title, place.x, y + legend_px(14), legend_px(14), paper_.text);
      y += legend_px(24);
    }
    for (std::size_t i = 0; i < legend.size(); ++i) {
      const LegendEntry& entry = legend[i];
      if (y + legend_px(legend_row) * 2 > bottom + 0.5 && i + 1 < legend.size())
        return text("…", place.x, y + legend_px(12), legend_px(legend_size), paper_.text);
      if (i > 0 && starts_group(entry, legend[i - 1])) y += legend_px(heading_gap);
      if (indent(entry) > 0) swatch(entry, place.x, y);
      const double size = legend_px(text_size(entry)), left = legend_px(indent(entry));
      text(fitted(entry.text, size, place.width - left, measure_), place.x + left, y + legend_px(13), size,
           entry.kind == LegendEntry::Kind::note ? paper_.quiet_text : paper_.text);
      y += legend_px(legend_row);
    }
  }

  void swatch(const LegendEntry& entry, double x, double y) {
    const double zoom = camera_.zoom();
    const double middle = y + legend_px(9);
    const FeatureStyle& style = entry.style;
    if (entry.kind == LegendEntry::Kind::fill) {
      result_.boxes.push_back({{x, y + legend_px(2.5), legend_px(swatch_width), legend_px(13)},
                               style.fill.colour,
                               paper_.frame.with_alpha(0.5),
                               legend_px(0.75),
                               style.fill.hatch,
                               paper_.unknown_hatch});
    } else if (entry.kind == LegendEntry::Kind::symbol) {
      const double size = std::clamp(style.symbol.size.at(zoom), 6.0, 14.0);
      result_.symbols.push_back({{x + legend_px(swatch_width) / 2, middle}, style.symbol, legend_px(size)});
    } else {
      const double width = std::clamp(style.line.width.at(zoom), 1.2, 7.0);
      const double casing = std::min(style.line.casing.at(zoom), 3.0);
      result_.lines.push_back({{x + legend_px(1), middle},
                               {x + legend_px(swatch_width - 1), middle},
                               legend_px(width),
                               legend_px(casing),
                               style.line});
    }
  }

  int width_;
  int height_;
  const Camera& camera_;
  const MapTexts& texts_;
  const PaperStyle& paper_;
  const MeasureText& measure_;
  const FurnitureOptions& options_;
  double ratio_;
  double legend_scale_ = 1;
  Furniture result_;
};

}  // namespace

ScaleBar scale_bar(const Camera& camera, double max_pixels) {
  const double metres_per_pixel = camera.metres_per_pixel();
  const double limit = max_pixels * metres_per_pixel;
  const double power = std::pow(10, std::floor(std::log10(limit)));
  const double digit = limit / power >= 5 ? 5 : limit / power >= 2 ? 2 : 1;
  const double metres = digit * power;
  const std::string text =
      metres >= 1000 ? format_number(metres / 1000, 0) + " km" : format_number(metres, 3) + " m";
  return {metres, metres / metres_per_pixel, text};
}

Rect map_rect(int width, int height, double pixel_ratio, const MapTexts& texts,
              const FurnitureOptions& options) {
  const bool bare = title_height(texts) == 0 && foot_height(texts) == 0 && !options.frame &&
                    !legend_beside(width, pixel_ratio, options);
  if (bare) return {0, 0, static_cast<double>(width), static_cast<double>(height)};
  const double side = std::round(edge * pixel_ratio);
  const double top =
      std::round((title_height(texts) + edge * (title_height(texts) > 0 ? 1.2 : 1)) * pixel_ratio);
  const double bottom =
      std::round((foot_height(texts) + edge * (foot_height(texts) > 0 ? 0.8 : 1)) * pixel_ratio);
  const double right =
      legend_beside(width, pixel_ratio, options) ? std::round((column_width + column_gap) * pixel_ratio) : 0;
  return {side, top, std::max(width - 2 * side - right, 16.0), std::max(height - top - bottom, 16.0)};
}

Furniture layout(int width, int height, const Camera& camera, const MapTexts& texts,
                 const std::vector<LegendEntry>& legend, const PaperStyle& paper, const MeasureText& measure,
                 const FurnitureOptions& options) {
  return Layouter{width, height, camera, texts, paper, measure, options}.run(legend);
}

Furniture legend_alone(const Camera& camera, double most_width, const std::vector<LegendEntry>& legend,
                       const PaperStyle& paper, const MeasureText& measure) {
  return Layouter{camera.width(), camera.height(), camera, {}, paper, measure, {}}.legend_alone(most_width,
                                                                                                legend);
}

Furniture moved(Furniture furniture, ScreenPoint by) {
  const auto move = [by](ScreenPoint& point) { point = {point.x + by.x, point.y + by.y}; };
  const auto move_rect = [by](Rect& rect) {
    rect.x += by.x;
    rect.y += by.y;
  };
  move_rect(furniture.map);
  for (FurnitureBox& box : furniture.boxes) move_rect(box.rect);
  for (FurnitureLine& line : furniture.lines) {
    move(line.a);
    move(line.b);
  }
  for (FurnitureTriangle& triangle : furniture.triangles)
    for (ScreenPoint* corner : {&triangle.a, &triangle.b, &triangle.c}) move(*corner);
  for (FurnitureSymbol& symbol : furniture.symbols) move(symbol.centre);
  for (FurnitureText& text : furniture.texts) move(text.left_baseline);
  return furniture;
}

}  // namespace xiangtu::render::scene
