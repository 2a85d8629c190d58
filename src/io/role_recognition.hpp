// What a layer is, by the user's mapping, its name, or its fields and geometry; and that no role is
// taken twice.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "io/field_binding.hpp"
#include "io/schema.hpp"

namespace xiangtu::io {

// Stronger evidence wins over weaker; equal evidence for one role is an issue.
enum class Evidence : std::uint8_t { none, fields, part_of_name, name, mapping };

// What is known of a layer before its role.
struct LayerTraits {
  std::string source;
  std::string name;
  std::string stem;  // of the file, where it has this one layer; else empty
  std::vector<SourceField> fields;
  std::vector<table::GeometryKind> kinds;  // that its rows can have; {none} for a table
};

struct RoleGuess {
  std::optional<Role> role;
  Evidence strength = Evidence::none;
  std::string evidence;  // English, for LayerInfo
};

RoleGuess recognise(const Schema& schema, const LayerTraits& layer);

// The first values of a field, as codes; the caller knows how to read them.
using CodeSample = std::function<std::vector<std::string>(std::size_t field)>;

// What administrative boundaries are, by the digits of their codes: 6 county, 9 township, 12 village
// unit. For polygons about which names and fields say nothing.
RoleGuess recognise_by_codes(const Schema& schema, const LayerTraits& layer, const CodeSample& sample);

// Settles what the guesses claim together: weaker ones yield (with their evidence saying so).
// Errors: two layers of one role by equal evidence, or `villages` beside natural or administrative.
Status settle_roles(const std::vector<const LayerTraits*>& layers, std::vector<RoleGuess>& guesses);

}  // namespace xiangtu::io
