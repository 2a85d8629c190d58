// One property of a style as a row: whether it is set here, and its value. What is not set shows what lies
// under it.
#pragma once

#include <functional>
#include <string_view>

#include "base/catalogue.hpp"
#include "render/scene/styles.hpp"
#include "viewer/commands/document.hpp"

namespace xiangtu::viewer {

struct StyleRow {
  const char* name;       // English key
  std::string_view word;  // as in style files
};

// Puts a change into the style; what is being dragged goes on.
using ChangeRule = std::function<void(const std::function<void(render::scene::StyleRule&)>&, Gesture)>;

// rule: what is edited; under: the base style, or nothing that is set.
void property_row(const Catalogue& t, const StyleRow& row, const render::scene::StyleRule& rule,
                  const render::scene::StyleRule& under, double zoom, const ChangeRule& change);

}  // namespace xiangtu::viewer
