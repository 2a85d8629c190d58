// A map on a sheet with title, legend, scale bar, north arrow, source and date, written into a file. `xiangtu
// map` and the window's export both print by these, so that the same map gives the same bytes.
#pragma once

#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "atlas/atlas.hpp"
#include "base/catalogue.hpp"
#include "base/message.hpp"
#include "base/progress.hpp"
#include "base/result.hpp"
#include "print/map_file.hpp"
#include "print/sheet_size.hpp"
#include "render/scene/map_document.hpp"
#include "render/scene/scene.hpp"
#include "render/scene/sheet.hpp"
#include "render/text/system_fonts.hpp"
#include "workspace/workspace.hpp"

namespace xiangtu::print {

// What a user says about the sheet.
struct SheetOptions {
  std::string size = "1600x1200";  // in pixels, or a paper
  double dpi = render::scene::css_dpi;
  std::string title;  // empty: what the units are coloured by, else the name of the first source
  std::optional<std::string> date;  // of the data; none: the newest day that the sources tell
  std::string output = "map.png";   // .png, .pdf or .svg
};

// The same, understood.
struct SheetPlan {
  SheetOptions options;
  SheetSize size;
  MapFormat format = MapFormat::png;
};
// Errors: usage, output_unknown_ending.
Result<SheetPlan> plan(SheetOptions options);
// The file is none of those that the map is made of. Error: output_unwritable.
Status check_apart(const SheetPlan& plan, const workspace::Workspace& workspace,
                   const render::scene::MapDocument& document);

// How a map is drawn, and in whose language. Refers to what it is given.
struct MapSetup {
  const workspace::Workspace& workspace;
  const render::scene::MapDocument& document;
  const render::scene::MapStyles& styles;
  render::scene::Theme theme;
  const Catalogue& texts;
};

// The sheet before it is known what it shows: size and texts, but its source; its title may be another one.
render::scene::MapSheet sheet_of(const SheetPlan& plan, const MapSetup& setup);
// Where the data is from and how old it is: asks each file for its date.
std::string source_line(const SheetPlan& plan, const MapSetup& setup);
// Of the first source, without folder and ending.
std::string source_name(const workspace::Workspace& workspace);
// The title of a map where the user says none: "Tap in home, by county".
std::string default_title(const render::scene::Scene& scene, const workspace::Workspace& workspace,
                          const Catalogue& texts);

// The atlas' layers as the document has them, without backgrounds and colours of units.
std::unique_ptr<render::scene::Scene> scene_of(const MapSetup& setup,
                                               const std::shared_ptr<const atlas::Atlas>& atlas,
                                               bool at_every_zoom);

// Backgrounds of a scene that must be seen, and what there is to be said of the others.
struct AddedBackgrounds {
  std::set<render::scene::BackgroundId> needed;
  std::vector<Message> remarks;
};
// Opens those that the document shows. Error: one of the needed sources, said as the document does, does not
// open; without one of the others the rest is drawn. Cancelled.
Result<AddedBackgrounds> add_backgrounds(const render::scene::MapDocument& document,
                                         const std::vector<std::string>& needed, render::scene::Scene& scene,
                                         const Progress& progress);

// A scene on its sheet, of which everything is known.
struct ReadyMap {
  std::unique_ptr<render::scene::Scene> scene;
  render::scene::MapSheet sheet;
  AddedBackgrounds backgrounds;
};
// Draws and writes it; gives the remarks on what could not be shown. Errors: those of drawing and writing, a
// needed background of which nothing is there; then, and cancelled, nothing is written.
Result<std::vector<Message>> print(const ReadyMap& map, const SheetPlan& plan,
                                   const render::text::FontCatalogue& fonts, Progress& progress);

}  // namespace xiangtu::print
