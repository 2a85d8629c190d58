// How large a printed map is.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "base/result.hpp"
#include "geodesy/position.hpp"
#include "render/scene/sheet.hpp"

namespace xiangtu::print {

// ISO 216, upright.
struct Paper {
  std::string_view name;
  int width_mm, height_mm;
};
inline constexpr std::array<Paper, 7> papers{{{"A0", 841, 1189},
                                              {"A1", 594, 841},
                                              {"A2", 420, 594},
                                              {"A3", 297, 420},
                                              {"A4", 210, 297},
                                              {"A5", 148, 210},
                                              {"A6", 105, 148}}};

// "WIDTHxHEIGHT" in pixels, each side within the limits; none where it is none.
std::optional<std::pair<int, int>> parse_pixels(const std::string& text, int smallest, int largest);

// "1600x1200" in pixels, or a paper by its name.
struct SheetSize {
  int width = 0, height = 0;  // pixels at the resolution given; papers upright
  bool is_paper = false;      // may be turned to suit what is shown
};
// Error: usage.
Result<SheetSize> parse_sheet_size(const std::string& text, double dpi);

// Sets extent and size of a sheet. A paper lies on its side where what is shown is wider than high.
void show(const geodesy::LonLatBox& extent, const SheetSize& size, render::scene::MapSheet& sheet);

}  // namespace xiangtu::print
