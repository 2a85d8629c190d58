#include "reach/seats.hpp"

#include <algorithm>
#include <string_view>
#include <tuple>
#include <utility>

namespace xiangtu::reach {

using atlas::Layer;
using atlas::Level;
using table::Role;

namespace {

// How a village comes to be the seat: the first of these that any has.
enum class Claim : std::uint8_t { marked, centre, residents_committee, village };

struct Candidate {
  Claim claim = Claim::village;
  std::string_view code;
  const Layer* layer = nullptr;  // null: none yet
  RowIx row;

  auto rank() const { return std::tuple{claim, code.empty(), code}; }
};

Claim claim_of(const table::FeatureTable& villages, std::size_t row, std::string_view code) {
  if (const table::Column* seat = villages.find("seat"); seat && !seat->is_text() && seat->numbers()[row] > 0)
    return Claim::marked;
  if (const table::Column* classes = villages.find("urban_rural_class"); classes && classes->is_text())
    if (const std::string_view value = classes->text().at(row); value == "121" || value == "210")
      return Claim::centre;
  return atlas::division_code::is_residents_committee(code) ? Claim::residents_committee : Claim::village;
}

// By unit; of townships only.
std::vector<Candidate> best_of_townships(const atlas::Atlas& atlas, std::vector<std::uint32_t>& marked) {
  std::vector<Candidate> best(atlas.hierarchy.size());
  for (const Role role : {Role::admin_villages, Role::villages, Role::natural_villages}) {
    const Layer* layer = atlas.layer(role);
    if (!layer || !layer->table.has_geometry()) continue;
    const table::Column* codes = layer->table.find("code");
    for (std::size_t row = 0; row < layer->table.size(); ++row) {
      const UnitIx township = atlas.hierarchy.ancestor(layer->unit_of[row], Level::township);
      if (!township.exists() || layer->table.geometry.empty_at(row)) continue;
      const std::string_view code = codes && codes->is_text() ? codes->text().at(row) : std::string_view{};
      const Candidate candidate{claim_of(layer->table, row, code), code, layer, RowIx(row)};
      if (candidate.claim == Claim::marked) ++marked[township.value];
      Candidate& chosen = best[township.value];
      if (!chosen.layer || candidate.rank() < chosen.rank()) chosen = candidate;
    }
  }
  return best;
}

}  // namespace

std::vector<Seat> township_seats(const atlas::Atlas& atlas, std::vector<Finding>& findings) {
  std::vector<std::uint32_t> marked(atlas.hierarchy.size());
  const std::vector<Candidate> best = best_of_townships(atlas, marked);
  std::vector<Seat> seats;
  for (const Role role : {Role::admin_villages, Role::villages, Role::natural_villages}) {
    const Layer* layer = atlas.layer(role);
    if (!layer) continue;
    const auto finding = [&](const char* id, Severity severity, Message message) {
      return Finding{
          id, severity, layer->table.source.path, layer->table.source.layer, "seat", std::move(message), {}};
    };
    Finding by_code = finding(
        "seat.by_code", Severity::note,
        Message("nothing marks the township's seat: its residents' committee of the lowest code, else its "
                "village of the lowest code, is taken for it"));
    Finding several = finding("seat.several", Severity::warning,
                              Message("several villages are marked as their township's seat: the one of the "
                                      "lowest code is taken"));
    for (const UnitIx township : atlas.hierarchy.at_level(Level::township)) {
      const Candidate& chosen = best[township.value];
      if (chosen.layer != layer) continue;
      const std::int64_t id = layer->table.row_ids[chosen.row.value];
      if (chosen.claim >= Claim::residents_committee) by_code.rows.push_back(id);
      if (marked[township.value] > 1) several.rows.push_back(id);
      seats.push_back({township, layer->table.geometry.representative(chosen.row.value)});
    }
    for (Finding* found : {&by_code, &several}) {
      std::sort(found->rows.begin(), found->rows.end());
      if (!found->rows.empty()) findings.push_back(std::move(*found));
    }
  }
  std::sort(seats.begin(), seats.end(), [](const Seat& a, const Seat& b) { return a.township < b.township; });
  return seats;
}

}  // namespace xiangtu::reach
