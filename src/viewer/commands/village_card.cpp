#include "viewer/commands/village_card.hpp"

#include <utility>

#include "viewer/commands/map_view.hpp"
#include "viewer/commands/regions.hpp"
#include "viewer/commands/selection.hpp"

namespace xiangtu::viewer {

namespace scene = render::scene;
using workspace::VillageSurroundings;

namespace {

constexpr const char* looking_title = "looking around villages";

// The village on top of what is identified; none among many that were selected together.
std::optional<VillageCardState::Subject> selected_village(const AppState& state) {
  if (state.selection.features.empty()) return std::nullopt;
  std::size_t selected = 0;
  for (const scene::LayerRows& part : state.scene.selection()) selected += part.rows.size();
  if (selected > 1 && !state.selection.unit.exists()) return std::nullopt;
  const scene::Picked& top = state.selection.features.front();
  const scene::MapLayer* layer = state.scene.find(top.layer);
  if (!layer || !layer->role || !workspace::is_village_role(*layer->role)) return std::nullopt;
  return VillageCardState::Subject{top.layer, top.row};
}

}  // namespace

void look_around_villages(AppState& state) {
  VillageCardState& card = state.village_card;
  if (!state.region || card.region == state.region) return;
  state.jobs.cancel(looking_title);
  card.surroundings = nullptr;
  card.card.reset();
  card.region = state.region;
  card.building = true;
  state.jobs.start(looking_title, [&state, region = state.region](Progress& progress) {
    auto built =
        VillageSurroundings::build(region->stats.atlas, region->workspace, region->parameters, progress);
    state.mailbox.post(
        [&state, region,
         built = built ? std::make_shared<const VillageSurroundings>(std::move(*built)) : nullptr] {
          if (state.village_card.region != region) return;
          state.village_card.building = false;
          state.village_card.surroundings = built;
        });
  });
}

void update_village_card(AppState& state) {
  VillageCardState& card = state.village_card;
  const auto subject = selected_village(state);
  if (subject != card.subject) {
    card.subject = subject;
    card.show_top = subject.has_value();
    card.card.reset();
    // One that was cancelled is built again for the next village.
    if (!card.building && !card.surroundings) card.region = nullptr;
  }
  if (card.region && card.region != state.region) card.card.reset();
  if (!subject || !state.region) return;
  look_around_villages(state);
  if (card.card || !card.surroundings) return;
  const atlas::Layer* layer = state.region->atlas().layer(*state.scene.find(subject->layer)->role);
  card.card = card.surroundings->card(*layer, subject->row);
}

void go_to_nearest(AppState& state, const workspace::NearestFeature& nearest) {
  if (!nearest.row.exists()) return;
  for (const scene::MapLayer& layer : state.scene.layers())
    if (layer.role == nearest.layer->role) {
      change_selection(state, {{layer.id, {nearest.row}}}, SelectionChange::replace);
      return fly_to(state, box_of(state, state.scene.selection()));
    }
}

std::string nearest_name(const workspace::NearestFeature& nearest) {
  const auto shown = [&](const char* field) {
    const table::Column* column = nearest.layer->table.find(field);
    return column ? column->shown(nearest.row.value) : std::string{};
  };
  const std::string name = shown("name"), code = shown("code");
  const bool road = nearest.layer->role == table::Role::roads;
  if (name.empty() || code.empty() || !road) return name.empty() ? code : name;
  return code + " " + name;
}

}  // namespace xiangtu::viewer
