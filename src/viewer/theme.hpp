// How the window's widgets look, and the fonts they are written in.
#pragma once

#include <string>
#include <vector>

#include <imgui.h>

#include "base/result.hpp"
#include "render/text/font_file.hpp"

namespace xiangtu::viewer {

// Sizes and colours of all widgets; scale is the display's content scale.
void apply_theme(bool dark, float scale);

// Of texts that say what is wrong, in the theme that is applied.
ImVec4 error_colour();

// Builds ImGui's font atlas with the characters of a UTF-8 text besides Latin. Text that no font has
// shows as a box. Call between frames; the caller uploads the atlas again.
void build_fonts(const std::vector<render::text::FontFile>& fonts, const std::string& characters,
                 float scale);

}  // namespace xiangtu::viewer
