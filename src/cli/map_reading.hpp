// What the picture of `xiangtu map` is drawn from: of the sources what is seen, and no more.
#pragma once

#include <optional>
#include <set>

#include "atlas/atlas.hpp"
#include "base/progress.hpp"
#include "base/result.hpp"
#include "geodesy/position.hpp"
#include "print/sheet_size.hpp"
#include "render/scene/sheet.hpp"
#include "render/scene/styles.hpp"
#include "table/role.hpp"
#include "workspace/workspace.hpp"

namespace xiangtu::cli {

// What is known of the picture before anything is read.
struct PictureWanted {
  std::set<table::Role> roles;             // of the layers that are drawn
  bool figures = false;                    // are drawn: from all there is
  bool unit = false;                       // one is to be found by its code
  std::optional<geodesy::LonLatBox> view;  // asked for; else everything, or the unit
  print::SheetSize size;
  render::scene::MapSheet sheet;  // with its extent where that is known
};

struct PictureTables {
  atlas::Atlas atlas;  // all of it where nothing lies in the view asked for
  // The map of everything that the sources have would be blank: its styles show none of it at that scale.
  bool blank_as_a_whole = false;
};
Result<PictureTables> read_for_picture(const PictureWanted& wanted, const workspace::Workspace& workspace,
                                       const render::scene::StyleSheet& styles, Progress& progress);

geodesy::LonLatBox extent_of(const atlas::Atlas& atlas);

}  // namespace xiangtu::cli
