// The card of the village that is selected.
#pragma once

#include <memory>
#include <optional>

#include "render/scene/scene.hpp"
#include "workspace/village_card.hpp"

namespace xiangtu::viewer {

struct Region;

struct VillageCardState {
  // Built in the background when the first village of a region is selected.
  std::shared_ptr<const workspace::VillageSurroundings> surroundings;
  std::shared_ptr<const Region> region;  // that the surroundings are of, or are being built of
  bool building = false;
  // The village that is selected; none: no village is.
  struct Subject {
    render::scene::LayerId layer;
    RowIx row;
    bool operator==(const Subject&) const = default;
  };
  std::optional<Subject> subject;
  bool show_top = false;                       // of another village: from its beginning
  std::optional<workspace::VillageCard> card;  // of the subject, as soon as there are surroundings
};

}  // namespace xiangtu::viewer
