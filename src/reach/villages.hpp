// The villages that are asked about, with the place of each on the network, and their townships.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <span>
#include <string_view>
#include <vector>

#include "atlas/atlas.hpp"
#include "base/finding.hpp"
#include "base/progress.hpp"
#include "base/result.hpp"
#include "indicators/parameters.hpp"
#include "network/foothold.hpp"
#include "reach/footing.hpp"
#include "reach/seats.hpp"

namespace xiangtu::reach {

// All arrays are of one length.
struct Villages {
  const atlas::Layer* layer = nullptr;  // of the atlas
  UnitIx root;                          // the unit of whose villages it is told
  std::vector<RowIx> rows;
  std::vector<UnitIx> units;
  std::vector<network::Foothold> footholds;  // filled when the network is there

  std::size_t size() const { return rows.size(); }
  const table::GeometryColumn& places() const { return layer->table.geometry; }
  bool has_place(std::size_t village) const { return !places().empty_at(rows[village].value); }
  geodesy::LonLat place(std::size_t village) const { return places().representative(rows[village].value); }
};

// Natural villages where the region has them, else administrative ones; where: the code of a unit, of whose
// villages alone it is told; empty: all. Errors: no villages with positions, no such unit.
Result<Villages> villages_within(const atlas::Atlas& atlas, const indicators::Parameters& parameters,
                                 std::string_view where);

// Findings: the villages of which a number is not known, for each of the fields.
void note_unknown(const Villages& villages, std::initializer_list<const char*> fields,
                  std::vector<Finding>& findings);

bool has_townships(const atlas::Hierarchy& hierarchy);
// Error: there are none, so that nothing leads to their seats.
Status check_townships(const atlas::Hierarchy& hierarchy);

// A township with its seat and those of the villages that are its own.
struct Township {
  UnitIx unit;
  geodesy::LonLat seat;
  network::Foothold foothold;           // of the seat
  std::vector<std::uint32_t> villages;  // their positions among those asked about
};
// Those that have a seat and villages.
std::vector<Township> townships_of(const atlas::Hierarchy& hierarchy, const Villages& villages,
                                   std::span<const Seat> seats, const Footing& footing);

// The layers and fields of villages.
void need_villages(indicators::Needs& needs, bool with_seats);

}  // namespace xiangtu::reach
