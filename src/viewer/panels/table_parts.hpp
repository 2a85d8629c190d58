// What tables of figures are made of: headings over several lines, figures at the right of their cells.
#pragma once

#include <span>
#include <string>

namespace xiangtu::viewer {

struct ColumnHeading {
  std::string text;
  float width = 0;  // of the column as it is set up, in letters, or more where a word of the text needs it
};

// In pixels: wide enough that no word of the heading is broken.
float column_width(const ColumnHeading& heading);

// The row of headings of a table whose columns are set up, over as many lines as the texts need, up to three;
// ImGui's own headings have one.
void wrapped_headings(std::span<const ColumnHeading> headings);

// A text that is cut off at the edge of its cell is shown whole where the pointer is on it.
void cell_text_or_tip(const std::string& text);

// Dimmed where it stands for nothing.
void figure_text(const std::string& text, bool counts);

}  // namespace xiangtu::viewer
