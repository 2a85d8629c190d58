// The card of the selected village: what it has and lacks, and what is near it.
#include <algorithm>

#include "base/text.hpp"
#include "viewer/cell_text.hpp"
#include "viewer/commands/village_card.hpp"
#include "viewer/measured_text.hpp"
#include "viewer/panels/panels.hpp"

namespace xiangtu::viewer {

using workspace::NearestFeature;
using workspace::Service;
using workspace::VillageCard;
using workspace::VillageReach;
using workspace::VillageService;

namespace {

constexpr ImU32 good = IM_COL32(26, 133, 120, 255), bad = IM_COL32(200, 88, 20, 255),
                quiet = IM_COL32(140, 140, 140, 255);

// A full, half or empty disc; a dash for unknown. Shape tells as much as colour.
void mark(Service state) {
  ImDrawList& draw = *ImGui::GetWindowDrawList();
  const float em = ImGui::GetFontSize(), radius = em * 0.3f;
  const ImVec2 corner = ImGui::GetCursorScreenPos();
  const ImVec2 centre{corner.x + em * 0.5f, corner.y + em * 0.5f};
  const ImU32 colour = state == Service::unknown ? quiet : state == Service::unserved ? bad : good;
  if (state == Service::unknown)
    draw.AddLine({centre.x - radius, centre.y}, {centre.x + radius, centre.y}, colour, 2);
  else
    draw.AddCircle(centre, radius, colour, 0, 2);
  if (state == Service::served) draw.AddCircleFilled(centre, radius, colour);
  if (state == Service::partly) {
    draw.PathArcTo(centre, radius, 1.5708f, 4.7124f);
    draw.PathFillConvex(colour);
  }
  ImGui::Dummy({em, em});
}

// The field where the indicator only asks for it, else the indicator.
std::string service_label(const AppState& state, const VillageService& service) {
  const auto& when = service.indicator->when;
  const Language language = state.catalogue.language();
  const io::Schema& schema = state.region->workspace->schema();
  if (when && when->names().size() == 1)
    if (const std::string& field = *when->names().begin(); schema.field(table::Role::villages, field))
      return schema.field_label(table::Role::villages, field, language);
  return std::string{service.indicator->info.name(language)};
}

std::string service_value(const AppState& state, const VillageService& service) {
  const Catalogue& t = state.catalogue;
  if (service.state == Service::unknown) return t.c_str("unknown");
  if (service.whole && service.served)
    return Message("{0} of {1}", format_number(*service.served, 0), format_number(*service.whole, 0)).in(t);
  return service.state == Service::served ? t.c_str("yes") : t.c_str("no");
}

void services(const AppState& state, const VillageCard& card, bool of_village_unit) {
  if (!ImGui::BeginTable("services", 3, ImGuiTableFlags_None)) return;
  const float em = ImGui::GetFontSize();
  ImGui::TableSetupColumn("", ImGuiTableColumnFlags_WidthFixed, em);
  ImGui::TableSetupColumn("", ImGuiTableColumnFlags_WidthStretch);
  ImGui::TableSetupColumn("", ImGuiTableColumnFlags_WidthFixed, em * 5.2f);
  for (const VillageService& service : card.services) {
    if (service.of_village_unit != of_village_unit) continue;
    ImGui::TableNextColumn();
    mark(service.state);
    ImGui::TableNextColumn();
    ImGui::TextUnformatted(service_label(state, service).c_str());
    if (ImGui::IsItemHovered())
      ImGui::SetTooltip("%s", service.indicator->info.definition(state.catalogue.language()).c_str());
    ImGui::TableNextColumn();
    ImGui::TextUnformatted(service_value(state, service).c_str());
  }
  ImGui::EndTable();
}

std::string kind_of(const AppState& state, const NearestFeature& nearest) {
  const Catalogue& t = state.catalogue;
  if (nearest.layer->role == table::Role::roads) return t.c_str("hardened road");
  return std::string{state.region->workspace->schema().layer_label(nearest.layer->role, t.language())};
}

// Of a road its surface, of a bridge its class, of a water project its type.
std::string condition_of(const AppState& state, const NearestFeature& nearest) {
  const io::Schema& schema = state.region->workspace->schema();
  for (const char* field : {"surface", "condition_class", "type"}) {
    const table::Column* column = nearest.layer->table.find(field);
    if (!column || column->missing(nearest.row.value)) continue;
    const std::string text = column->shown(nearest.row.value);
    if (!column->is_text())
      return schema.field_label(nearest.layer->role, field, state.catalogue.language()) + " " + text;
    return std::string{schema.choice_label(nearest.layer->role, field, text, state.catalogue.language())};
  }
  return {};
}

void nearest_row(AppState& state, const NearestFeature& nearest) {
  const Catalogue& t = state.catalogue;
  ImGui::PushID(nearest.layer);
  const bool there = nearest.row.exists();
  const std::string distance =
      there ? length_text(nearest.distance, t)
            : Message("none within {0} km", format_number(workspace::search_limit.value / 1000, 0)).in(t);
  const float room = ImGui::CalcTextSize(distance.c_str()).x;
  if (ImGui::Selectable("##nearest", false, ImGuiSelectableFlags_None, {0, ImGui::GetTextLineHeight() * 2}))
    go_to_nearest(state, nearest);
  ImGui::SameLine(ImGui::GetStyle().ItemSpacing.x);
  ImGui::BeginGroup();
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {0, 0});
  ImGui::TextUnformatted(kind_of(state, nearest).c_str());
  if (there) {
    std::string below = nearest_name(nearest);
    if (const std::string condition = condition_of(state, nearest); !condition.empty())
      below += (below.empty() ? "" : " · ") + condition;
    ImGui::TextDisabled("%s", below.c_str());
  }
  ImGui::PopStyleVar();
  ImGui::EndGroup();
  ImGui::SameLine(ImGui::GetContentRegionMax().x - room);
  ImGui::TextUnformatted(distance.c_str());
  ImGui::PopID();
}

void reach_row(const AppState& state, const VillageReach& reach) {
  const Catalogue& t = state.catalogue;
  // As it counts in the figures: the ledger goes before.
  const bool served = reach.ledger.value_or(reach.measured == spatial::Counts::yes);
  const bool unknown = !reach.ledger && reach.measured == spatial::Counts::maybe;
  mark(unknown ? Service::unknown : served ? Service::served : Service::unserved);
  ImGui::SameLine();
  ImGui::TextWrapped("%s", measure_label(reach.measure->id, reach.within, t).c_str());
  if (!reach.disagrees()) return;
  ImGui::PushStyleColor(ImGuiCol_Text, bad);
  ImGui::TextWrapped("%s", *reach.ledger ? t.c_str("The ledger says yes, the distance says no.")
                                         : t.c_str("The ledger says no, the distance says yes."));
  ImGui::PopStyleColor();
}

void heading(const AppState& state, const VillageCard& card) {
  const Catalogue& t = state.catalogue;
  const atlas::Hierarchy& units = state.region->hierarchy();
  ImGui::TextUnformatted(card.name.empty() ? card.code.c_str() : card.name.c_str());
  std::string where;
  for (const atlas::Level level : {atlas::Level::county, atlas::Level::township, atlas::Level::village})
    if (const UnitIx unit = units.ancestor(card.unit, level); unit.exists() && units[unit].name != card.name)
      where +=
          (where.empty() ? "" : " · ") + (units[unit].name.empty() ? units[unit].code : units[unit].name);
  if (!where.empty()) ImGui::TextDisabled("%s", where.c_str());
  const auto number = [&](const std::optional<double>& value) {
    return value ? format_number(*value, 0) : std::string{"—"};
  };
  ImGui::TextUnformatted(
      Message("{0} people, {1} households", number(card.population), number(card.households)).in(t).c_str());
}

}  // namespace

bool draw_village_card(AppState& state) {
  if (!state.village_card.subject) return false;
  const Catalogue& t = state.catalogue;
  if (!state.village_card.card) {
    if (state.village_card.building) ImGui::TextDisabled("%s", t.c_str("looking around villages"));
    return state.village_card.building;
  }
  const VillageCard card = *state.village_card.card;
  heading(state, card);
  ImGui::Spacing();
  const auto has = [&](bool of_village_unit) {
    return std::any_of(card.services.begin(), card.services.end(), [&](const VillageService& service) {
      return service.of_village_unit == of_village_unit;
    });
  };
  if (has(false)) services(state, card, false);
  if (has(true)) {
    ImGui::TextDisabled("%s", Message("of {0}:", state.region->hierarchy()[card.unit].name).in(t).c_str());
    services(state, card, true);
  }
  ImGui::Separator();
  for (const NearestFeature& nearest : card.nearest) nearest_row(state, nearest);
  if (!card.position) ImGui::TextDisabled("%s", t.c_str("Its position is not known."));
  ImGui::Separator();
  for (const VillageReach& reach : card.reach) reach_row(state, reach);
  ImGui::Separator();
  return true;
}

void draw_card_lines(const AppState& state, ImVec2 origin, ImVec2 size) {
  if (!state.village_card.card || !state.village_card.card->position) return;
  const VillageCard& card = *state.village_card.card;
  const double ratio = state.camera.width() / std::max(1.0, static_cast<double>(size.x));
  const auto on_screen = [&](geodesy::LonLat position) {
    const render::scene::ScreenPoint pixel = state.camera.to_screen(position);
    return ImVec2{origin.x + static_cast<float>(pixel.x / ratio),
                  origin.y + static_cast<float>(pixel.y / ratio)};
  };
  ImDrawList& draw = *ImGui::GetWindowDrawList();
  draw.PushClipRect(origin, {origin.x + size.x, origin.y + size.y}, true);
  const ImVec2 village = on_screen(*card.position);
  for (const NearestFeature& nearest : card.nearest) {
    if (!nearest.row.exists()) continue;
    const ImVec2 foot = on_screen(nearest.at);
    draw.AddLine(village, foot, IM_COL32(255, 255, 255, 200), 4);
    draw.AddLine(village, foot, IM_COL32(60, 60, 60, 255), 1.5f);
    draw.AddCircleFilled(foot, 3.5f, IM_COL32(60, 60, 60, 255));
  }
  draw.PopClipRect();
}

}  // namespace xiangtu::viewer
